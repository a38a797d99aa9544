// Lock what was answered, so that only the server can open it: not the device's next user, nor its owner.

const PURPOSE = "survey-app sealed answers 1";
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const FORMAT = 1;
const SMALLEST = 4096; // bytes: almost every questionnaire, so that a length tells nothing
const GROWTH = 4; // between the sizes there are

/** Tell whether this page may lock at all: browsers offer it at https addresses and localhost only. */
export const canSeal = () => Boolean(globalThis.isSecureContext && globalThis.crypto?.subtle);

/**
 * Lock a form's body.
 *
 * @param {{key: string, name: string}} round its public key (base64url) and its name
 * @param {string} id the sending's UUID
 * @param {string} body as it would be posted
 * @returns {Promise<string>} base64url: format, our public key, nonce, ciphertext
 */
export async function seal({ key, name }, id, body) {
  const { subtle } = crypto;
  const theirPoint = fromText(key);
  const ours = await subtle.generateKey(CURVE, false, ["deriveBits"]);
  const ourPoint = new Uint8Array(await subtle.exportKey("raw", ours.publicKey));
  const theirs = await subtle.importKey("raw", theirPoint, CURVE, false, []);
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
  const secret = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const derivation = { name: "HKDF", hash: "SHA-256", salt: joined(ourPoint, theirPoint), info: bytes(PURPOSE) };
  const lock = await subtle.deriveKey(derivation, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const locked = await subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: bytes(`${name}:${id}`) },
    lock,
    padded(bytes(body)),
  );
  return toText(joined(Uint8Array.of(FORMAT), ourPoint, iv, new Uint8Array(locked)));
}

/** Write the length in front and zeros behind, up to the next of few sizes. */
export function padded(content) {
  let size = SMALLEST;
  while (size < content.length + 4) size *= GROWTH;
  const whole = new Uint8Array(size);
  new DataView(whole.buffer).setUint32(0, content.length);
  whole.set(content, 4);
  return whole;
}

const bytes = (text) => new TextEncoder().encode(text);

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function fromText(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function toText(content) {
  let binary = "";
  for (const byte of content) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
