// The first screen of a round that asks for an entry code: read from the card's square, or typed.

import { grouped, readCode } from "./codes.js";

export const ENTRY = 0; // its screen; those of questions are numbered from 1
const PARAMETER = "code";

/** Add the screen to those of the questions; see respond.js. */
export function enhance(screens) {
  screens.entry = new Entry(screens);
  screens.before = [{ number: ENTRY, questions: [] }];
  return {};
}

export class Entry {
  /** @param {import("./screens.js").Screens} screens */
  constructor(screens) {
    this.screens = screens;
    this.root = screens.form.querySelector("[data-entry]");
    this.input = this.root.querySelector("input");
    this.message = this.root.querySelector(".field-error");
    this.name = this.root.dataset.entry;
    this.refused = new Map(); // what the server said of a code, so that it is not asked again
    this.#readAddress();
    this.input.addEventListener("input", (event) => this.#typed(event));
    this.input.addEventListener("change", () => this.#tidy());
    screens.form.addEventListener("reset", () => this.#forget());
    screens.form.addEventListener("screen", ({ detail }) => this.#guard(detail.page));
    window.addEventListener("hashchange", () => location.hash.includes(`${PARAMETER}=`) && location.reload());
  }

  /** Tell whether the code may be right; else say what is wrong with it. */
  check() {
    this.#tidy();
    const sentence = this.#problem();
    this.#tell(sentence);
    if (sentence) this.input.focus();
    return !sentence;
  }

  /** Show what the server says of the code, if it says anything; see `readRefusal`. */
  complain(errors) {
    const sentence = errors.get(undefined); // it belongs to no question
    if (!sentence) return false;
    this.refused.set(readCode(this.input.value), sentence);
    this.#open(sentence);
    return true;
  }

  addTo(body) {
    body.set(this.name, readCode(this.input.value) ?? "");
    return body;
  }

  #open(sentence) {
    this.screens.go(ENTRY);
    this.#tell(sentence);
    this.input.focus();
  }

  /** The browser's Forward leads past the screen, also when the code was taken out again. */
  #guard(page) {
    const sentence = page !== ENTRY && this.#problem();
    if (sentence) this.#open(sentence);
  }

  /** The next respondent has another card. */
  #forget() {
    this.refused.clear();
    this.#tell("");
    queueMicrotask(() => this.#tellLanguages()); // the form is emptied after its event
  }

  #tell(sentence) {
    this.message.textContent = sentence;
    this.message.hidden = !sentence;
    if (sentence) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
    if (sentence) this.screens.say(sentence);
  }

  #problem() {
    const { code_missing, code_mistyped } = this.screens.words;
    const code = readCode(this.input.value);
    if (code) return this.refused.get(code) ?? "";
    return this.input.value.trim() ? code_mistyped : code_missing;
  }

  /** Take the code from the address, and leave nothing of it there or in the tab's history. */
  #readAddress() {
    const code = new URLSearchParams(location.hash.slice(1)).get(PARAMETER);
    if (location.hash) history.replaceState(history.state, "", location.pathname + location.search);
    if (code) this.input.value = grouped(code);
    this.#tellLanguages();
  }

  #typed(event) {
    if (!this.message.hidden) this.#tell("");
    const { value, selectionStart } = this.input;
    const isAtEnd = selectionStart === value.length && event.inputType?.startsWith("insert");
    if (isAtEnd && !event.isComposing) this.#tidy();
    this.#tellLanguages();
  }

  #tidy() {
    const tidy = grouped(this.input.value);
    if (tidy !== this.input.value) this.input.value = tidy;
  }

  /** Another language is another page: the code goes along, again after the # sign. */
  #tellLanguages() {
    const code = readCode(this.input.value);
    for (const link of document.querySelectorAll(".languages a")) {
      link.hash = code ? `${PARAMETER}=${code}` : "";
    }
  }
}
