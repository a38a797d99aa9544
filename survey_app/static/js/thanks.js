// The thank-you page: whether the answers are sent or wait here, and on a shared tablet a clean start.

import { begin, readPlace } from "./offline.js";
import { sharing } from "./shared.js";

const SECONDS = 10;
const place = readPlace();
const shared = sharing(place.round);
const outbox = begin(place);

if (location.hash === "#waiting") {
  const show = (isWaiting) => {
    document.getElementById("sent").hidden = isWaiting;
    document.getElementById("waiting").hidden = !isWaiting;
  };
  show(true);
  outbox.addEventListener("change", async () => {
    const { waiting, refused } = await outbox.counts();
    show(Boolean(waiting || Object.keys(refused).length));
  });
}
if (shared) startAgain();

/** Count down to the start, for the next pupil; whoever needs longer stops the clock. */
function startAgain() {
  const again = document.getElementById("again");
  const clock = again.querySelector("[data-seconds]");
  const pause = again.querySelector("[data-do=pause]");
  let left = SECONDS;
  const leave = () => {
    clearInterval(timer); // on a slow network, another try would end this one
    location.replace(shared.start);
  };
  const tick = () => {
    left -= 1;
    clock.textContent = String(left);
    if (left <= 0) leave();
  };
  let timer = setInterval(tick, 1000);
  pause.addEventListener("click", () => {
    clearInterval(timer);
    timer = pause.getAttribute("aria-pressed") === "true" ? setInterval(tick, 1000) : undefined;
    pause.setAttribute("aria-pressed", String(!timer));
  });
  again.querySelector("[data-do=start]").addEventListener("click", leave);
  window.addEventListener("pageshow", (event) => event.persisted && leave());
  document.getElementById("after").hidden = true;
  again.hidden = false;
}
