// The guide of an interview: hides what is not asked, says what names somebody while it is typed,
// and lets the notes save themselves.

import { Answers, unhidden } from "../answers.js";
import { Logic } from "../logic.js";
import { submit } from "../submitting.js";
import { fillIn } from "../words.js";
import { findPersonal, possibleNames } from "./personal.js";
import { Saver } from "./saver.js";

class Guide {
  constructor(form, place) {
    this.form = unhidden(form);
    this.answers = new Answers(this.form);
    this.logic = new Logic(JSON.parse(document.getElementById("logic").textContent));
    this.status = form.querySelector("[data-saved]");
    this.words = place.words;
    this.flagged = new Set();
  }

  get token() {
    return this.#hidden("csrf_token").value;
  }

  typed() {
    return Object.fromEntries(this.answers.readAll());
  }

  /** Give the questions that can be filled in. */
  addresses() {
    return [...this.answers.questions.keys()].filter((at) => this.answers.has(at));
  }

  write(address, text) {
    if (this.answers.read(address) === text) return;
    this.answers.write(address, text);
    this.show();
  }

  show() {
    const state = this.logic.run(this.answers.readAll());
    for (const [address, { element }] of this.answers.questions) {
      const isWrong = element.querySelector("[aria-invalid=true], .theirs");
      element.hidden = !state.isAsked(address) && !isWrong;
    }
    for (const block of this.form.querySelectorAll("[data-block]")) {
      block.hidden = !block.querySelector(":is([data-question], [data-repeat]):not([hidden])");
    }
  }

  /** Say how the saving goes; quietly where a screen reader shall not speak into the typing. */
  say(sentence, { isBad = false, isQuiet = false } = {}) {
    this.status.setAttribute("aria-live", isQuiet ? "off" : "polite");
    if (this.status.textContent !== sentence) this.status.textContent = sentence;
    this.status.classList.toggle("is-bad", isBad);
  }

  /** The server has a new state. */
  written(revision, likely) {
    this.#hidden("_revision").value = revision;
    this.mark({});
    for (const at of likely) this.#remark(at, this.words.likely);
  }

  renew(token) {
    this.#hidden("csrf_token").value = token;
  }

  /** Say what is wrong, at its field: address -> sentence. */
  mark(problems) {
    for (const [address, { element }] of this.answers.questions) {
      const message = element.querySelector(".field-error");
      if (!message) continue;
      message.textContent = problems[address] ?? "";
      message.hidden = !problems[address];
      const holder = this.answers.holder(address);
      if (problems[address]) holder.setAttribute("aria-invalid", "true");
      else holder?.removeAttribute("aria-invalid");
    }
    this.show();
  }

  isFlagged() {
    return this.flagged.size > 0;
  }

  /** Look through a note for what names somebody. */
  look(field) {
    const address = field.closest("[data-question]")?.dataset.question;
    if (!address || !(field instanceof HTMLTextAreaElement || field.type === "text")) return;
    const found = findPersonal(field.value);
    const certain = found.find((piece) => piece.isCertain);
    const names = possibleNames(field.value);
    this.flagged.delete(address);
    if (certain) this.flagged.add(address);
    const piece = certain && field.value.slice(certain.start, certain.end);
    if (certain) this.#remark(address, fillIn(this.words.names, { piece }), true);
    else if (found.length) this.#remark(address, this.words.likely);
    else this.#remark(address, names.length ? fillIn(this.words.maybe, { names: names.join(", ") }) : "");
  }

  /** Show what somebody else wrote; `choose(isTheirs)` comes once. */
  ask(address, sentence, choose) {
    const element = this.answers.element(address);
    element.querySelector(".theirs")?.remove();
    const shown = document.getElementById("theirs").content.firstElementChild.cloneNode(true);
    shown.querySelector("p").textContent = sentence;
    for (const [name, isTheirs] of [["[data-take]", true], ["[data-keep]", false]]) {
      shown.querySelector(name).addEventListener("click", () => {
        shown.remove();
        choose(isTheirs);
        this.show();
        this.answers.firstControl(address).focus();
      });
    }
    element.append(shown);
    this.show();
  }

  #remark(address, sentence, isBad = false) {
    const element = this.answers.element(address);
    let said = element?.querySelector("[data-remark]");
    if (!element || (!said && !sentence)) return;
    if (!said) {
      said = document.createElement("p");
      said.dataset.remark = "";
      said.setAttribute("role", "status");
      element.querySelector("textarea, input").before(said); // below, the bar of buttons hides it
    }
    if (said.textContent !== sentence) said.textContent = sentence;
    said.classList.toggle("is-bad", isBad);
    said.hidden = !sentence;
  }

  #hidden(name) {
    return this.form.querySelector(`input[type=hidden][name=${name}]`);
  }
}

const form = document.querySelector("[data-guide]");
const place = JSON.parse(document.getElementById("place").textContent);
const guide = new Guide(form, place);
const saver = new Saver(guide, place);

form.addEventListener("input", (event) => {
  guide.answers.excludeMissing(event.target);
  guide.show();
  guide.look(event.target);
  saver.changed();
});
form.addEventListener("keydown", (event) => {
  if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    submit(form);
  }
});
let isPosted = false;
form.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (button?.name === "_add" || button?.name === "_remove") return;
  event.preventDefault();
  const isLast = button?.name === "_done" || place.done;
  const isThere = place.done ? await saver.prepare() : await saver.save({ isByHand: true });
  if (!isLast || !isThere) return;
  if (!place.done && !(await saver.prepare())) return;
  if (isPosted) return; // a second press would meet what the first one wrote
  isPosted = true;
  if (button?.name === "_done") form.append(hiddenField("_done", "1"));
  saver.isUnsaved = false;
  HTMLFormElement.prototype.submit.call(form);
});
document.addEventListener("visibilitychange", () => document.hidden && saver.leave());
window.addEventListener("pagehide", () => saver.leave());
window.addEventListener("pageshow", () => (isPosted = false));
window.addEventListener("online", () => saver.hurry());
window.addEventListener("beforeunload", (event) => {
  if (saver.isUnsaved && !saver.isKept) event.preventDefault();
});

function hiddenField(name, value) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name, value });
  return field;
}

for (const field of form.querySelectorAll("textarea, input[type=text]")) guide.look(field);
guide.show();
saver.restore();
