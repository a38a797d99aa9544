// One return on the sheet: fetched when it is opened, saved while it is written, closed when done.

import { fillIn } from "../words.js";
import { ReturnForm } from "./form.js";
import { Saver } from "./saver.js";

export const DONE = new Set(["submitted", "corrected", "accepted", "cannot_be_supplied"]);

export class Unit {
  constructor(element, sheet) {
    Object.assign(this, { element, sheet, words: sheet.words });
    this.address = element.dataset.address;
    this.body = element.querySelector("[data-body]");
    this.isAlone = !element.matches("details");
    element.addEventListener("toggle", () => this.element.open && this.#fetch());
  }

  get state() {
    return this.element.dataset.state;
  }

  get isUnsaved() {
    return Boolean(this.saver?.isUnsaved);
  }

  start() {
    if (this.body.querySelector("[data-return]")) this.#adopt();
  }

  /** Open it, and put the focus at its first question without an answer. */
  async enter() {
    this.element.open = true;
    await this.#fetch();
    this.element.querySelector("summary").scrollIntoView({ block: "nearest" });
    this.form?.focusFirstOpen();
  }

  /** Hand it in; the saver's answer says whether it was. */
  async submit() {
    if (this.form?.mayEdit) await this.#send("submit");
  }

  /** What the server answers to anything that was handed in, perhaps long after. */
  later(told) {
    this.#after(told, false);
  }

  showSaved(sentence, isBad = false) {
    const shown = this.element.querySelector("[data-saved]");
    shown.textContent = sentence;
    shown.classList.toggle("is-bad", isBad);
  }

  showLeft(count) {
    const left = this.element.querySelector("[data-left]");
    left.textContent = count ? fillIn(this.words.left, { count }) : this.words.none_left;
    left.classList.toggle("is-none", !count);
  }

  showState(told) {
    this.element.dataset.state = told.state;
    const chip = this.element.querySelector("[data-state-word]");
    chip.textContent = told.state_word ?? chip.textContent;
    chip.className = `state ${DONE.has(told.state) ? "good" : "warning"}`;
    this.sheet.tell(told);
  }

  /** Fetch the form once, although both the opening and whoever opened it ask for it. */
  #fetch() {
    if (this.form) return null;
    this.fetching ??= this.#fetchForm().finally(() => (this.fetching = null));
    return this.fetching;
  }

  async #fetchForm() {
    try {
      const response = await fetch(`${this.address}?part`, { headers: { Accept: "text/html" } });
      if (!response.ok || response.redirected) throw new Error(response.status);
      this.body.innerHTML = await response.text();
      this.#adopt();
    } catch {
      this.sheet.say(this.words.unloaded);
      this.showSaved(this.words.unloaded, true);
    }
  }

  #adopt() {
    this.form = new ReturnForm(this.body.querySelector("[data-return]"), this);
    this.saver = new Saver(this);
    this.form.start();
    this.saver.restore();
    const { form } = this.form;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const asked = event.submitter?.value;
      if (asked === "cannot") this.#cannot();
      else if (asked === "submit") this.submit();
      else this.saver.save();
    });
  }

  async #cannot() {
    const reason = this.form.form.querySelector("[name=_cannot]").value;
    await this.#send("cannot", reason);
  }

  /** Once: a second press would be a change of what the first one hands in. */
  async #send(...sending) {
    if (this.isOnItsWay) return;
    this.isOnItsWay = true;
    const told = await this.saver.save(...sending).finally(() => (this.isOnItsWay = false));
    this.#after(told, true);
  }

  #after(told, isHere) {
    if (!told) return;
    if (!DONE.has(told.state)) {
      this.form.complain(told, isHere);
      return;
    }
    this.form = this.saver = null;
    this.body.replaceChildren();
    this.element.querySelector("[data-left]").textContent = "";
    if (!this.isAlone) this.element.open = false;
    if (isHere) this.sheet.next(this);
  }
}
