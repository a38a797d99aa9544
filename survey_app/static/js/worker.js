// The service worker of one round: its pages for when there is no network, all of one state.
// The server writes `self.KEPT` in front: {base, name, version, files: [[address, digest], …]}.

const { base, name, version, files } = self.KEPT;
const PREFIX = `kept:${base}:`;
const OWN = PREFIX + version;
const GENERATIONS = 2; // a page that is open may still ask for modules of the state it came from
const PATIENCE = 4000; // milliseconds that a page waits for the network before it comes from here
const PAUSES = [1000, 3000, 9000]; // milliseconds before a file is asked for again
const LONGEST = 20_000; // milliseconds for one file
const ANY = { ignoreVary: true };

self.addEventListener("install", (event) => {
  event.waitUntil(keepAll().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOld());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  const isBelow = pathname === base || pathname.startsWith(`${base}/`);
  if (request.mode === "navigate") {
    if (isBelow) event.respondWith(page(request));
  } else if (isBelow || pathname.startsWith("/static/")) {
    event.respondWith(part(request));
  }
});

/** Fetch everything, or keep nothing: the digests make sure that all is of one state, and ours. */
async function keepAll() {
  const cache = await caches.open(OWN);
  try {
    await Promise.all(files.map(async ([address, digest]) => cache.put(address, await fetched(address, digest))));
  } catch (error) {
    await caches.delete(OWN);
    throw error;
  }
}

/** Fetch a file, and again when a bad network loses it. */
async function fetched(address, integrity) {
  // Files under /static/ never change; the browser may have them already.
  let mode = address.startsWith("/static/") ? "default" : "no-store";
  for (const pause of [...PAUSES, undefined]) {
    const control = new AbortController(); // AbortSignal.timeout is missing on iPads up to iPadOS 15
    setTimeout(() => control.abort(), LONGEST);
    try {
      const options = { credentials: "omit", cache: mode, integrity, redirect: "error", signal: control.signal };
      const response = await fetch(address, options);
      if (response.ok) return response;
      throw new Error(`${address}: ${response.status}`);
    } catch (error) {
      if (pause === undefined) throw error;
      mode = "reload"; // what the browser has may be what somebody else answered
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

async function forgetOld() {
  const others = (await caches.keys()).filter((key) => key.startsWith(PREFIX) && key !== OWN);
  await Promise.all(others.slice(0, 1 - GENERATIONS).map((key) => caches.delete(key)));
}

/** A page: the server's own word when it comes soon; else as it was kept. */
async function page(request) {
  const { pathname } = new URL(request.url);
  const cache = await caches.open(OWN);
  const kept = await cache.match(pathname, ANY);
  const asked = fetch(request);
  if (!kept) return asked;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const answer = await Promise.race([asked.catch(() => undefined), late]);
  const isOurs = answer?.headers.get("Survey-Round") === name && answer.status < 500;
  return isOurs ? answer : kept;
}

/** A part of a page: its address names its state, so what is kept is right. */
async function part(request) {
  return (await caches.match(request, ANY)) ?? fetch(request);
}
