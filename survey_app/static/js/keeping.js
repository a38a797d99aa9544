// Have the service worker keep a round's pages: tried until it has them all.

const FIRST_PAUSE = 5; // seconds
const LONGEST_PAUSE = 120;

/**
 * Keep the pages. On a bad network one try is not enough, and browsers forget a worker that failed.
 *
 * @param {{worker: string, round: string}} place see readPlace in offline.js
 */
export function keepPages({ worker, round }) {
  if (!navigator.serviceWorker) return;
  let pause = FIRST_PAUSE;
  let timer;
  const attempt = async () => {
    clearTimeout(timer);
    if (await isKept(worker, round)) return;
    timer = setTimeout(attempt, pause * 1000);
    pause = Math.min(2 * pause, LONGEST_PAUSE);
  };
  window.addEventListener("online", () => timer && attempt());
  if (document.readyState === "complete") attempt();
  else window.addEventListener("load", attempt, { once: true });
}

/** Wait until everything is kept; at once where browsers keep nothing. */
export async function whenKept() {
  await navigator.serviceWorker?.ready;
}

/** Register the worker, and tell whether it or the one before it has everything. */
async function isKept(worker, scope) {
  try {
    const registration = await navigator.serviceWorker.register(worker, { scope, updateViaCache: "none" });
    if (registration.installing) await settled(registration.installing);
    return Boolean(registration.active ?? registration.waiting);
  } catch {
    return false;
  }
}

function settled(installing) {
  return new Promise((resolve) => {
    installing.addEventListener("statechange", () => installing.state !== "installing" && resolve());
    if (installing.state !== "installing") resolve();
  });
}
