// The team's sheet: one return below another, each saved by itself while it is written.

import { watchKeys } from "./keys.js";
import { DONE, Unit } from "./unit.js";

class Sheet {
  constructor() {
    this.words = readJson("words");
    this.logic = readJson("logic");
    this.spoken = document.getElementById("spoken");
    this.units = [...document.querySelectorAll("[data-unit]")].map((one) => new Unit(one, this));
    for (const unit of this.units) unit.start();
    window.addEventListener("beforeunload", (event) => {
      if (this.units.some((unit) => unit.isUnsaved)) event.preventDefault();
    });
    window.addEventListener("online", () => this.units.forEach((unit) => unit.saver?.hurry()));
    document.querySelector("[data-ready]")?.addEventListener("submit", (event) => this.#flush(event));
    watchKeys(this);
  }

  unitOf(element) {
    return this.units.find((unit) => unit.element.contains(element));
  }

  say(sentence) {
    this.spoken.textContent = sentence;
  }

  /** Show how far the team has come; the numbers are the server's. */
  tell({ done, progress }) {
    const line = document.querySelector("[data-progress]");
    if (!line || done === undefined) return;
    line.querySelector("[data-progress-words]").textContent = progress;
    const bar = line.querySelector("progress");
    bar.value = done;
    bar.setAttribute("aria-label", progress);
  }

  /** Open the next return that is not done, from here on round; leave the page of a single one. */
  async next(unit) {
    const back = document.querySelector(".trail a");
    if (unit.isAlone) return back && location.assign(back.href);
    const at = this.units.indexOf(unit);
    const order = [...this.units.slice(at + 1), ...this.units.slice(0, at)];
    const following = order.find(({ state }) => !DONE.has(state));
    if (following) return following.enter();
    this.say(this.words.all_done);
    const words = document.querySelector("[data-progress-words]");
    words.focus();
    return words.scrollIntoView({ block: "nearest" });
  }

  async #flush(event) {
    const unsaved = this.units.filter((unit) => unit.isUnsaved);
    if (!unsaved.length) return;
    event.preventDefault();
    const form = event.target;
    const saved = await Promise.all(unsaved.map((unit) => unit.saver.save()));
    if (saved.every(Boolean)) form.submit();
  }
}

function readJson(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

new Sheet();
