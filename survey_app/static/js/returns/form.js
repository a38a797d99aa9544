// One return's form: skip logic, what is left, what is wrong, what needs a word of explanation.

import { Answers, unhidden } from "../answers.js";
import { enhance as filters } from "../filters.js";
import { Logic } from "../logic.js";
import { enhance as ranks } from "../ranks.js";
import { enhance as repeats } from "../repeats.js";
import { enhance as sliders } from "../sliders.js";

const MOST_ROUNDS = 20; // of changes that follow from changes

export class ReturnForm {
  constructor(element, unit) {
    Object.assign(this, { element, unit, words: unit.words });
    this.form = unhidden(element);
    this.mayEdit = "mayEdit" in element.dataset;
    this.needsReason = ["submitted", "corrected"].includes(element.dataset.state);
    const given = JSON.parse(element.dataset.given);
    this.logic = new Logic({ ...unit.sheet.logic, given });
    this.answers = new Answers(this.form);
    this.fixed = new Map(); // the server's own messages, until the answer changes
    this.extras = [filters, ranks, repeats, sliders].map((enhance) => enhance(this));
  }

  start() {
    if (this.element.dataset.revision === "0") this.fillDefaults();
    this.update();
    if (!this.mayEdit) return;
    this.element.addEventListener("input", (event) => this.#follow(event));
    this.element.addEventListener("click", (event) => {
      const same = event.target.closest("[data-same]");
      if (!same) return;
      event.preventDefault();
      this.#repeatLast(same);
    });
  }

  /** Fill in what the author's default expressions give, where nothing stands yet. */
  fillDefaults(isWanted = () => true) {
    for (const [address, text] of this.logic.defaults(this.answers.readAll())) {
      if (isWanted(address)) this.answers.write(address, text);
    }
  }

  /** Find the controls anew, after some came or went. */
  adopt() {
    this.answers.scan();
    for (const extra of this.extras) extra.adopt?.();
  }

  say(sentence) {
    this.unit.sheet.say(sentence);
  }

  /** Give the questions that can be filled in, in order. */
  get asked() {
    return this.state.asked.filter((address) => this.answers.has(address));
  }

  /** Run the logic after a change, and show what follows from it. */
  update(changed) {
    this.#settle();
    for (const [address, { element }] of this.answers.questions) {
      element.hidden = !this.state.isAsked(address);
    }
    for (const extra of this.extras) extra.show?.(this.state);
    for (const block of this.element.querySelectorAll("[data-block]")) {
      block.hidden = !block.querySelector(":is([data-question], [data-repeat]):not([hidden])");
    }
    if (changed) {
      this.fixed.delete(changed);
      this.#tell(changed, this.answers.read(changed) ? this.state.problem(changed) : "");
    }
    this.#showLeft();
  }

  /** Give what is typed and asked: address -> text, with the counters of repeats. */
  typed() {
    const asked = new Set(this.asked);
    const all = [...this.answers.readAll()];
    return Object.fromEntries(all.filter(([at]) => at.endsWith("[#]") || asked.has(at)));
  }

  confirmed() {
    const fields = [...this.element.querySelectorAll("[name^='_why:']")];
    return Object.fromEntries(fields.map((field) => [field.name.slice(5), field.value]));
  }

  reason() {
    return this.element.querySelector("[name=_reason]")?.value ?? "";
  }

  /** Show what keeps it from being handed in, and what is asked about. */
  complain({ problems = {}, doubts = {} }, isHere) {
    for (const [address, sentence] of Object.entries(problems)) this.fix(address, sentence);
    for (const [address, sentence] of Object.entries(doubts)) this.#doubt(address, sentence);
    const wrong = this.asked.filter((address) => problems[address] || doubts[address]);
    this.sentence(wrong.length ? this.words.look : "");
    if (!isHere || !wrong.length) return;
    const [first] = wrong;
    const why = this.#line(first).querySelector("[data-doubt] input");
    (problems[first] ? this.answers.firstControl(first) : why).focus();
  }

  /** Say what is wrong at a field, until it changes. */
  fix(address, sentence) {
    this.fixed.set(address, sentence);
    this.#tell(address, sentence);
  }

  warn(warnings) {
    for (const old of this.element.querySelectorAll(".warned")) old.remove();
    for (const [address, sentence] of Object.entries(warnings)) {
      const said = document.createElement("p");
      said.className = "warned";
      said.textContent = sentence;
      this.#line(address)?.append(said);
    }
  }

  sentence(text) {
    this.element.querySelector("[data-sentence]").textContent = text;
  }

  /** Somebody has handed it in meanwhile: from now on a change has its reason. */
  askReason() {
    this.needsReason = true;
    const reason = this.element.querySelector("[data-reason]");
    if (reason) reason.hidden = false;
  }

  focusFirstOpen() {
    const open = this.asked.find((address) => !this.answers.read(address));
    if (open) this.focus(open);
    else this.element.querySelector("[data-submit]")?.focus();
  }

  focus(address) {
    const control = this.answers.firstControl(address);
    control.focus();
    control.select?.();
  }

  /** Put the focus at the question after a line; after the last at the button. */
  focusAfter(line) {
    const { asked } = this;
    const lines = asked.map((address) => this.#line(address));
    const at = lines.indexOf(line);
    if (at >= 0 && at + 1 < asked.length) this.focus(asked[at + 1]);
    else this.element.querySelector("[data-submit]")?.focus();
  }

  /** Show what somebody else wrote beside what stands here; `choose(isTheirs)` comes once. */
  showTheirs(address, sentence, choose) {
    const shown = document.getElementById("theirs").content.firstElementChild.cloneNode(true);
    const [take, keep] = shown.querySelectorAll("button");
    shown.querySelector("p").textContent = sentence;
    take.textContent = this.words.take;
    keep.textContent = this.words.keep;
    for (const [button, isTheirs] of [[take, true], [keep, false]]) {
      button.addEventListener("click", () => {
        shown.remove();
        choose(isTheirs);
      });
    }
    this.#line(address).append(shown);
  }

  write(address, text) {
    this.answers.write(address, text);
    this.update(address);
  }

  #settle() {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      this.state = this.logic.run(this.answers.readAll());
      const changes = this.extras.map((extra) => extra.follow?.(this.state));
      if (!changes.some(Boolean)) return;
    }
  }

  #follow(event) {
    const question = event.target.closest("[data-question]");
    if (question) {
      this.answers.excludeMissing(event.target);
      this.update(question.dataset.question);
    }
    this.unit.saver.changed();
  }

  #repeatLast(same) {
    const address = same.value;
    this.write(address, same.dataset.same);
    this.unit.saver.changed();
    this.focus(address);
  }

  #showLeft() {
    for (const address of this.answers.questions.keys()) {
      if (!this.answers.has(address)) continue;
      this.#line(address)?.classList.toggle("is-answered", Boolean(this.answers.read(address)));
    }
    if (this.mayEdit) this.unit.showLeft(this.asked.filter((at) => this.state.problem(at)).length);
  }

  #doubt(address, sentence) {
    const line = this.#line(address);
    let shown = line.querySelector("[data-doubt]");
    if (!shown) {
      shown = document.getElementById("doubt").content.firstElementChild.cloneNode(true);
      shown.querySelector("input").name = `_why:${address}`;
      line.append(shown);
    }
    shown.querySelector("p").textContent = sentence;
  }

  #line(address) {
    return this.answers.element(address)?.closest("[data-line]");
  }

  #tell(address, sentence) {
    const element = this.answers.element(address);
    const message = element?.querySelector(".field-error");
    if (!message) return;
    message.textContent = sentence;
    message.hidden = !sentence;
    const holder = this.answers.holder(address);
    if (sentence) holder.setAttribute("aria-invalid", "true");
    else holder.removeAttribute("aria-invalid");
  }
}
