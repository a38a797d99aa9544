// Rankings: a list whose alternatives move up and down. The places' selects, which work without a
// script, keep the answer.

import { fillIn } from "./words.js";

export function enhance(screens) {
  const ranks = new Map(); // element -> Rank
  const adopt = () => {
    for (const element of screens.form.querySelectorAll("[data-type=rank]")) {
      if (!ranks.has(element)) ranks.set(element, new Rank(element, screens));
    }
  };
  adopt();
  return {
    adopt,
    follow(state) {
      const all = [...ranks].filter(([element]) => element.isConnected);
      return all.map(([, rank]) => rank.follow(state)).some(Boolean);
    },
    show: () => ranks.forEach((rank) => rank.show()),
  };
}

class Rank {
  constructor(element, screens) {
    Object.assign(this, { element, screens });
    this.selects = [...element.querySelectorAll("select")];
    element.querySelector(".places").hidden = true;
    element.append(document.getElementById("ranking").content.cloneNode(true));
    this.list = element.querySelector(".ranking");
    this.keep = element.querySelector(".keep-order");
    const options = [...this.selects[0].options].filter((option) => option.value);
    this.list.append(...options.map((option) => this.#item(option)));
    this.keep.addEventListener("click", () => this.#answer());
  }

  get codes() {
    return this.selects.map((select) => select.value).filter(Boolean);
  }

  /** Drop an order that a choice filter has made wrong; tell whether there was one. */
  follow(state) {
    const offered = state.question(this.element.dataset.question)?.choice_filter
      ? state.offered(this.element.dataset.question) : null;
    for (const item of this.list.children) item.hidden = Boolean(offered && !offered.has(item.dataset.code));
    const isWrong = offered && this.codes.length > 0 &&
      (this.codes.length !== offered.size || this.codes.some((code) => !offered.has(code)));
    if (isWrong) this.#write([]);
    return isWrong;
  }

  show() {
    const { codes } = this;
    this.element.classList.toggle("is-ranked", codes.length > 0);
    this.keep.hidden = codes.length > 0;
    const items = [...this.list.children];
    const placeOf = (item) => codes.indexOf(item.dataset.code);
    if (codes.length) {
      const sorted = [...items].sort((a, b) => placeOf(a) - placeOf(b));
      if (sorted.some((item, n) => item !== items[n])) this.list.append(...sorted);
    }
    const shown = this.#shown();
    for (const [place, item] of shown.entries()) {
      item.querySelector("[data-move=up]").disabled = place === 0;
      item.querySelector("[data-move=down]").disabled = place === shown.length - 1;
    }
  }

  #shown() {
    return [...this.list.children].filter((item) => !item.hidden);
  }

  #item(option) {
    const item = document.getElementById("ranked").content.firstElementChild.cloneNode(true);
    item.dataset.code = option.value;
    const label = item.querySelector(".ranked-label");
    label.textContent = option.textContent;
    if (option.lang) Object.assign(label, { lang: option.lang, dir: option.dir });
    for (const button of item.querySelectorAll("button")) {
      button.querySelector("[data-about]").textContent = option.textContent;
      button.addEventListener("click", () => this.#move(item, button));
    }
    return item;
  }

  #move(item, button) {
    const shown = this.#shown();
    const place = shown.indexOf(item);
    if (button.dataset.move === "up") shown[place - 1].before(item);
    else shown[place + 1].after(item);
    this.#answer();
    const other = [...item.querySelectorAll("button")].find((each) => !each.disabled);
    (button.disabled ? other : button).focus();
    const gaps = { number: this.#shown().indexOf(item) + 1, total: shown.length };
    this.screens.say(fillIn(this.screens.words.place, gaps));
  }

  #answer() {
    this.#write(this.#shown().map((item) => item.dataset.code));
    this.screens.update(this.element.dataset.question);
  }

  #write(codes) {
    for (const [place, select] of this.selects.entries()) {
      select.value = codes[place] ?? "";
    }
  }
}
