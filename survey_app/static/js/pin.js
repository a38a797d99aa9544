// The adult's PIN: it keeps pupils off the adult's page, not someone who can open the device's storage.

const ITERATIONS = 600_000;
const FREE_TRIES = 5;
const FIRST_PAUSE = 30; // seconds after the fifth wrong PIN; twice as long after each further one
const LONGEST_PAUSE = 900;

export const isPin = (text) => /^[0-9]{4,8}$/.test(text);

/** Give what is kept of a PIN: a salted hash that is slow to compute. */
export async function hashed(pin, salt = toHex(crypto.getRandomValues(new Uint8Array(16))), iterations = ITERATIONS) {
  const secret = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt: new TextEncoder().encode(salt), iterations };
  const bits = await crypto.subtle.deriveBits(derivation, secret, 256);
  return { salt, iterations, hash: toHex(new Uint8Array(bits)) };
}

/** Say for how many seconds no PIN is taken, after too many wrong ones. */
export function pauseLeft({ until = 0 }, now = Date.now()) {
  const left = Math.max(0, Math.ceil((until - now) / 1000));
  return left > LONGEST_PAUSE ? 0 : left; // the clock was put right meanwhile
}

/**
 * Try a PIN.
 *
 * @param {{pin: object, wrong?: number, until?: number}} chosen what the adult chose, with the tries so far
 * @returns {Promise<{isRight: boolean, chosen: object}>} with what is to be kept now
 */
export async function tried(pin, chosen, now = Date.now()) {
  const { salt, iterations, hash } = chosen.pin;
  const isRight = (await hashed(pin, salt, iterations)).hash === hash;
  if (isRight) return { isRight, chosen: { ...chosen, wrong: 0, until: 0 } };
  const wrong = (chosen.wrong ?? 0) + 1;
  const more = wrong - FREE_TRIES;
  const pause = more < 0 ? 0 : Math.min(FIRST_PAUSE * 2 ** more, LONGEST_PAUSE);
  return { isRight, chosen: { ...chosen, wrong, until: pause ? now + pause * 1000 : 0 } };
}

const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
