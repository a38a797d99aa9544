// Notes that wait on this device, locked with a key that comes with the page and is kept nowhere
// here: who is not logged in finds an id of chance and sealed bytes.

import { canSeal, padded } from "../sealing.js";
import { storeOf } from "../store.js";

const LOCK = "AES-GCM";
const NONCE = 12; // bytes

export class Device {
  #store = storeOf("survey-app-notes", "notes");
  #last = Promise.resolve();

  /** @param {{id: string, key: string}} lock */
  constructor({ id, key }) {
    this.id = id;
    this.opener = canSeal() ? imported(key) : undefined;
  }

  /** Lock and keep; true when it is on disk. What comes later is kept later. */
  keep(content) {
    return this.#after(async () => {
      const iv = crypto.getRandomValues(new Uint8Array(NONCE));
      const plain = padded(new TextEncoder().encode(JSON.stringify(content)));
      const sealed = await crypto.subtle.encrypt(this.#with(iv), await this.opener, plain);
      await this.#store.put({ id: this.id, iv, sealed });
    });
  }

  /** Forget, once the server has it. */
  forget() {
    return this.#after(() => this.#store.remove(this.id));
  }

  /** Give what was kept; undefined when nothing was, or nothing that opens. */
  async read() {
    if (!this.opener) return undefined;
    try {
      const { iv, sealed } = await this.#store.get(this.id);
      const plain = await crypto.subtle.decrypt(this.#with(iv), await this.opener, sealed);
      const length = new DataView(plain).getUint32(0);
      return JSON.parse(new TextDecoder().decode(new Uint8Array(plain, 4, length)));
    } catch {
      return undefined;
    }
  }

  #after(act) {
    if (!this.opener) return Promise.resolve(false);
    const done = this.#last.then(act).then(() => true, () => false);
    this.#last = done;
    return done;
  }

  #with(iv) {
    return { name: LOCK, iv, additionalData: new TextEncoder().encode(this.id) };
  }
}

function imported(key) {
  const binary = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return crypto.subtle.importKey("raw", bytes, LOCK, false, ["encrypt", "decrypt"]);
}
