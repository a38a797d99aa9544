// What names a person in a note, said while it is typed: the twin of forms/personal.py, held to it
// by tests/vectors/personal.json. The server looks again; this only spares a detour.

const DASH = "[-+\\u2010\\u2011\\u2013\\u2212]";
const DIGIT = "\\p{Nd}";
const WORD = "[\\p{L}\\p{N}_]";
const SPACE = "\\s";
// What stands before is matched, not looked behind at: iPads before iPadOS 16.4 know no (?<!.
const NUMBER = new RegExp(
  `(?<before>^|[^\\p{Nd}])(?<century>18|19|20)?(?<day>${DIGIT}{6})(?:${SPACE}?${DASH}${SPACE}?|${SPACE})?` +
    `(?<last>${DIGIT}{4})(?!${DIGIT})`,
  "gu",
);
const PHONE = new RegExp(
  `(?<before>^|[^\\p{L}\\p{N}_])(?:(?:\\+|00)${SPACE}?46${SPACE}?(?:\\(0\\)${SPACE}?)?|0)[1-9]${DIGIT}{0,2}` +
    `(?:[\\s/]|${DASH}|${SPACE}${DASH}${SPACE})?${DIGIT}{2,3}(?:(?:${SPACE}|${DASH})?${DIGIT}{2,3}){1,2}(?!${DIGIT})`,
  "gu",
);
const EMAIL = new RegExp(
  `(?:${WORD}|[.+%\\-])+${SPACE}?(?:@|\\(at\\)|\\[at\\])${SPACE}?(?:${WORD}|-)+(?:\\.(?:${WORD}|-)+)+`,
  "giu",
);
const FEWEST_DIGITS = 8;
const MOST_DIGITS = 12;
const COORDINATION_DAYS = 60; // added to the day of a samordningsnummer

/**
 * Find all pieces, by their place; of two that overlap the certain one, else the first.
 *
 * @returns {{kind: string, start: number, end: number, isCertain: boolean}[]} places as in a slice
 */
export function findPersonal(text) {
  const pieces = [...numbers(text), ...phones(text), ...emails(text)];
  const kept = [];
  const inOrder = (a, b) => b.isCertain - a.isCertain || a.start - b.start;
  for (const piece of pieces.sort(inOrder)) {
    const overlaps = kept.some((other) => piece.start < other.end && other.start < piece.end);
    if (!overlaps) kept.push(piece);
  }
  return kept.sort((a, b) => a.start - b.start);
}

/**
 * Give words that may be names: in Swedish and English prose, one with a capital inside a sentence.
 * A remark to whoever writes; nothing is refused for it.
 */
export function possibleNames(text) {
  const inside = /[\p{Ll}\p{N},;:)"”’]\s+(\p{Lu}\p{Ll}+(?:[ -]\p{Lu}\p{Ll}+)*)/gu;
  const names = new Set();
  for (let found; (found = inside.exec(text)); ) {
    names.add(found[1]);
    inside.lastIndex -= 1; // its last letter may stand before the next one
  }
  return [...names].slice(0, 5);
}

function* numbers(text) {
  for (const match of text.matchAll(NUMBER)) {
    const digits = ascii(match.groups.day + match.groups.last);
    if (!isBorn(match.groups.century, digits.slice(0, 6)) || digits.slice(6, 9) === "000") continue;
    yield piece("personnummer", match, hasValidCheckDigit(digits));
  }
}

function* phones(text) {
  for (const match of text.matchAll(PHONE)) {
    const count = match[0].match(/\p{Nd}/gu).length;
    if (count >= FEWEST_DIGITS && count <= MOST_DIGITS) yield piece("phone", match, true);
  }
}

function* emails(text) {
  for (const match of text.matchAll(EMAIL)) yield piece("email", match, true);
}

function piece(kind, match, isCertain) {
  const start = match.index + (match.groups?.before ?? "").length;
  return { kind, start, end: match.index + match[0].length, isCertain };
}

function hasValidCheckDigit(number) {
  const doubled = [...number].map((digit, place) => Number(digit) * (2 - (place % 2)));
  return doubled.reduce((sum, value) => sum + Math.floor(value / 10) + (value % 10), 0) % 10 === 0;
}

function isBorn(century, day) {
  const [year, month, number] = [0, 2, 4].map((at) => Number(day.slice(at, at + 2)));
  const own = number > COORDINATION_DAYS ? number - COORDINATION_DAYS : number;
  return (century ? [century] : ["19", "20"]).some((each) => isDate(100 * Number(each) + year, month, own));
}

function isDate(year, month, day) {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Write digits of any script as 0-9: each script has its ten in a row. */
function ascii(digits) {
  return [...digits].map(digitOf).join("");
}

function digitOf(character) {
  let code = character.codePointAt(0);
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - 1))) {
    code -= 1;
    value += 1;
  }
  return value;
}
