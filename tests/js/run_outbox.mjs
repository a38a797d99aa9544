// Send through the outbox under Node, where the browser keeps but lets nothing go: prints the outcomes.

import { pauseLeft } from "../../survey_app/static/js/pin.js";

const ROUND = "/e/round";
const later = (act) => queueMicrotask(act);

/** Just enough of IndexedDB: what is put stays, and every `delete` fails, as on a full disk. */
function stubborn() {
  const kept = new Map();
  const store = {
    put: (item) => kept.set(item.id, item) && {},
    getAll: () => ({ result: [...kept.values()] }),
    delete: () => ({ fails: true }),
  };
  const transaction = () => {
    const made = {};
    made.objectStore = () => Object.fromEntries(Object.entries(store).map(([name, act]) => [name, (it) => {
      const asked = act(it);
      later(() => (asked.fails ? made.onerror() : made.oncomplete()));
      return asked;
    }]));
    return made;
  };
  const open = () => {
    const asked = { result: { transaction, close: () => {} } };
    later(() => asked.onsuccess());
    return asked;
  };
  return { open };
}

Object.assign(globalThis, {
  indexedDB: stubborn(),
  isSecureContext: true,
  location: { origin: "http://here" },
  fetch: async () => ({ ok: true, redirected: true, url: `http://here${ROUND}/thanks`, status: 200 }),
});
const { Outbox } = await import("../../survey_app/static/js/outbox.js");
const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
const key = Buffer.from(await crypto.subtle.exportKey("raw", pair.publicKey)).toString("base64url");
const outbox = new Outbox({ round: ROUND, name: "round", key, thanks: `${ROUND}/thanks` });
const outcome = await outbox.post(ROUND, new URLSearchParams({ response_id: crypto.randomUUID(), pets: "1" }));
const { waiting } = await outbox.counts();
const pauses = [1_030_000, 9_999_000_000].map((until) => pauseLeft({ until }, 1_000_000));
process.stdout.write(JSON.stringify({ outcome, waiting, pauses }));
process.exit(0); // an attempt's patience outlasts it
