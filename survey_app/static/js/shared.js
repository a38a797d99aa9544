// Whether this tablet is shared: what its adult chose, kept on the device. Nothing of who answers.

const TICKET = "survey-app:begun";
const keyOf = (round) => `survey-app:shared:${round}`;

/**
 * Give what the adult chose; null when the tablet is not shared.
 *
 * @param {string} round its address
 * @returns {{start: string, minutes: number, pin: object} | null}
 */
export function sharing(round) {
  try {
    return JSON.parse(localStorage.getItem(keyOf(round)));
  } catch {
    return null;
  }
}

export const share = (round, chosen) => localStorage.setItem(keyOf(round), JSON.stringify(chosen));
export const endSharing = (round) => localStorage.removeItem(keyOf(round));

/** Let the next page that opens begin a questionnaire; any other way in leads to the start. */
export const giveTicket = () => sessionStorage.setItem(TICKET, "1");

/** Tell whether this page was opened from the start, once: not again by Back or reload. */
export function takeTicket() {
  const had = sessionStorage.getItem(TICKET);
  sessionStorage.removeItem(TICKET);
  return Boolean(had);
}
