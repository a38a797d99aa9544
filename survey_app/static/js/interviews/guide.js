// The guide of an interview: hides what is not asked, and warns before unsaved notes are lost.

import { Answers, unhidden } from "../answers.js";
import { Logic } from "../logic.js";

const form = document.querySelector("[data-guide]");
const answers = new Answers(unhidden(form));
const logic = new Logic(JSON.parse(document.getElementById("logic").textContent));
let isUnsaved = false;

function show() {
  const state = logic.run(answers.readAll());
  for (const [address, { element }] of answers.questions) {
    const isWrong = element.querySelector("[aria-invalid=true]");
    element.hidden = !state.isAsked(address) && !isWrong;
  }
  for (const block of form.querySelectorAll("[data-block]")) {
    block.hidden = !block.querySelector(":is([data-question], [data-repeat]):not([hidden])");
  }
}

form.addEventListener("input", (event) => {
  isUnsaved = true;
  answers.excludeMissing(event.target);
  show();
});
form.addEventListener("keydown", (event) => {
  if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  }
});
form.addEventListener("submit", () => (isUnsaved = false));
window.addEventListener("beforeunload", (event) => isUnsaved && event.preventDefault());
show();
