// The desk of a coder: choose a passage, find codes by their letters, save without losing the place.

import { endsAfter } from "../patience.js";
import { submit } from "../submitting.js";
import { Choosing } from "./choosing.js";
import { Codes } from "./codes.js";

const TIMEOUT = 20_000; // ms
const PLACE = ["text", "start", "stop", "words"];
const panel = document.getElementById("panel");
const said = document.getElementById("said");
const title = document.getElementById("panel-title");
const chosen = document.getElementById("chosen");
const codes = new Codes(panel, said, () => submit(panel));
const choosing = new Choosing(document.querySelector(".texts"), onChoice);

function onChoice(place) {
  for (const name of PLACE) panel.elements[name].value = place?.[name] ?? "";
  chosen.textContent = place ? place.words : chosen.dataset.nothing;
  chosen.classList.toggle("is-chosen", Boolean(place));
}

function begin(act, word) {
  panel.elements.act.value = act;
  title.textContent = title.dataset[word];
}

function change(facts) {
  choosing.choose(facts.text, facts.start, facts.stop);
  begin("change", "changing");
  panel.elements.segment.value = facts.segment;
  codes.set(facts.codes);
  panel.elements.valence.value = facts.valence;
  panel.elements.memo.value = facts.memo;
  codes.focus();
}

async function send(form, button) {
  const data = new FormData(form);
  if (button?.name) data.set(button.name, button.value); // iPads before iPadOS 16.4 leave it out
  const place = choosing.place;
  if (form.hasAttribute("data-placing") && place) {
    for (const name of PLACE) data.set(name, place[name]);
  }
  let answer, page;
  try {
    answer = await fetch(location.href, { method: "POST", body: data, signal: endsAfter(TIMEOUT) });
    if (answer.status === 429 || answer.status >= 500) throw new Error(answer.status);
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    said.textContent = said.dataset.failed;
    return;
  }
  const fresh = page.getElementById("live");
  if (!fresh) {
    location.reload(); // logged out, or the interview is gone
    return;
  }
  const open = new Map();
  for (const list of document.querySelectorAll(".coded-list")) open.set(list.id, list.open);
  for (const list of fresh.querySelectorAll(".coded-list")) list.open = open.get(list.id) ?? true;
  const focused = document.activeElement;
  document.getElementById("live").replaceChildren(...fresh.childNodes);
  choosing.renew();
  if (!answer.ok) {
    said.textContent = page.getElementById("wrong")?.textContent.trim() ?? said.dataset.failed;
    if (place) choosing.choose(place.text, place.start, place.stop);
    return;
  }
  said.textContent = said.dataset.saved;
  if (form !== panel && place && isStillMeant(form)) {
    choosing.choose(place.text, place.start, place.stop);
    return;
  }
  panel.reset();
  if (place && form === panel) choosing.focusAfter(place);
  else if (!focused?.isConnected) choosing.focusAfter(place);
}

/** Tell whether what stands in the panel is still to be saved, after a press beside it. */
function isStillMeant(form) {
  const { value } = panel.elements.segment;
  return !form.hasAttribute("data-placing") && (!value || document.getElementById(`segment-${value}`));
}

let isSending = false;
document.addEventListener("submit", async (event) => {
  if (!event.target.hasAttribute("data-live")) return;
  event.preventDefault();
  if (isSending) return;
  isSending = true;
  await send(event.target, event.submitter);
  isSending = false;
});
panel.addEventListener("reset", () => {
  begin("add", "adding");
  panel.elements.segment.value = "";
  codes.clear();
  choosing.clear();
});
panel.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    event.preventDefault();
    choosing.focus();
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    submit(panel);
  }
});
document.querySelector(".texts").addEventListener("click", (event) => {
  const button = event.target.closest("[data-change]");
  if (button) change(JSON.parse(button.dataset.change));
});
document.querySelector(".texts").addEventListener("keydown", (event) => {
  const isLetter = event.key.length === 1 && event.key !== " ";
  const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
  if (!event.target.closest(".line") || hasModifier || !(isLetter || event.key === "Enter")) return;
  if (event.key === "Enter") event.preventDefault();
  choosing.chooseFocused();
  codes.focus(); // the letter itself goes where the focus is now
});
