// Sending answers: once, however often it is tried.

/** Make a random UUID; plain-http addresses have no crypto.randomUUID. */
export function makeUuid(source = globalThis.crypto) {
  if (source.randomUUID) return source.randomUUID();
  const bytes = source.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/**
 * Post the answers.
 *
 * @param {string} address where to
 * @param {URLSearchParams} body question names and values
 * @param {{fetch?: Function, seconds?: number}} options
 * @returns {Promise<{kind: "sent", address: string} | {kind: "answered", status: number,
 *   html: string} | {kind: "unreached"}>} `answered` when the server refuses: its page says why
 */
export async function send(address, body, { fetch = globalThis.fetch, seconds = 30 } = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), seconds * 1000);
  try {
    const answer = await fetch(address, {
      method: "POST",
      body,
      credentials: "omit",
      cache: "no-store",
      signal: stop.signal,
    });
    if (answer.ok && answer.redirected) return { kind: "sent", address: answer.url };
    if (answer.ok || answer.status >= 500 || answer.status === 429) return { kind: "unreached" };
    return { kind: "answered", status: answer.status, html: await answer.text() };
  } catch {
    return { kind: "unreached" };
  } finally {
    clearTimeout(timer);
  }
}

/** Read the server's page: its errors by question, or what it says when it has no questions. */
export function readRefusal(html, parser = new DOMParser()) {
  const page = parser.parseFromString(html, "text/html");
  const errors = new Map();
  for (const question of page.querySelectorAll("[data-question], [data-entry]")) {
    const sentence = question.querySelector(".field-error")?.textContent.trim();
    if (sentence) errors.set(question.dataset.question, sentence);
  }
  const where = page.querySelector("[data-question]") ? ".notice.bad p" : "main :is(h1, p)";
  const said = [...page.querySelectorAll(where)].map((part) => part.textContent.trim());
  return { errors, message: said.filter(Boolean) };
}
