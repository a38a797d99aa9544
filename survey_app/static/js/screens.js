// One page of the questionnaire per screen, with Next and Back, progress and inline messages.

import { fillIn } from "./words.js";

export const REVIEW = "review";
const MOST_ROUNDS = 20; // of changes that follow from changes: a chain of filtered lists

export class Screens {
  /**
   * @param {HTMLFormElement} form
   * @param {import("./logic.js").Logic} logic
   * @param {import("./answers.js").Answers} answers
   * @param {Record<string, string>} words sentences with %(gaps)s
   */
  constructor(form, logic, answers, words) {
    Object.assign(this, { form, logic, answers, words });
    this.sections = new Map();
    for (const section of form.querySelectorAll("[data-page]")) {
      this.sections.set(Number(section.dataset.page), section);
    }
    this.sending = form.querySelector("#sending");
    this.languages = document.querySelector(".languages");
    this.visited = new Set();
    this.fixed = new Map(); // the server's own messages, until the answer changes
    this.extras = []; // see respond.js
    this.before = []; // pages without questions, see entry.js
    this.#addControls();
  }

  /** Take over the page: show the first screen, or the first that the server complained about. */
  start() {
    this.fillDefaults();
    this.update();
    const complained = this.pages.find((page) => page.questions.some((n) => this.#shown(n)));
    this.form.classList.add("is-paged");
    this.#show((complained ?? this.pages[0])?.number ?? REVIEW, { isQuiet: true });
    history.replaceState({ page: this.current }, "");
  }

  /** Forget everything: the device may be in other hands. */
  reset() {
    this.form.reset();
    for (const name of this.answers.questions.keys()) this.#tell(name, "");
    this.visited.clear();
    this.fixed.clear();
    this.start();
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

  /** Give the questions that can be filled in, in order. */
  get asked() {
    return this.state.asked.filter((address) => this.answers.has(address));
  }

  /** Give the pages that have anything to show. */
  get pages() {
    return this.before.concat(
      this.state.all.filter(
        ({ number, questions }) =>
          questions.some((address) => this.state.isAsked(address)) ||
          this.sections.get(number)?.querySelector("[data-repeat]:not([hidden])"),
      ),
    );
  }

  /** Run the logic after a change, and show what follows from it. */
  update(changed) {
    this.#settle();
    for (const [address, { element }] of this.answers.questions) {
      element.hidden = !this.state.isAsked(address);
    }
    for (const extra of this.extras) extra.show?.(this.state);
    for (const block of this.form.querySelectorAll("[data-block]")) {
      block.hidden = !block.querySelector(":is([data-question], [data-repeat]):not([hidden])");
    }
    this.#showTexts();
    if (changed) {
      this.fixed.delete(changed);
      if (this.#shown(changed)) this.#tell(changed, this.state.problem(changed));
    }
    if (this.current !== undefined) this.#showProgress();
  }

  /** Run the logic until nothing on the page follows from it any more. */
  #settle() {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      this.state = this.logic.run(this.answers.readAll());
      const changes = this.extras.map((extra) => extra.follow?.(this.state));
      if (!changes.some(Boolean)) return;
    }
  }

  /** Go on, unless something on this screen has to be mended first. */
  next() {
    if (!this.current && !this.entry.check()) return;
    const wrong = this.#check(this.#questionsHere());
    if (wrong.length) return this.#complain(wrong);
    return this.go(this.#after());
  }

  back() {
    history.back();
  }

  /** Show the screen that the browser's history asks for. */
  restore(page) {
    const pages = this.pages.map((each) => each.number);
    if (page === REVIEW || pages.includes(page)) return this.#show(page);
    return this.#show(pages.findLast((number) => number < page) ?? pages[0]);
  }

  /** Go to the screen of a question, for instance from the review. */
  open(name) {
    const page = this.state.all.find((each) => each.questions.includes(name));
    this.go(page.number);
    this.answers.firstControl(name)?.focus();
  }

  /** Show messages at their questions; give false when none of them is on the page. */
  complain(errors) {
    const known = this.asked.filter((name) => errors.get(name));
    for (const name of known) {
      this.fixed.set(name, errors.get(name));
      this.#tell(name, errors.get(name));
    }
    if (this.entry?.complain(errors)) return true;
    if (!known.length) return false;
    this.open(known[0]);
    this.say(errors.get(known[0]));
    return true;
  }

  /** Give the first thing that keeps the answers from being sent: name -> sentence. */
  problems() {
    const wrong = this.asked.filter((name) => this.state.problem(name));
    return new Map(wrong.map((name) => [name, this.state.problem(name)]));
  }

  say(sentence) {
    this.spoken.textContent = sentence;
  }

  #addControls() {
    const parts = this.form.ownerDocument.getElementById("controls").content.cloneNode(true);
    const [progress, steps, spoken] = parts.children;
    this.progress = progress;
    this.steps = steps;
    this.spoken = spoken;
    this.form.prepend(progress);
    this.form.append(steps, spoken);
    this.backButton = steps.querySelector("[data-step=back]");
    this.nextButton = steps.querySelector("[data-step=next]");
    this.nextWord = this.nextButton.textContent;
    this.backButton.addEventListener("click", () => this.back());
    this.nextButton.addEventListener("click", () => this.next());
  }

  go(page) {
    history.pushState({ page }, "");
    this.#show(page);
  }

  #after() {
    const later = this.pages.filter((page) => page.number > this.current);
    const unseen = this.visited.has(REVIEW)
      ? later.find((page) => !this.visited.has(page.number))
      : later[0];
    return unseen?.number ?? REVIEW;
  }

  #show(page, { isQuiet = false } = {}) {
    this.current = page;
    this.visited.add(page);
    for (const [number, section] of this.sections) section.hidden = number !== page;
    this.sending.hidden = page !== REVIEW;
    this.nextButton.hidden = page === REVIEW;
    const isFirst = page === this.pages[0]?.number;
    this.backButton.hidden = isFirst;
    // Another language is another page, where the answers would not be.
    if (this.languages) this.languages.hidden = !isFirst;
    this.nextButton.textContent = this.visited.has(REVIEW) ? this.words.to_review : this.nextWord;
    this.form.dispatchEvent(new CustomEvent("screen", { detail: { page } }));
    this.#showProgress();
    if (isQuiet) return;
    this.focusTop();
    this.say(this.progress.querySelector("p").textContent);
  }

  /** Let who reads by keyboard or ear begin with what the screen asks. */
  focusTop() {
    const here = this.current === REVIEW ? this.sending : this.sections.get(this.current);
    const heading = [...here.querySelectorAll("[tabindex='-1']")].find((part) => part.offsetParent);
    window.scrollTo(0, 0);
    heading?.focus({ preventScroll: true });
  }

  #questionsHere() {
    const page = this.state.all.find((each) => each.number === this.current);
    const asked = new Set(this.asked);
    return (page?.questions ?? []).filter((name) => asked.has(name));
  }

  #check(names) {
    for (const name of names) this.#tell(name, this.fixed.get(name) ?? this.state.problem(name));
    return names.filter((name) => this.#shown(name));
  }

  #complain([first]) {
    this.answers.firstControl(first).focus();
    this.say(this.#message(first).textContent);
  }

  #message(name) {
    return this.answers.element(name)?.querySelector(".field-error");
  }

  #shown(name) {
    return this.#message(name)?.textContent.trim() ?? "";
  }

  #tell(name, sentence) {
    const message = this.#message(name);
    if (!message) return;
    message.textContent = sentence;
    message.hidden = !sentence;
    const holder = this.answers.holder(name);
    if (sentence) holder.setAttribute("aria-invalid", "true");
    else holder.removeAttribute("aria-invalid");
  }

  #showProgress() {
    const { asked } = this;
    const numbers = this.#questionsHere().map((name) => asked.indexOf(name) + 1);
    const done = this.current === REVIEW ? asked.length : (numbers.at(-1) ?? this.#doneBefore());
    const bar = this.progress.querySelector("progress");
    bar.max = Math.max(asked.length, 1);
    bar.value = done;
    this.progress.querySelector("p").textContent = this.#progressWords(numbers, asked.length);
  }

  #doneBefore() {
    const before = this.state.all.filter((page) => page.number < this.current);
    const names = new Set(before.flatMap((page) => page.questions));
    return this.asked.filter((name) => names.has(name)).length;
  }

  #progressWords(numbers, total) {
    if (this.current === REVIEW) return this.words.last_step;
    if (!numbers.length) return this.words.beginning;
    const [first, last] = [numbers[0], numbers.at(-1)];
    const sentence = first === last ? this.words.question : this.words.questions;
    return fillIn(sentence, { first, last, number: first, total });
  }

  /** Fill in the gaps of labels, and what is shown but not filled in. */
  #showTexts() {
    for (const gap of this.form.querySelectorAll("[data-ref]")) {
      const around = gap.closest("[data-instance]")?.dataset.instance;
      const address = this.state.resolve(gap.dataset.ref, around && `${around}/`);
      const value = this.state.value(address);
      const isChoice = this.state.question(address)?.type?.startsWith("select");
      gap.textContent = value && isChoice && this.answers.has(address)
        ? this.answers.describe(address) : value;
    }
    for (const output of this.form.querySelectorAll("output[data-shown]")) {
      const value = this.state.value(output.closest("[data-question]").dataset.question);
      const labels = [...output.parentElement.querySelectorAll("data")];
      const chosen = labels.filter((label) => value.split(" ").includes(label.value));
      output.textContent = labels.length ? chosen.map((it) => it.textContent).join(" · ") : value;
    }
  }
}
