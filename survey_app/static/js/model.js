// The instance tree of one response: its repeats grown, its logic run once in dependency order,
// as forms/model.py does it on the server.

import {
  Node, evaluateBoolean, evaluateNumber, evaluateString, filterItems,
} from "./expressions.js";
import { readValue } from "./types.js";

export const MOST_INSTANCES = 200;
const MOST_PLACES = 20000;
const CLOCKS = new Set(["start", "end"]);
const NOT_FILLED_IN = new Set(["note", "calculate", "hidden", "today", ...CLOCKS]);
const STEP = /^([^[\]/]+)(?:\[([0-9]{1,4})\])?$/;

export const isInput = (question) => !NOT_FILLED_IN.has(question.type);
export const isOpen = (question) => isInput(question) && !question.is_read_only;

/** A question or group where it stands; `prefix` begins the addresses of what is inside it. */
class Place {
  constructor(name, item, value, address, prefix, above) {
    this.name = name;
    this.item = item;
    this.address = address;
    this.prefix = prefix;
    this.above = above;
    this.node = new Node(item.called ?? name, value); // paths step through the author's names
    this.inside = item.type ? null : new Map(); // name -> places, to walk in the author's order
    this.isAsked = true;
  }
}

export class Model {
  /**
   * @param {import("./logic.js").Logic} logic
   * @param {Map<string, string>} typed address -> text, and `child[#]` -> number of instances
   */
  constructor(logic, typed) {
    Object.assign(this, { logic, typed });
    this.places = new Map();
    this.byAddress = new Map();
    this.sizes = new Map(); // `child[1]/toy` -> {parent, instances}
    this.later = new Map();
    this.counts = countsIn(typed);
    this.root = new Place("data", {}, "", "", "", null);
    this.context = { ...logic.settings, root: this.root.node, node: this.root.node };
    this.#grow(this.root);
    for (const name of logic.order) this.#settle(name);
  }

  /** Give all questions and groups in the author's order, instances in theirs. */
  all(place = this.root, found = []) {
    for (const name of this.logic.inside.get(place === this.root ? "" : place.name) ?? []) {
      for (const each of place.inside.get(name) ?? []) {
        found.push(each);
        if (each.inside) this.all(each, found);
      }
    }
    return found;
  }

  /** An expression that compares too much hides and refuses nothing. */
  isTrue(ast, place) {
    return ast === undefined || this.#safely(true, evaluateBoolean, ast, place);
  }

  text(ast, place) {
    const text = this.#safely("", evaluateString, ast, place);
    return text === "NaN" ? "" : text;
  }

  /** Give the codes that a filtered select offers here; null when all are. */
  offered({ item, node }) {
    if (!item.choice_filter) return null;
    const kept = this.#safely(null, (ast, context) => filterItems(ast, context, item.list),
      item.choice_filter, { node });
    return kept && new Set(kept.map((choice) => choice.name));
  }

  #safely(otherwise, evaluate, ast, { node }) {
    this.context.node = node;
    try {
      return evaluate(ast, this.context);
    } catch {
      return otherwise;
    }
  }

  #grow(parent) {
    for (const name of this.logic.inside.get(parent === this.root ? "" : parent.name) ?? []) {
      const group = this.logic.groups.get(name);
      if (!group) {
        this.#plant(name, this.logic.questions.get(name), parent, parent.prefix + name, "");
      } else if (!group.is_repeat) {
        this.#grow(this.#plant(name, group, parent, parent.prefix + name, parent.prefix));
      } else {
        this.sizes.set(parent.prefix + name, { parent, instances: [] });
        if (!group.count) this.#addInstances(name, parent, this.#wanted(name, parent));
        else add(this.later, name, parent);
      }
    }
  }

  #plant(name, item, parent, address, prefix) {
    const planted = new Place(name, item, this.#value(item, address), address, prefix, parent);
    parent.node.append(planted.node);
    add(parent.inside, name, planted);
    add(this.places, name, planted);
    this.byAddress.set(address, planted);
    return planted;
  }

  #value(item, address) {
    if (!item.type) return "";
    if (item.type === "today") return this.logic.settings.today;
    if (isOpen(item) || CLOCKS.has(item.type)) {
      return readValue(item, this.typed.get(address) ?? "") ?? "";
    }
    const given = item.type === "hidden" ? this.logic.given.get(address) : undefined;
    return given ?? item.default ?? "";
  }

  #wanted(name, parent) {
    return Math.min(this.counts.get(`${parent.prefix}${name}[#]`) ?? 0, MOST_INSTANCES);
  }

  #addInstances(name, parent, count) {
    const group = this.logic.groups.get(name);
    for (let number = 1; number <= count && this.byAddress.size <= MOST_PLACES; number++) {
      const address = `${parent.prefix}${name}[${number}]`;
      const planted = this.#plant(name, group, parent, address, `${address}/`);
      this.sizes.get(parent.prefix + name).instances.push(planted);
      this.#grow(planted);
    }
  }

  #settle(name) {
    for (const parent of this.later.get(name) ?? []) {
      const { count } = this.logic.groups.get(name);
      const number = this.#safely(0, evaluateNumber, count, parent);
      this.#addInstances(name, parent, number >= 1 ? Math.trunc(Math.min(number, MOST_INSTANCES)) : 0);
    }
    this.later.delete(name);
    for (const place of this.places.get(name) ?? []) {
      place.isAsked = place.above.isAsked && this.isTrue(place.item.relevant, place);
      place.node.relevant = place.isAsked;
      if (place.isAsked && place.item.type) this.#compute(place);
    }
  }

  #compute(place) {
    const { item, node } = place;
    const isOwn = item.type === "hidden" && !this.logic.given.has(place.address);
    const ast = item.calculation ?? (isOwn ? item.computed_default : undefined);
    if (ast && (!isInput(item) || !node.value)) node.value = this.text(ast, place);
  }
}

/** Tell how many instances stand in the form: as counted, or as far as the addresses reach. */
function countsIn(typed) {
  const counts = new Map();
  const atLeast = (counter, n) => counts.set(counter, Math.max(counts.get(counter) ?? 0, n));
  for (const [address, value] of typed) {
    if (address.endsWith("[#]")) {
      atLeast(address, /^[0-9]+$/.test(value) ? Number(value.slice(0, 6)) : 0);
    } else if (address.includes("[")) {
      let prefix = "";
      for (const step of address.split("/").slice(0, -1)) {
        const [, name, number] = STEP.exec(step);
        atLeast(`${prefix}${name}[#]`, Number(number));
        prefix += `${step}/`;
      }
    }
  }
  return counts;
}

function add(lists, key, value) {
  if (lists.has(key)) lists.get(key).push(value);
  else lists.set(key, [value]);
}
