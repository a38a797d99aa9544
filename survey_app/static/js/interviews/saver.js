// Notes save themselves: on this device at once, on the server in a moment or when the network
// returns, and never over what somebody else wrote meanwhile.

import { endsAfter } from "../patience.js";
import { fillIn } from "../words.js";
import { Device } from "./device.js";

const PAUSE = 3000; // ms after a change
const LONGEST = 10_000; // ms of typing without a pause
const RETRIES = [3000, 10_000, 30_000]; // ms; the last one for ever
const TIMEOUT = 20_000; // ms
const BAD = { isBad: true };
const MOST_KEPT_ALIVE = 60_000; // bytes that browsers send for a page that closes

export class Saver {
  /**
   * @param {object} page what it shows and holds: see Guide in guide.js
   * @param {{address: string, revision: number, base: object, done: boolean, lock: object, words: object}} place
   */
  constructor(page, place) {
    Object.assign(this, { page, words: place.words, address: place.address, isDone: place.done });
    Object.assign(this, { revision: place.revision, base: place.base, token: page.token });
    this.device = new Device(place.lock);
    this.isUnsaved = false;
    this.isKept = true;
    this.failures = 0;
    this.conflicts = new Set();
    this.tried = []; // since the server's last answer
  }

  /** Put back what was typed before and never sent; ask where somebody else wrote too. */
  async restore() {
    const kept = await this.device.read();
    const typed = kept?.typed ?? this.page.typed();
    this.#merge(typed, kept?.base ?? this.base, this.base);
    if (!this.#differs()) return this.device.forget();
    this.changed();
    if (kept && !this.conflicts.size) this.page.say(this.words.restored);
    return true;
  }

  /** Something was typed. */
  changed() {
    this.isUnsaved = true;
    this.#keep();
    if (this.isDone || this.conflicts.size) return;
    if (!this.failures && !this.page.isFlagged()) this.page.say(this.words.waiting, { isQuiet: true });
    this.firstAt ??= Date.now();
    const left = this.firstAt + LONGEST - Date.now();
    this.#later(Math.max(0, Math.min(PAUSE, left)));
  }

  /** Send now what is not sent; true when the server has everything. */
  async save({ isByHand = false } = {}) {
    clearTimeout(this.timer);
    this.isByHand = isByHand;
    if (this.isDone || this.conflicts.size || this.page.isFlagged()) {
      this.page.say(this.conflicts.size ? this.words.conflict : this.words.look, BAD);
      return false;
    }
    this.sending = (this.sending ?? Promise.resolve()).then(() => this.#send());
    return this.sending;
  }

  /** The page goes out of sight: what is typed must be on disk, and on its way. */
  leave() {
    if (!this.isUnsaved) return;
    this.#keep();
    const body = this.#body();
    if (this.isDone || this.conflicts.size || this.page.isFlagged()) return;
    if (new Blob([body]).size < MOST_KEPT_ALIVE) this.save();
  }

  hurry() {
    if (this.isUnsaved && !this.isDone) this.save();
  }

  /** Ask whether the form can be posted: fresh token, nobody else's change; true when it can. */
  async prepare() {
    try {
      const told = await (await this.#fetch()).json();
      this.#renew(told.token);
      if (told.revision === this.revision) return true;
      this.#theirs(told);
    } catch {
      await this.#keep();
      this.page.say(this.isKept ? this.words.offline : this.words.unkept, BAD);
    }
    return false;
  }

  async #send() {
    const typed = this.page.typed();
    delete this.firstAt;
    this.tried.push(typed);
    let response;
    let told;
    try {
      response = await this.#fetch(this.#body(typed));
      if (response.status === 400) {
        this.#renew((await (await this.#fetch()).json()).token);
        response = await this.#fetch(this.#body(typed));
      }
      if (response.status >= 500) throw new Error();
      told = await response.json();
    } catch {
      return this.#failed(response);
    }
    this.failures = 0;
    if (response.ok) return this.#sent(told, typed);
    return this.#refused(told);
  }

  async #sent(told, typed) {
    this.revision = told.revision;
    this.base = typed;
    this.tried = [];
    this.page.written(told.revision, told.likely);
    this.isUnsaved = this.#differs();
    if (this.isUnsaved) {
      this.changed();
      return false;
    }
    await this.device.forget();
    if (!this.isUnsaved) this.page.say(this.words.saved, { isQuiet: !this.isByHand });
    return true;
  }

  #refused(told) {
    if (told.theirs) {
      this.#theirs(told);
    } else {
      if (told.erased) this.device.forget();
      this.page.mark(told.problems ?? {});
      this.page.say(told.sentence ?? this.words.look, BAD);
    }
    return false;
  }

  #failed(response) {
    const isOut = response && (response.redirected || response.status === 401);
    const kept = isOut ? this.words.logged_out : this.words.offline;
    this.page.say(this.isKept ? kept : this.words.unkept, BAD);
    this.#later(RETRIES[Math.min(this.failures++, RETRIES.length - 1)]);
    return false;
  }

  /** Somebody else has saved; or what was tried has come, and only the answer to it was lost. */
  #theirs(told) {
    const isOurs = this.tried.some((tried) => this.#isSame(tried, told.theirs));
    const before = isOurs ? told.theirs : this.base;
    this.tried = [];
    Object.assign(this, { revision: told.revision, base: told.theirs });
    this.page.written(told.revision, []);
    this.#merge(this.page.typed(), before, this.base, told.by);
    this.changed();
  }

  /** Lay what was typed over what stands on the server; ask where both changed the same note. */
  #merge(mine, before, theirs, account = "") {
    for (const at of this.page.addresses()) {
      const [own, other, old] = [mine, theirs, before].map((answers) => plain(answers[at]));
      if (own === other) continue;
      this.page.write(at, own === old ? other : mine[at] ?? "");
      if (own !== old && other !== old) this.#ask(at, other, account);
    }
  }

  #ask(at, other, account) {
    this.conflicts.add(at);
    const account_ = account || this.words.somebody;
    const sentence = fillIn(this.words.theirs, { account: account_, words: other || this.words.nothing });
    this.page.ask(at, sentence, (isTheirs) => {
      if (isTheirs) this.page.write(at, other);
      this.conflicts.delete(at);
      this.changed();
    });
    this.page.say(this.words.conflict, BAD);
  }

  #differs() {
    return !this.#isSame(this.page.typed(), this.base);
  }

  #isSame(some, others) {
    return this.page.addresses().every((at) => plain(some[at]) === plain(others[at]));
  }

  async #keep() {
    const { revision, base } = this;
    this.isKept = false;
    this.isKept = await this.device.keep({ revision, base, typed: this.page.typed() });
  }

  #later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  #renew(token) {
    this.token = token ?? this.token;
    this.page.renew(this.token);
  }

  #body(typed = this.page.typed()) {
    return JSON.stringify({ revision: this.revision, typed });
  }

  #fetch(body) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token };
    const options = body ? { method: "POST", headers, body, keepalive: body.length < MOST_KEPT_ALIVE / 4 } : {};
    return fetch(this.address, { ...options, cache: "no-store", signal: endsAfter(TIMEOUT) });
  }
}

/** Give a note as the server compares it: a form that was posted has CR LF, and ends are trimmed. */
function plain(text = "") {
  return text.replaceAll("\r\n", "\n").trim();
}
