// The last screen: what was answered, a way back to each question, and the sending.

import { REVIEW } from "./screens.js";
import { makeUuid, readRefusal, send } from "./sending.js";

export class Review {
  /** @param {import("./screens.js").Screens} screens */
  constructor(screens) {
    this.screens = screens;
    this.post = send; // offline.js puts the device's outbox in between
    this.leave = (address) => location.replace(address);
    this.root = screens.sending;
    this.button = this.root.querySelector("[type=submit]");
    this.message = this.root.querySelector(".sending-message");
    this.buttonWord = this.button.textContent;
    this.root.append(template("review"));
    this.list = this.root.querySelector(".review-list");
    screens.form.addEventListener("screen", (event) => event.detail.page === REVIEW && this.show());
  }

  show() {
    this.#tell([]);
    this.list.replaceChildren(...this.screens.asked.map((name) => this.#item(name)));
  }

  /** Forget the last sending: the next respondent gets another id. */
  reset() {
    this.id = undefined;
    this.#tell([]);
    this.#wait(false);
  }

  /** Send, show why it did not work, or leave for the thank-you page. */
  async send() {
    if (this.isWaiting) return;
    if (this.screens.complain(this.screens.problems())) return;
    if ("trial" in this.screens.form.dataset) {
      this.screens.form.submit(); // a preview: its own page says how the answers are coded
      return;
    }
    const body = this.#body();
    this.#wait(true);
    const outcome = await this.post(this.screens.form.action, body);
    if (outcome.kind === "sent") {
      this.leave(outcome.address);
      return;
    }
    this.#wait(false);
    if (outcome.kind === "unreached") this.#tell([this.screens.words.unreached]);
    else this.#refused(outcome);
  }

  /** One id for this respondent through every attempt, so that trying again never counts twice. */
  #body() {
    this.id ??= makeUuid();
    const body = this.screens.state.body(this.id);
    return this.screens.entry?.addTo(body) ?? body;
  }

  #refused({ html }) {
    const { errors, message } = readRefusal(html);
    if (this.screens.complain(errors)) return;
    this.#tell(message.length ? message : [this.screens.words.unreached]);
  }

  #tell(sentences) {
    this.message.replaceChildren(...sentences.map((sentence) => element("p", sentence)));
  }

  #wait(isWaiting) {
    this.isWaiting = isWaiting;
    this.button.setAttribute("aria-disabled", String(isWaiting));
    this.button.textContent = isWaiting ? this.screens.words.sending : this.buttonWord;
    if (isWaiting) this.#tell([]);
  }

  #item(name) {
    const { answers } = this.screens;
    const item = template("review-item");
    const label = answers.element(name).querySelector(".question-label");
    const answer = answers.describe(name);
    const shown = item.querySelector(".review-question");
    shown.replaceChildren(...headingsAround(label), wordsOf(label));
    for (const own of shown.querySelectorAll("label")) own.replaceWith(wordsOf(own));
    const given = item.querySelector(".review-answer");
    if (answer) {
      given.replaceChildren(element("bdi", answer)); // in the direction of what was written
      given.classList.remove("empty");
    }
    item.querySelector("[data-about]").replaceChildren(shown.lastChild.cloneNode(true));
    item.querySelector("button").addEventListener("click", () => this.screens.open(name));
    return item;
  }
}

/** Say which instance of a repeat a question stands in: "Child 2 of 3 · ". */
function headingsAround(label) {
  const texts = [];
  for (let at = label.closest("[data-instance]"); at; at = at.parentElement.closest("[data-instance]")) {
    texts.unshift(`${at.querySelector(".instance-heading").textContent.trim()} · `);
  }
  return texts;
}

/** Give what stands in an element, in its own language where it is not the page's. */
function wordsOf(labelled) {
  const words = document.createElement("span");
  words.append(...labelled.cloneNode(true).childNodes);
  if (labelled.lang) Object.assign(words, { lang: labelled.lang, dir: labelled.dir });
  return words;
}

function template(id) {
  return document.getElementById(id).content.cloneNode(true);
}

function element(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}
