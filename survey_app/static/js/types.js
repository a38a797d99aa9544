// How typed text becomes the text that is stored; the server reads it again by the same rules.

const WHOLE = /^[+-]?[0-9]{1,15}$/;
const NUMBER = /^[+-]?([0-9]{1,15}([.,][0-9]{0,15})?|[.,][0-9]{1,15})$/;
const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const TIME = /^([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?$/;
const COORDINATE = /^-?[0-9]{1,9}(?:\.[0-9]{1,12})?$/;
const BLANKS = /[^\S\ufeff]+/; // U+FEFF is no blank to Python
const ENDS = /^[^\S\ufeff]+|[^\S\ufeff]+$/g;

/**
 * Give the instance text, "" when nothing was typed, or null when it is not of the type.
 *
 * @param {{type: string, codes?: string, parameters?: object}} question
 * @param {string} typed
 */
export function readValue(question, typed) {
  const text = cleanText(typed);
  return text && READERS[question.type] ? READERS[question.type](text, question) : text;
}

/** Compose accents, unify line ends, drop control characters and outer blanks. */
function cleanText(typed) {
  const composed = typed.replace(/\r\n?/g, "\n").normalize("NFC");
  return composed.replace(/(?![\n\t])[\p{Cc}\p{Cs}]/gu, "").replace(ENDS, "");
}

export const wordsOf = (text) => text.split(BLANKS).filter(Boolean);

const READERS = {
  integer(text) {
    const plain = withoutBlanks(text);
    return WHOLE.test(plain) ? String(BigInt(plain.replace("+", ""))) : null;
  },
  decimal: readDecimal,
  range(text, { parameters = {} }) {
    const number = readDecimal(text);
    if (number === null) return null;
    const { start = "1", end = "10", step = "1" } = parameters;
    const [n, from, to, by] = [number, start, end, step].map(scaled);
    return from <= n && n <= to && (n - from) % by === 0n ? number : null;
  },
  date: readDate,
  time: readTime,
  dateTime(text) {
    const [day, ...rest] = text.replaceAll("T", " ").split(" ");
    const clock = readTime(rest.join(" ").replace(ENDS, ""));
    return readDate(day) && clock ? `${day}T${clock}` : null;
  },
  select_multiple(text, { codes = "" }) {
    const [known, chosen] = [codes.split(" "), new Set(wordsOf(text))];
    const kept = known.filter((code) => chosen.has(code));
    return kept.length === chosen.size ? kept.join(" ") : null;
  },
  rank(text, { codes = "" }) {
    const [known, chosen] = [new Set(codes.split(" ")), new Set(wordsOf(text))];
    return [...chosen].every((code) => known.has(code)) ? [...chosen].join(" ") : null;
  },
  acknowledge: (text) => (["OK", "on", "yes"].includes(text) ? "OK" : null),
  geopoint(text) {
    const parts = wordsOf(text.replaceAll(",", " ").replaceAll("\u2212", "-"));
    if (parts.length < 2 || parts.length > 4 || !parts.every((part) => COORDINATE.test(part))) {
      return null;
    }
    return Math.abs(parts[0]) <= 90 && Math.abs(parts[1]) <= 180 ? parts.join(" ") : null;
  },
};

const withoutBlanks = (text) => text.replace(/[ \u00a0]/g, "").replace(/[\u2212\u2013]/g, "-");

function readDecimal(text) {
  const plain = withoutBlanks(text);
  return NUMBER.test(plain) ? shortest(plain.replace(",", ".")) : null;
}

/** Drop what does not count: "+02.50" is "2.5", "-0" is "0". */
function shortest(plain) {
  const [, sign, whole, part] = /^([+-]?)([0-9]*)\.?([0-9]*)$/.exec(plain);
  const digits = whole.replace(/^0+(?=.)/, "") || "0";
  const rest = part.replace(/0+$/, "");
  const number = rest ? `${digits}.${rest}` : digits;
  return sign === "-" && /[1-9]/.test(number) ? `-${number}` : number;
}

/** Count in steps of the smallest decimal, because 0.3 is not 3 times 0.1 in floating point. */
function scaled(number) {
  const [, sign, whole, part = ""] = /^([+-]?)([0-9]*)\.?([0-9]*)$/.exec(number.trim()) ?? [];
  const size = BigInt(`${whole || 0}${part.padEnd(20, "0").slice(0, 20)}`);
  return sign === "-" ? -size : size;
}

function readTime(text) {
  const [whole, hours, ...rest] = TIME.exec(text) ?? [];
  return whole ? [hours.padStart(2, "0"), ...rest.filter(Boolean)].join(":") : null;
}

function readDate(text) {
  return DATE.test(text) && isDay(text) ? text : null;
}

function isDay(text) {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) && text >= "0001";
}
