// Saving by itself: a moment after each change, again when the network returns, and never over
// what somebody else wrote. What is not saved yet survives a reload in the tab's own storage.

import { endsAfter } from "../patience.js";
import { fillIn } from "../words.js";
import { DONE } from "./unit.js";

const PAUSE = 800; // ms after a change
const RETRIES = [2000, 5000, 15000]; // ms; the last one for ever
const TIMEOUT = 20000; // ms
const GONE = new Set([403, 404, 410]);
const HANDED_IN = new Set(["submitted", "corrected"]);

export class Saver {
  constructor(unit) {
    Object.assign(this, { unit, form: unit.form, words: unit.words });
    this.key = `return:${unit.address}`;
    this.revision = Number(this.form.element.dataset.revision);
    this.token = this.form.element.querySelector("[name=csrf_token]").value;
    this.isUnsaved = false;
    this.failures = 0;
    this.conflicts = new Set();
    this.tried = []; // since the server's last answer
  }

  /** Take up what a reload interrupted. */
  restore() {
    this.base = this.#canonical();
    const stored = this.form.mayEdit && sessionStorage.getItem(this.key);
    if (!stored) return;
    const { revision, base, typed, confirmed, reason } = JSON.parse(stored);
    const now = new Set([...Object.keys(typed), ...this.form.answers.questions.keys()]);
    for (const address of now) {
      if (!address.endsWith("[#]")) this.form.answers.write(address, typed[address] ?? "");
    }
    this.form.update();
    if (reason) this.form.element.querySelector("[name=_reason]").value = reason;
    Object.assign(this, { revision, base });
    if (confirmed) this.form.complain({ doubts: {}, problems: {} }, false);
    this.changed();
  }

  /** Something was typed: keep it here at once, on the server in a moment. */
  changed() {
    this.isUnsaved = true;
    this.#store();
    clearTimeout(this.timer);
    if (this.form.needsReason) {
      this.unit.showSaved(this.words.by_hand);
      return;
    }
    this.unit.showSaved(this.words.waiting);
    if (!this.conflicts.size) this.timer = setTimeout(() => this.save(), PAUSE);
  }

  /** The network is back. */
  hurry() {
    if (this.failures) this.#again(0);
  }

  /** Send; give what the server says, or nothing while it does not. */
  async save(action = "save", reason = this.form.reason()) {
    clearTimeout(this.timer);
    if (this.conflicts.size) return null;
    const before = this.sending;
    this.sending = this.#after(before, action, reason);
    return this.sending;
  }

  async #after(before, action, reason) {
    await before;
    if (this.unit.saver !== this) return null; // it was handed in meanwhile
    if (action === "save" && this.form.needsReason) return null;
    return this.#send(action, reason);
  }

  async #send(action, reason) {
    this.wanted = [action, reason];
    const typed = this.form.typed();
    const confirmed = this.form.confirmed();
    const base = this.#canonical(); // what is typed while it is on its way nobody else has
    this.tried.push(base);
    const sent = JSON.stringify({ revision: this.revision, action, typed, confirmed, reason });
    this.unit.showSaved(this.words.saving);
    let response;
    let told;
    try {
      response = await this.#post(sent);
      told = await response.json();
    } catch {
      return this.#failed(response);
    }
    this.failures = 0;
    if (response.ok) return this.#kept(told, sent, base);
    return this.#refused(told, action);
  }

  #post(body, isAgain = false) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token };
    const signal = endsAfter(TIMEOUT);
    return fetch(this.unit.address, { method: "POST", headers, body, signal }).then(async (response) => {
      if (response.status !== 400 || isAgain) return response;
      await this.#renewToken();
      return this.#post(body, true);
    });
  }

  /** Whoever logged in again in another tab has another token. */
  async #renewToken() {
    const page = await (await fetch(`${this.unit.address}?part`)).text();
    const found = new DOMParser().parseFromString(page, "text/html").querySelector("[name=csrf_token]");
    if (found) this.token = found.value;
  }

  #kept(told, sent, base) {
    Object.assign(this, { revision: told.revision, base, tried: [] });
    const { typed } = JSON.parse(sent);
    const isSame = JSON.stringify(typed) === JSON.stringify(this.form.typed());
    const refused = Object.entries(told.refused);
    this.isUnsaved = !isSame || refused.length > 0;
    for (const [address, sentence] of refused) this.form.fix(address, sentence);
    this.form.warn(told.warnings);
    this.unit.showSaved(refused.length ? this.words.waiting : fillIn(this.words.saved, { time: told.at }),
      refused.length > 0);
    this.unit.showState(told);
    if (DONE.has(told.state) || (isSame && !refused.length)) {
      sessionStorage.removeItem(this.key);
      this.isUnsaved = false;
    } else {
      this.#store();
    }
    return told;
  }

  #refused(told, action) {
    if (told.theirs) return this.#merge(told, action);
    for (const [address, sentence] of Object.entries(told.refused ?? {})) {
      this.form.fix(address, sentence);
    }
    this.form.sentence(told.sentence);
    this.unit.showSaved(this.words.waiting, true);
    this.form.element.querySelector("[data-sentence]").scrollIntoView({ block: "nearest" });
    return null;
  }

  /** Somebody else has saved: take what only they changed, and ask where both did. */
  #merge(told, action) {
    const mine = this.#canonical();
    const theirs = Object.fromEntries(Object.entries(told.theirs).map(([at, [text]]) => [at, text]));
    const both = this.form.asked.filter((at) => (theirs[at] ?? "") !== (mine[at] ?? ""));
    if (action === "submit" && HANDED_IN.has(told.state) && !both.length) return this.#wasKept(told);
    // What was tried may have come, and only the answer to it been lost: then nobody else wrote.
    const isTheirs = (tried) => this.form.asked.every((at) => (theirs[at] ?? "") === (tried[at] ?? ""));
    const base = this.tried.some(isTheirs) ? theirs : this.base;
    this.tried = [];
    this.revision = told.revision;
    this.base = theirs;
    if (DONE.has(told.state)) this.form.askReason();
    for (const at of both) {
      const [text, words] = told.theirs[at] ?? ["", this.words.nothing];
      if ((mine[at] ?? "") === (base[at] ?? "")) this.form.write(at, text);
      else if (text !== (base[at] ?? "")) this.#ask(at, text, { account: told.by, words });
    }
    this.#store();
    if (!this.conflicts.size) return this.#send(action, this.form.reason());
    const sentence = fillIn(this.words.conflict, { account: told.by });
    this.form.sentence(sentence);
    this.unit.showSaved(this.words.waiting, true);
    this.form.say(sentence);
    return null;
  }

  /** The very same is handed in already, and the answer to it was lost. */
  #wasKept(told) {
    sessionStorage.removeItem(this.key);
    this.isUnsaved = false;
    this.unit.showSaved("");
    this.unit.showState(told);
    return told;
  }

  #ask(address, text, gaps) {
    this.conflicts.add(address);
    this.form.showTheirs(address, fillIn(this.words.theirs, gaps), (isTheirs) => {
      if (isTheirs) this.form.write(address, text);
      this.conflicts.delete(address);
      this.form.focus(address);
      if (this.conflicts.size) return;
      this.form.sentence("");
      this.changed();
    });
  }

  #failed(response) {
    const isOut = response?.redirected || (response && response.ok);
    if (response && GONE.has(response.status)) {
      this.unit.showSaved(this.words.not_allowed, true);
      return null;
    }
    this.unit.showSaved(isOut ? this.words.logged_out : this.words.unsaved, true);
    this.#again(RETRIES[Math.min(this.failures, RETRIES.length - 1)]);
    this.failures += 1;
    return null;
  }

  #again(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      const [action, reason] = this.wanted;
      const told = await this.save(action, reason);
      if (told && action !== "save") this.unit.later(told);
    }, pause);
  }

  /** Give the answers as the server keeps them: address -> text. */
  #canonical() {
    const known = this.form.asked.map((address) => [address, this.form.state.value(address)]);
    return Object.fromEntries(known.filter(([, text]) => text));
  }

  #store() {
    const { revision, base } = this;
    const typed = this.form.typed();
    const kept = { revision, base, typed, confirmed: this.form.confirmed(), reason: this.form.reason() };
    try {
      sessionStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // A full or forbidden storage: what is typed is still on the page.
    }
  }
}
