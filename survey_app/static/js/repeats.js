// Repeats: instances are added and removed on the page, or follow the author's count.

import { MOST_INSTANCES } from "./model.js";
import { fillIn } from "./words.js";

const ADDRESSES = ["name", "value", "data-question", "data-repeat", "data-instance"];
const IDS = ["id", "for", "list", "aria-labelledby", "aria-describedby"];
const idPart = (address) => address.replace(/[[\]]/g, ":");

export const enhance = (screens) => new Repeats(screens);

class Repeats {
  constructor(screens) {
    Object.assign(this, { screens, form: screens.form, words: screens.words });
    this.form.addEventListener("click", (event) => this.#press(event));
  }

  /** Let counted repeats have as many instances as the logic says; tell whether any is new. */
  follow(state) {
    let isNew = false;
    for (const repeat of this.#all("[data-repeat][data-counted]")) {
      const size = state.size(repeat.dataset.repeat);
      while (instancesOf(repeat).length < size) {
        this.#copy(repeat);
        isNew = true;
      }
      counterOf(repeat).value = size;
    }
    if (isNew) this.#adoptDefaults();
    return isNew;
  }

  /** Show what is asked; instances beyond the author's count keep their answers unseen. */
  show(state) {
    for (const repeat of this.#all("[data-repeat]")) {
      repeat.hidden = !state.isOpenRepeat(repeat.dataset.repeat);
      const size = state.size(repeat.dataset.repeat);
      for (const [place, instance] of instancesOf(repeat).entries()) {
        instance.hidden = !state.isAsked(instance.dataset.instance);
        const count = { number: place + 1, total: size };
        instance.querySelector(".instance-count").textContent = fillIn(this.words.instance, count);
      }
      const button = repeat.querySelector(":scope > [name=_add]");
      if (button) button.hidden = size >= MOST_INSTANCES;
    }
  }

  #press(event) {
    const button = event.target.closest("[name=_add], [name=_remove]");
    if (!button) return;
    event.preventDefault();
    if (button.name === "_add") this.#add(button.closest("[data-repeat]"));
    else this.#remove(button.closest("[data-instance]"));
  }

  #add(repeat) {
    const fresh = this.#copy(repeat);
    counterOf(repeat).value = instancesOf(repeat).length;
    this.#adoptDefaults(fresh.dataset.instance);
    this.screens.update();
    const field = [...fresh.querySelectorAll(":is(input, select, textarea):not([type=hidden])")];
    const first = field.find((control) => control.offsetParent) ?? headingOf(fresh);
    first.focus();
    this.#say(this.words.added, fresh);
  }

  #remove(instance) {
    const repeat = instance.closest("[data-repeat]");
    const sentence = [this.words.removed, { what: textOf(instance) }];
    const place = instancesOf(repeat).indexOf(instance);
    instance.remove();
    const rest = instancesOf(repeat);
    for (const [n, later] of rest.entries()) if (n >= place) readdress(later, n + 1);
    counterOf(repeat).value = rest.length;
    this.screens.fixed.clear();
    this.screens.adopt();
    this.screens.update();
    headingOf(rest[Math.min(place, rest.length - 1)] ?? repeat).focus();
    this.screens.say(fillIn(...sentence));
  }

  #copy(repeat) {
    const pattern = repeat.querySelector(":scope > template").content.firstElementChild;
    const fresh = document.importNode(pattern, true);
    const instances = repeat.querySelector(":scope > .instances");
    readdress(fresh, instances.children.length + 1);
    instances.append(fresh);
    return fresh;
  }

  #adoptDefaults(around = "") {
    this.screens.adopt();
    this.screens.fillDefaults((address) => address.startsWith(around));
  }

  #say(sentence, instance) {
    this.screens.say(fillIn(sentence, { what: textOf(instance) }));
  }

  #all(selector) {
    return this.form.querySelectorAll(selector);
  }
}

const instancesOf = (repeat) => [...repeat.querySelector(":scope > .instances").children];
const counterOf = (repeat) => repeat.querySelector(":scope > input[type=hidden]");
const headingOf = (part) => part.querySelector(".instance-heading, .repeat-heading");
const textOf = (instance) => headingOf(instance).textContent.replace(/\s+/g, " ").trim();

/** Give an instance its number, in all addresses and ids that begin with its own. */
function readdress(instance, number) {
  const from = instance.dataset.instance;
  const to = from.replace(/\[[^\]]*\]$/, `[${number}]`);
  if (from === to) return;
  for (const element of everything(instance)) {
    for (const name of ADDRESSES) change(element, name, (word) => moved(word, from, to));
    for (const name of IDS) {
      const move = (id) => id.replace(idPart(from), idPart(to)); // a page may have put more before
      change(element, name, (ids) => ids.split(" ").map(move).join(" "));
    }
  }
}

const moved = (text, from, to) => (text.startsWith(from) ? to + text.slice(from.length) : text);

function change(element, name, changed) {
  const value = element.getAttribute(name);
  if (value === null || (name === "value" && !element.matches("button"))) return;
  element.setAttribute(name, changed(value));
}

/** Visit an element and all below it, the patterns of repeats inside it too. */
function* everything(root) {
  yield root;
  for (const element of root.querySelectorAll("*")) {
    yield element;
    for (const child of element.content?.children ?? []) yield* everything(child);
  }
}
