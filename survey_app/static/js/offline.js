// Keep the questionnaire on the device, and tell how many answers wait here.

import { keepPages } from "./keeping.js";
import { Outbox } from "./outbox.js";
import { canSeal } from "./sealing.js";
import { fillIn } from "./words.js";

/** Read what the page says of its round; undefined where it stands in none (a preview). */
export function readPlace() {
  const said = document.getElementById("offline");
  return said ? JSON.parse(said.textContent) : undefined;
}

/**
 * Begin: keep the pages, send what waits, and say what still does.
 *
 * @param {object} place see readPlace
 * @returns {Outbox}
 */
export function begin(place) {
  const outbox = new Outbox(place);
  const status = document.querySelector("[data-outbox]");
  const tell = async () => {
    const sentences = sentencesOf(await outbox.counts(), place.words);
    status?.classList.toggle("notice", sentences.length > 0);
    if (status) status.textContent = sentences.join(" ");
  };
  outbox.addEventListener("change", tell);
  if (canSeal()) {
    tell();
    outbox.flush();
    window.addEventListener("online", () => outbox.flush());
    keepPages(place);
  }
  return outbox;
}

/** Say what waits and what was refused, in whole sentences; nothing when nothing does. */
export function sentencesOf({ waiting, refused }, words) {
  const rules = new Intl.PluralRules(words.locale);
  const total = Object.values(refused).reduce((sum, number) => sum + number, 0);
  const said = (forms, count) => fillIn(forms[rules.select(count)] ?? forms.other, { count });
  return [
    ...(waiting ? [said(words.waiting, waiting)] : []),
    ...(total ? [said(words.refused, total)] : []),
  ];
}
