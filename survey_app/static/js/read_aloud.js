// A button at each question that reads it aloud, by a voice that the device itself has.
// Never by one that would send the text away, and never what somebody answered.

const BLOCKS = "[data-question], .promise, .entry, .sending";
const HEADINGS = ".eyebrow, .page-heading, .section-heading";
const PARTS = [
  ":scope .question-label",
  ":scope .needed, :scope .hint, :scope .field-error",
  ":scope .choice > label, :scope .ranked-label, :scope option:not([value=''])",
  ":scope.note > p, :scope.note li",
  ":scope.promise > h2, :scope.promise li, :scope.entry > p",
  ":scope.sending > h2, :scope.sending > p",
].join(", ");
const SPOKEN_AS = { prs: "fa" }; // Dari is written as Persian is
const primary = (tag) => tag.toLowerCase().split(/[-_]/)[0];
const spokenAs = (tag) => SPOKEN_AS[primary(tag)] ?? primary(tag);

/** Add the buttons, whenever the device has a voice. */
export function readAloud(screens, speech = window.speechSynthesis) {
  const reading = new Reading(speech);
  const buttons = new Buttons(screens.form, reading);
  screens.extras.push(buttons);
  const stop = () => reading.stop();
  for (const sign of ["screen", "submit", "reset"]) screens.form.addEventListener(sign, stop);
  window.addEventListener("pagehide", stop);
  document.addEventListener("visibilitychange", () => document.hidden && stop());
  speech.addEventListener?.("voiceschanged", () => buttons.show());
  stop(); // what a page before this one may have left behind
  buttons.show();
}

/** Give the device's own voice for the page's language; undefined when it has none. */
function voiceOf(speech) {
  const wanted = spokenAs(document.documentElement.lang);
  const own = speech.getVoices().filter((it) => it.localService === true && primary(it.lang) === wanted);
  return own.find((it) => it.default) ?? own[0];
}

class Buttons {
  constructor(form, reading) {
    Object.assign(this, { form, reading });
    this.made = new Map(); // block -> button
  }

  /** Let each block that can be read have its button, as long as there is a voice. */
  show() {
    const isAble = Boolean(voiceOf(this.reading.speech));
    if (!isAble) this.reading.stop();
    if (isAble) this.#addMissing();
    for (const button of this.made.values()) button.hidden = !isAble;
  }

  #addMissing() {
    for (const block of this.form.querySelectorAll(BLOCKS)) {
      if (!this.made.has(block) && isOfPage(nameOf(block))) this.made.set(block, this.#add(block));
    }
  }

  #add(block) {
    const button = document.getElementById("listen").content.firstElementChild.cloneNode(true);
    button.querySelector("[data-about]").textContent = textOf(nameOf(block));
    button.addEventListener("click", () => this.#press(block, button));
    block.classList.add("has-voice");
    const heading = block.querySelector(":scope > :is(legend, h2, h3, h4, h5, h6)");
    if (heading) heading.after(button);
    else block.append(button);
    return button;
  }

  #press(block, button) {
    const isReading = button.dataset.reads === "yes";
    this.reading.stop();
    if (!isReading) this.reading.start(partsOf(block), (reads) => tell(button, reads));
  }
}

/** One reading at a time: part after part, each marked while it is read. */
class Reading {
  constructor(speech) {
    this.speech = speech;
  }

  start(parts, whenChanged) {
    this.whenChanged = whenChanged;
    whenChanged(true);
    this.#go(parts, voiceOf(this.speech));
  }

  stop() {
    this.utterance = undefined;
    this.speech.cancel();
    this.#mark(undefined);
    this.whenChanged?.(false);
    this.whenChanged = undefined;
  }

  #go([part, ...rest], voice) {
    if (!part || !voice) {
      this.stop();
      return;
    }
    const utterance = new SpeechSynthesisUtterance(textOf(part));
    Object.assign(utterance, { voice, lang: voice.lang, rate: 0.9 });
    const isCurrent = () => this.utterance === utterance;
    utterance.onend = () => isCurrent() && this.#go(rest, voice);
    utterance.onerror = () => isCurrent() && this.stop();
    this.utterance = utterance; // also because browsers forget one that nobody holds
    this.#mark(part);
    this.speech.speak(utterance);
  }

  #mark(part) {
    this.marked?.classList.remove("is-read");
    part?.classList.add("is-read");
    this.marked = part;
  }
}

function tell(button, reads) {
  button.dataset.reads = reads ? "yes" : "no";
  for (const word of button.querySelectorAll("[data-when]")) {
    word.hidden = word.dataset.when !== button.dataset.reads;
  }
}

/** Give what is read of a block, in the page's order; the first one's headings belong to it. */
function partsOf(block) {
  const screen = block.closest(".screen");
  const first = [...(screen?.querySelectorAll("[data-question]") ?? [])].find((it) => it.offsetParent);
  const headings = block === first ? screen.querySelectorAll(HEADINGS) : [];
  const all = [...headings, ...block.querySelectorAll(PARTS)];
  return all.filter((part) => isShown(part) && isOfPage(part) && textOf(part));
}

const nameOf = (block) => block.querySelector(".question-label, h2, p") ?? block;

function isShown(part) {
  const holder = part.closest("select") ?? part;
  return Boolean(holder.offsetParent) && !part.hidden;
}

/** Tell whether a text is in the language that the voice speaks. */
function isOfPage(part) {
  const own = (part.querySelector(":scope > [lang]") ?? part).closest("[lang]").lang;
  return spokenAs(own) === spokenAs(document.documentElement.lang);
}

/** Give the words that are read: not what is only drawn. */
function textOf(part) {
  const copy = part.cloneNode(true);
  for (const drawn of copy.querySelectorAll("[aria-hidden=true]")) drawn.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}
