// A questionnaire on a tablet that many share: it asks whether anybody is there, and leaves nothing.

const SECONDS = 60; // to answer the question
const SIGNS = ["pointerdown", "keydown", "input", "wheel", "touchmove", "scroll"];

/**
 * Watch over a questionnaire that has just begun.
 *
 * @param {{start: string, minutes: number}} shared what the adult chose
 * @param {import("./screens.js").Screens} screens
 * @param {import("./review.js").Review} review
 */
export function watch(shared, screens, review) {
  const leave = leaving(screens.form);
  const wipe = () => leave(shared.start);
  review.leave = leave;
  keepLanguageLinks();
  window.addEventListener("pagehide", () => hide(screens.form));
  window.addEventListener("pageshow", (event) => event.persisted && location.replace(shared.start));
  whenAlone(shared.minutes, document.getElementById("still-there"), wipe);
}

/**
 * Call `wipe` when nobody has touched the page for so many minutes, nor answered the question.
 *
 * @param {{isNeeded?: () => boolean}} options `isNeeded` says whether there is anything to wipe now
 */
export function whenAlone(minutes, template, wipe, { isNeeded = () => true } = {}) {
  const dialog = template.content.firstElementChild.cloneNode(true);
  document.body.append(dialog);
  let touched = Date.now();
  let timer;
  const look = () => {
    clearTimeout(timer);
    if (!isNeeded()) touched = Date.now();
    const alone = (Date.now() - touched) / 1000 - minutes * 60;
    if (alone >= SECONDS) {
      wipe();
      dialog.close();
      return;
    }
    if (alone >= 0 && !dialog.open) dialog.showModal();
    dialog.querySelector("[data-seconds]").textContent = String(Math.ceil(SECONDS - Math.max(alone, 0)));
    timer = setTimeout(look, alone >= 0 ? 1000 : -alone * 1000);
  };
  const touch = () => {
    touched = Date.now();
    look();
  };
  for (const sign of SIGNS) {
    window.addEventListener(sign, () => dialog.open || touch(), { capture: true, passive: true });
  }
  dialog.addEventListener("close", touch); // the button, and the Escape key
  document.addEventListener("visibilitychange", look); // a tablet that slept counts no seconds
  look();
}

/**
 * Count how many screens lie behind in the browser's history, to give a way out that takes them
 * along: which screens someone saw says what they answered.
 */
function leaving(form) {
  let depth = 0;
  let isLeaving = false;
  form.addEventListener("screen", () => {
    if (isLeaving) return;
    if (history.state?.depth === undefined) depth += 1;
    else depth = history.state.depth;
    history.replaceState({ ...history.state, depth }, "");
  });
  history.replaceState({ ...history.state, depth: 0 }, "");
  return (address) => {
    isLeaving = true;
    hide(form);
    if (!depth) {
      location.replace(address);
      return;
    }
    window.addEventListener("popstate", () => location.assign(address), { once: true });
    history.go(-depth);
  };
}

function hide(form) {
  document.body.hidden = true;
  form.reset();
}

/** Another language is another page, which must open as if from the start. */
function keepLanguageLinks() {
  document.querySelector(".languages")?.addEventListener("click", async (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    const { giveTicket } = await import("./shared.js");
    giveTicket();
    location.replace(link.href);
  });
}
