// Send locked answers until the server has them: each once, however often it is tried.

import { endsAfter } from "./patience.js";
import { canSeal, seal } from "./sealing.js";
import { send } from "./sending.js";
import * as store from "./store.js";

const OURS = "Survey-Round"; // the header of our server's answers; a captive portal has none
const REFUSAL = "Survey-Refusal"; // why, in one word, where the status does not tell
const PATIENCE = 20; // seconds for one attempt
const FIRST_PAUSE = 5;
const LONGEST_PAUSE = 300;
const REASONS = { 403: "code", 404: "closed", 409: "code", 410: "closed" };

export class Outbox extends EventTarget {
  /** @param {{round: string, name: string, key: string, thanks: string}} place */
  constructor(place) {
    super();
    this.place = place;
    this.pause = FIRST_PAUSE;
  }

  /**
   * Lock the answers, keep them here, and try to send them.
   *
   * @param {string} address where the page posts
   * @param {URLSearchParams} body with `response_id`
   * @returns {Promise<object>} as `send` in sending.js; `sent` with #waiting when they wait here
   */
  async post(address, body) {
    const item = await this.#kept(body);
    if (!item) return send(address, body);
    const outcome = await attempt(item, address);
    if (outcome.kind === "refused") return this.#refused(item, outcome, address, body);
    if (outcome.kind === "sent") await this.#sent(item);
    else this.#later(outcome.seconds);
    this.#changed();
    return { kind: "sent", address: outcome.address ?? `${this.place.thanks}#waiting` };
  }

  /** Try everything that waits, in an order of chance; what was refused only when asked to. */
  async flush({ isAll = false } = {}) {
    clearTimeout(this.timer);
    await alone(async () => {
      const items = (await store.all()).filter((item) => isAll || !item.refused);
      let later;
      for (const item of shuffled(items)) {
        const outcome = await attempt(item, item.round);
        if (outcome.kind === "sent") await this.#sent(item);
        if (outcome.kind === "refused") await this.#mark(item, outcome.reason);
        if (outcome.kind === "later") {
          later = outcome;
          break; // the others would fare no better
        }
      }
      if (later) this.#later(later.seconds);
    });
    this.#changed();
  }

  /** Count what is here: {waiting, refused: {closed, invalid, code}}. */
  async counts() {
    const counts = { waiting: 0, refused: {} };
    for (const { refused } of await store.all().catch(() => [])) {
      if (refused) counts.refused[refused] = (counts.refused[refused] ?? 0) + 1;
      else counts.waiting += 1;
    }
    return counts;
  }

  /** Forget what the server refused; only an adult may ask for it. */
  async forgetRefused() {
    for (const item of await store.all()) if (item.refused) await store.remove(item.id);
    this.#changed();
  }

  async #kept(body) {
    if (!canSeal()) return undefined;
    try {
      const id = body.get("response_id");
      const sealed = await seal(this.place, id, body.toString());
      const item = { id, round: this.place.round, sealed };
      await store.put(item);
      return item;
    } catch {
      return undefined; // no room, or a browser that keeps nothing: the page sends as it is
    }
  }

  /** While the answers are still on the screen, ask the server what to mend. */
  async #refused(item, outcome, address, body) {
    if (outcome.reason === "closed") {
      await this.#mark(item, outcome.reason);
      this.#changed();
      return { kind: "answered", status: outcome.status, html: outcome.html };
    }
    const plain = await send(address, body);
    if (plain.kind === "unreached") await this.#mark(item, outcome.reason);
    else await this.#sent(item);
    return plain;
  }

  /** The server has it. What a browser does not let go is sent once more, and counts once. */
  async #sent(item) {
    await store.remove(item.id).catch(() => undefined);
    this.pause = FIRST_PAUSE;
  }

  /** Keep why it was refused; where that cannot be kept, the server will say it again. */
  async #mark(item, refused) {
    await store.put({ ...item, refused }).catch(() => undefined);
  }

  #later(seconds) {
    const wait = seconds ?? this.pause * (0.75 + Math.random() / 2);
    this.pause = Math.min(2 * this.pause, LONGEST_PAUSE);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), Math.min(wait, LONGEST_PAUSE) * 1000);
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/**
 * Post one item. Only two things count as the server's word: its redirection to this round's
 * thanks, and a refusal that carries its header. Everything else is somebody else's, or passes.
 */
async function attempt(item, address) {
  try {
    const answer = await fetch(address, {
      method: "POST",
      body: new URLSearchParams({ response_id: item.id, _sealed: item.sealed }),
      credentials: "omit",
      cache: "no-store",
      signal: endsAfter(PATIENCE * 1000),
    });
    if (isThanks(answer, item.round)) return { kind: "sent", address: answer.url };
    const { status } = answer;
    const passes = status < 400 || status >= 500 || status === 408 || status === 425 || status === 429;
    if (passes || !answer.headers.has(OURS)) return { kind: "later", seconds: retryAfter(answer) };
    const reason = answer.headers.get(REFUSAL) ?? REASONS[status] ?? "invalid";
    return { kind: "refused", reason, status, html: await answer.text() };
  } catch {
    return { kind: "later" };
  }
}

function isThanks(answer, round) {
  if (!answer.ok || !answer.redirected) return false;
  const { origin, pathname } = new URL(answer.url);
  return origin === location.origin && pathname.startsWith(`${round}/`) && pathname.endsWith("/thanks");
}

function retryAfter(answer) {
  const text = answer.headers.get("Retry-After");
  if (!text) return undefined;
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return seconds >= 0 ? seconds : undefined;
}

/** Let only one page of this device send at a time, where browsers can tell. */
function alone(act) {
  return navigator.locks ? navigator.locks.request("outbox", act) : act();
}

function shuffled(items) {
  for (let at = items.length - 1; at > 0; at--) {
    const other = Math.floor(Math.random() * (at + 1));
    [items[at], items[other]] = [items[other], items[at]];
  }
  return items;
}
