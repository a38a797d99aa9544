// Which questions are asked, what is computed and what is wrong: the instrument's logic, run here
// as forms/answers.py runs it on the server.

import { Model, isOpen } from "./model.js";
import { makeUuid } from "./sending.js";
import { readValue, wordsOf } from "./types.js";

const SEVERAL = new Set(["select_multiple", "rank"]);

export class Logic {
  /** @param {object} logic what `logic_of` in forms/browser.py gives */
  constructor(logic, today = localDay(new Date())) {
    this.questions = new Map(Object.entries(logic.questions));
    this.groups = new Map(Object.entries(logic.groups ?? {}));
    this.order = logic.order;
    this.inside = insideEach(logic.items ?? [], this);
    this.pages = logic.pages.map(({ number }) => number);
    this.pageOf = new Map(logic.pages.flatMap((p) => p.questions.map((name) => [name, p.number])));
    this.given = new Map(Object.entries(logic.given ?? {})); // hidden questions the server fills in
    this.settings = {
      today,
      now: `${today}T00:00:00.000+00:00`, // as on the server: no clock comes into an answer
      random: Math.random,
      uuid: makeUuid,
      instances: logic.instances ?? {},
      choiceLabels: logic.choice_labels ?? {},
    };
  }

  /**
   * Run everything over what is typed.
   *
   * @param {Map<string, string>} typed address -> text in the form; `child[#]` -> instances
   * @returns {State}
   */
  run(typed) {
    return new State(this, typed);
  }

  /** Give the values that the author's default expressions compute where nothing is filled in. */
  defaults(typed) {
    const { model } = this.run(typed);
    const found = new Map();
    for (const place of this.order.flatMap((name) => model.places.get(name) ?? [])) {
      if (!place.item.computed_default || !isOpen(place.item) || place.node.value) continue;
      place.node.value = model.text(place.item.computed_default, place);
      if (place.node.value) found.set(place.address, place.node.value);
    }
    return found;
  }
}

/** One run of the logic: what is asked, and what each answer is. */
export class State {
  constructor(logic, typed) {
    this.logic = logic;
    this.typed = typed;
    this.model = new Model(logic, typed);
    this.all = logic.pages.map((number) => ({ number, questions: [] }));
    const pages = new Map(this.all.map((page) => [page.number, page]));
    for (const { name, address } of this.model.all()) {
      pages.get(logic.pageOf.get(name))?.questions.push(address);
    }
    /** Addresses of the questions to be filled in, in order. */
    this.asked = this.all.flatMap(({ questions }) => questions).filter((address) => {
      const place = this.model.byAddress.get(address);
      return place.isAsked && isOpen(place.item);
    });
  }

  isAsked(address) {
    return this.model.byAddress.get(address)?.isAsked ?? false;
  }

  value(address) {
    return this.isAsked(address) ? this.model.byAddress.get(address).node.value : "";
  }

  question(address) {
    return this.model.byAddress.get(address)?.item;
  }

  offered(address) {
    return this.model.offered(this.model.byAddress.get(address));
  }

  /** Give how many instances a repeat has: `child[1]/toy` -> 2. */
  size(repeat) {
    return this.model.sizes.get(repeat)?.instances.length ?? 0;
  }

  /** Tell whether a repeat is asked; one without instances as far as can be told from outside. */
  isOpenRepeat(repeat) {
    const { parent, instances = [] } = this.model.sizes.get(repeat) ?? {};
    if (!parent?.isAsked) return false;
    if (instances.length) return instances.some((place) => place.isAsked);
    const name = repeat.slice(repeat.lastIndexOf("/") + 1);
    return this.model.isTrue(this.logic.groups.get(name).relevant, parent);
  }

  /** Find what ${name} means in a text that stands under a prefix such as `child[2]/`. */
  resolve(name, prefix = "") {
    const steps = prefix.split("/").slice(0, -1);
    for (let depth = steps.length; depth >= 0; depth--) {
      const address = [...steps.slice(0, depth), name].join("/");
      if (this.model.byAddress.has(address)) return address;
    }
    return this.model.places.get(name)?.[0].address;
  }

  /** Give what is wrong with an answer, in words; "" when nothing is. */
  problem(address) {
    const place = this.model.byAddress.get(address);
    if (!place?.isAsked || !isOpen(place.item)) return "";
    const { item, node } = place;
    const { messages = {} } = item;
    if (readValue(item, this.typed.get(address) ?? "") === null) return messages.type ?? messages.list;
    if (!node.value) {
      return item.required && this.model.isTrue(item.required, place) ? messages.required : "";
    }
    const wrongCodes = this.#wrongCodes(place);
    if (wrongCodes) return wrongCodes;
    return this.model.isTrue(item.constraint, place) ? "" : messages.constraint;
  }

  #wrongCodes(place) {
    const { type, codes, messages = {} } = place.item;
    const offered = this.model.offered(place) ?? (codes && new Set(codes.split(" ")));
    if (!offered || !type.match(/^select|^rank/)) return "";
    const chosen = new Set(wordsOf(place.node.value));
    for (const code of chosen) if (!offered.has(code)) return messages.list ?? messages.type;
    return type === "rank" && chosen.size !== offered.size ? messages.type : "";
  }

  /** Give what is sent: the asked questions that are answered, as typed, and the instances. */
  body(id) {
    const body = new URLSearchParams({ response_id: id });
    for (const [repeat, { instances }] of this.model.sizes) {
      body.append(`${repeat}[#]`, instances.length);
    }
    for (const address of this.asked) {
      const typed = this.typed.get(address) ?? "";
      const texts = SEVERAL.has(this.question(address).type) ? typed.split(" ") : [typed];
      for (const text of texts) if (text) body.append(address, text);
    }
    return body;
  }
}

/** Give the names in each group, in the author's order; "" for those outside all groups. */
function insideEach(names, { questions, groups }) {
  const inside = new Map();
  for (const name of names) {
    const around = (questions.get(name) ?? groups.get(name)).group ?? "";
    inside.set(around, [...(inside.get(around) ?? []), name]);
  }
  return inside;
}

function localDay(now) {
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return parts.map((part, at) => String(part).padStart(at ? 2 : 4, "0")).join("-");
}
