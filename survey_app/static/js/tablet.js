// The shared tablet: its start, the choice of language, and the adult's page behind a PIN.

import { whenAlone } from "./kiosk.js";
import { whenKept } from "./keeping.js";
import { begin, readPlace, sentencesOf } from "./offline.js";
import { hashed, isPin, pauseLeft, tried } from "./pin.js";
import { canSeal } from "./sealing.js";
import { endSharing, giveTicket, share, sharing, takeTicket } from "./shared.js";
import { fillIn } from "./words.js";

const SLOW = 10_000; // milliseconds

const place = readPlace();
const root = document.getElementById("tablet");
const views = [...root.querySelectorAll("[data-view]")];
const words = { ...place.words, ...JSON.parse(document.getElementById("words").textContent) };

function show(name) {
  for (const dialog of root.querySelectorAll("dialog[open]")) dialog.close(); // unseen, it would block the page
  for (const view of views) view.hidden = view.dataset.view !== name;
  for (const form of root.querySelectorAll("form")) form.reset();
  for (const message of root.querySelectorAll(".field-error")) message.hidden = true;
  root.dataset.now = name;
  document.querySelector(".masthead").hidden = name === "start";
  window.scrollTo(0, 0);
  views.find((view) => !view.hidden).querySelector("h1").focus({ preventScroll: true });
}

function complain(view, sentence) {
  const message = root.querySelector(`[data-view=${view}] .field-error`);
  message.textContent = sentence;
  message.hidden = false;
  root.querySelector(`[data-view=${view}] input`).focus();
}

function open(address) {
  giveTicket();
  location.replace(address);
}

/** Show what waits and what was refused, and what an adult can do about it. */
async function tell(outbox) {
  const counts = await outbox.counts();
  const sentences = sentencesOf(counts, words);
  for (const status of root.querySelectorAll("[data-unsent]")) {
    status.textContent = sentences.join(" ") || status.dataset.unsent;
  }
  root.querySelector("#refused").hidden = !Object.keys(counts.refused).length;
  for (const reason of root.querySelectorAll("[data-reason]")) {
    reason.hidden = !counts.refused[reason.dataset.reason];
  }
  root.querySelector("[data-do=send]").disabled = !sentences.length;
}

const acts = {
  begin: () => {
    const languages = [...root.querySelectorAll("[data-language]")];
    if (languages.length > 1) show("languages");
    else open(languages[0]?.href ?? place.round);
  },
  adult: () => show("pin"),
  start: () => show("start"),
  end: () => {
    endSharing(place.round);
    show("setup");
  },
  keep: () => root.querySelector("#surely").close(),
  ask: () => root.querySelector("#surely").showModal(),
};

async function tryPin(pin) {
  const chosen = sharing(place.round);
  const left = pauseLeft(chosen);
  if (left) return complain("pin", fillIn(words.pause, { seconds: left }));
  const outcome = await tried(pin, chosen);
  share(place.round, outcome.chosen);
  if (outcome.isRight) return show("adult");
  const pause = pauseLeft(outcome.chosen);
  return complain("pin", pause ? fillIn(words.pause, { seconds: pause }) : words.wrong);
}

async function setUp(data) {
  const pin = data.get("pin");
  if (!isPin(pin)) return complain("setup", words.digits);
  const kept = await patiently(async () => {
    const secret = await hashed(pin);
    await whenKept(); // what is not kept yet would be missing without a network
    return secret;
  });
  const chosen = { start: location.pathname, minutes: Number(data.get("minutes")), pin: kept };
  share(place.round, chosen);
  whenIdle(chosen.minutes);
  return show("start");
}

/** Say that the tablet is being made ready, and when it takes long, why it may. */
async function patiently(prepare) {
  const said = root.querySelector("[data-fetching]");
  const button = root.querySelector("[data-form=setup] button");
  button.ariaDisabled = "true"; // not disabled, which would take the focus away
  said.textContent = words.fetching;
  const timer = setTimeout(() => {
    said.textContent = words.slow;
  }, SLOW);
  const prepared = await prepare();
  clearTimeout(timer);
  button.ariaDisabled = null;
  said.textContent = "";
  return prepared;
}

/** Without a touch, whatever is shown gives way to the start: nobody finds the adult's page open. */
function whenIdle(minutes) {
  whenAlone(minutes, document.getElementById("still-there"), () => show("start"), {
    isNeeded: () => !["start", "setup"].includes(root.dataset.now),
  });
}

function run() {
  const outbox = begin(place);
  const shared = sharing(place.round);
  takeTicket();
  outbox.addEventListener("change", () => tell(outbox));
  acts.send = () => outbox.flush({ isAll: true });
  acts.forget = async () => {
    await outbox.forgetRefused();
    acts.keep();
  };
  root.addEventListener("click", (event) => {
    const { dataset } = event.target.closest("[data-do]") ?? {};
    if (dataset) acts[dataset.do]();
    const link = event.target.closest("[data-language]");
    if (!link) return;
    event.preventDefault();
    open(link.href);
  });
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    const data = new FormData(event.target);
    if (event.target.dataset.form === "pin") tryPin(data.get("pin"));
    if (event.target.dataset.form === "setup" && !event.submitter?.ariaDisabled) setUp(data);
  });
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  tell(outbox);
  if (shared) whenIdle(shared.minutes);
  show(shared ? "start" : "setup");
}

if (canSeal()) run();
