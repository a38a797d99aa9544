// Turn the long page into one screen at a time. Should anything here fail, the long page stays.

import { Answers, unhidden } from "./answers.js";
import { addClearButtons } from "./clearing.js";
import { Logic } from "./logic.js";
import { Review } from "./review.js";
import { REVIEW, Screens } from "./screens.js";
import { sharing, takeTicket } from "./shared.js";

// What only some questionnaires need: each module has `enhance(screens)`, which gives the parts
// {follow(state): did answers change?, adopt(), show()} that follow each change of the page.
const extra = (name) => import(`./${name}.js`);

async function start() {
  const place = document.getElementById("offline") && readJson("offline");
  const shared = place && sharing(place.round);
  const form = unhidden(document.getElementById("questionnaire"));
  const wanted = form.dataset.needs.split(" ").filter(Boolean);
  // A card's square is a beginning too; the page takes its code out of the address at once.
  const isScanned = wanted.includes("entry") && location.hash.includes("code=");
  if (shared && !takeTicket() && !isScanned) {
    location.replace(shared.start); // a reload, or Back: nobody meets what another began
    return;
  }
  const extras = await Promise.all(wanted.map(extra));
  const words = readJson("words");
  const answers = new Answers(form);
  const screens = new Screens(form, new Logic(readJson("logic")), answers, words);
  const review = new Review(screens);
  const showClear = addClearButtons(answers, (address) => {
    screens.update(address);
    screens.say(words.cleared);
  });
  screens.extras = [...extras.map(({ enhance }) => enhance(screens)), { show: showClear }];

  form.addEventListener("input", (event) => {
    const question = event.target.closest("[data-question]");
    if (!question) return;
    answers.excludeMissing(event.target);
    screens.update(question.dataset.question);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (screens.current === REVIEW) review.send();
    else screens.next();
  });
  window.addEventListener("popstate", (event) => screens.restore(event.state?.page));
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    if (wanted.length) {
      location.reload(); // the next respondent begins with as many instances as the first
      return;
    }
    review.reset();
    screens.reset();
  });
  document.querySelector(".skip-link").addEventListener("click", (event) => {
    event.preventDefault(); // an entry of the history would lead to another screen
    screens.focusTop();
  });
  history.scrollRestoration = "manual";
  document.getElementById("error-summary")?.remove();
  screens.start();
  if (shared) (await import("./kiosk.js")).watch(shared, screens, review);
  if (place) sendThroughOutbox(place, screens, review);
  if (window.speechSynthesis) import("./read_aloud.js").then(({ readAloud }) => readAloud(screens));
}

/** Let answers wait on the device for the network, once the first screen stands. */
async function sendThroughOutbox(place, screens, review) {
  const outbox = import("./offline.js").then(({ begin }) => begin(place));
  const plain = review.post;
  review.post = (...sending) => outbox.then((it) => it.post(...sending), () => plain(...sending));
  const status = document.querySelector("[data-outbox]");
  screens.form.addEventListener("screen", ({ detail }) => {
    status.hidden = detail.page !== screens.pages[0]?.number;
  });
}

function readJson(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

start();
