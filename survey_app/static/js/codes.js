// How entry codes are spelt: what survey_app/actions/code_spelling.py reads, read here.

const ALPHABET = "34679CDFHJKMNPQRTWX";
const LENGTH = 9;
const LONGEST_TYPED = 64;
const BETWEEN = /[\t\n\r \u00a0\u00ad\u2000-\u2015\u202a-\u202f\u2066-\u2069\u2212\ufeff._/-]+/gu;

/** Read a code as people type it; null when it cannot be one. */
export function readCode(typed) {
  const code = bare(typed);
  if ([...typed].length > LONGEST_TYPED || [...code].length !== LENGTH) return null;
  return checksum(code) === 1 ? code : null;
}

/** Write what is typed so far as on a card: "abc3" -> "ABC-3". */
export function grouped(typed) {
  return bare(typed).match(/.{1,3}/gu)?.join("-") ?? "";
}

function bare(typed) {
  return typed.replace(BETWEEN, "").toUpperCase();
}

/** ISO 7064 with a modulus of 19 and a radix of 2; NaN for characters that codes do not have. */
function checksum(code) {
  const places = Array.from(code, (letter) => ALPHABET.indexOf(letter));
  if (places.includes(-1)) return NaN;
  return places.reduce((sum, place) => (2 * sum + place) % ALPHABET.length, 0);
}
