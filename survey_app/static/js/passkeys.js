// Ask the device for a passkey, or to make one, and send what it says. The page's form has the
// server's question in data-options; without a script, or where the browser has no passkeys, the
// buttons that lead here stay hidden.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const withBytes = (known) => (known ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

const ways = {
  create: (options) =>
    navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: withBytes(options.excludeCredentials),
      },
    }),
  get: (options) =>
    navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        allowCredentials: withBytes(options.allowCredentials),
      },
    }),
};

const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

function told(credential) {
  const response = {};
  for (const part of PARTS) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
}

async function ask(form) {
  const failed = form.querySelector("[data-failed]");
  failed.hidden = true;
  try {
    const credential = await ways[form.dataset.passkey](JSON.parse(form.dataset.options));
    form.elements.credential.value = told(credential);
    form.submit();
  } catch {
    failed.hidden = false;
    form.querySelector("[data-again]").hidden = false;
  }
}

if (window.PublicKeyCredential) {
  for (const each of document.querySelectorAll("[data-needs-passkeys]")) each.hidden = false;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.querySelector("[data-again]").addEventListener("click", () => ask(form));
    ask(form);
  }
}
