// Interpret expressions, parsed on the server into small trees: the twin of forms/expressions.
// What everything means stands in docs/expressions.md; tests/vectors holds the twins together.
//
// context = {root, node: Nodes; today: "2026-01-05", now: "2026-01-05T10:00:00.000+01:00",
//   random(), uuid(), instances: {list: [{name, label, …}]}, choiceLabels: {question: {choice:
//   label}}, months: [12 names], days: [7 names from Monday]}; all but the first four optional

const DAY = 86400000;
const MINUTE = 60000;
const TOLERANCE = 1e-12;
const MAX_WORK = 200000;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const DAYS = "Mon Tue Wed Thu Fri Sat Sun".split(" ");
const SPACES = /[ \t\n\v\f\r]+/;
const ENDS = /^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g;
const NUMBER = /^-?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)$/;
const ISO =
  /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?$/;

/** A question, group or repeat instance; a repeat is several siblings of one name. */
export class Node {
  constructor(name, value = "", children = [], relevant = true) {
    this.name = name;
    this.value = value;
    this.relevant = relevant;
    this.parent = null;
    this.children = [];
    this.index = null;
    children.forEach((child) => this.append(child));
  }

  append(child, place = this.children.length) {
    child.parent = this;
    if (place === this.children.length) this.children.push(child);
    else this.children.splice(place, 0, child);
    this.forget();
    return child;
  }

  remove(child) {
    this.children = this.children.filter((other) => other !== child);
    child.parent = null;
    this.forget();
  }

  forget() {
    for (let node = this; node; node = node.parent) node.index = null;
  }

  /** The nodes of that name below this one, in document order; do not change the list. */
  named(name) {
    if (!this.index) {
      this.index = new Map();
      const visit = (node) => {
        const found = this.index.get(node.name);
        if (found) found.push(node);
        else this.index.set(node.name, [node]);
        node.children.forEach(visit);
      };
      this.children.forEach(visit);
    }
    return this.index.get(name) || [];
  }
}

/** Build a tree from [name, value or list of children, relevant = true]. */
export function buildTree([name, content, relevant = true]) {
  return typeof content === "string"
    ? new Node(name, content, [], relevant)
    : new Node(name, "", content.map(buildTree), relevant);
}

/** Value of a parsed expression: a string, number, boolean or array of Nodes. */
export function evaluate(ast, context) {
  return valueOf(ast, frameOf(context));
}

export const evaluateBoolean = (ast, context) => toBoolean(evaluate(ast, context));
export const evaluateString = (ast, context) => toString(evaluate(ast, context));
export const evaluateNumber = (ast, context) =>
  toNumber(evaluate(ast, context), offsetOf(context));

/** The items of a list that a choice filter keeps. */
export function filterItems(ast, context, list) {
  const frame = frameOf(context);
  const items = listTree(list, frame).children[0].children;
  const kept = new Set(keptBy(ast, items, frame));
  return itemsOf(list, context).filter((item, n) => kept.has(items[n]));
}

// -- values

export function toString(value) {
  if (Array.isArray(value)) return value.length ? value[0].value : "";
  return typeof value === "number" ? numberText(value) : String(value);
}

/** Number of a value: NaN for none, days since 1970 for a date. Offset: minutes ahead of UTC. */
export function toNumber(value, offset = 0) {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  const text = trim(toString(value));
  if (NUMBER.test(text)) return Number(text.replace(",", "."));
  const moment = localMilliseconds(text, offset);
  return moment === null ? NaN : moment / DAY;
}

export function toBoolean(value) {
  if (typeof value === "boolean") return value;
  return typeof value === "number" ? Math.abs(value) > TOLERANCE : toString(value) !== "";
}

function numberText(number) {
  if (Math.abs(number) < TOLERANCE) return "0";
  if (Math.abs(number - Math.trunc(number)) < TOLERANCE) number = Math.trunc(number);
  const parts = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(String(number));
  if (!parts) return String(number);
  const [, sign, first, rest = "", exponent] = parts;
  return exponent > 0
    ? sign + (first + rest).padEnd(Number(exponent) + 1, "0")
    : `${sign}0.${"0".repeat(-exponent - 1)}${first}${rest}`;
}

const trim = (text) => text.replace(ENDS, "");
const words = (value) => toString(value).split(SPACES).filter(Boolean);
const look = (table, key) => (table && Object.hasOwn(table, key) ? table[key] : undefined);
const itemsOf = (list, context) => look(context.instances, list) ?? [];
const atoms = (value) => (Array.isArray(value) ? value.map((node) => node.value) : [value]);
const flatten = (values) => values.flatMap(atoms);
const whole = (number) => Math.trunc(Math.max(-2e9, Math.min(2e9, number))) || 0;

// -- dates, in milliseconds on the local clock

function localMilliseconds(text, offset) {
  const match = ISO.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => +(part || 0));
  const midnight = new Date(0).setUTCFullYear(year, month - 1, day);
  const date = new Date(midnight);
  const isDay = year && date.getUTCMonth() + 1 === month && date.getUTCDate() === day;
  if (!isDay || hour > 23 || minute > 59 || second > 59) return null;
  const shift = offset - (match[8] ? zoneOf(match[8]) : offset);
  const thousandths = Number((match[7] || "").slice(0, 3).padEnd(3, "0"));
  return midnight + ((hour * 60 + minute + shift) * 60 + second) * 1000 + thousandths;
}

function zoneOf(text) {
  if (text === "Z") return 0;
  const minutes = text.slice(1, 3) * 60 + +text.slice(3).replace(":", "");
  return text[0] === "-" ? -minutes : minutes;
}

const zones = new Map(); // the clock of one page has one zone, asked for by each evaluation

function offsetOf({ now }) {
  if (!zones.has(now)) zones.set(now, zoneOf((ISO.exec(now) || [])[8] || "Z"));
  return zones.get(now);
}

const dateText = (moment) => new Date(moment).toISOString().slice(0, 10);
const pad = (number, length = 2) => String(number).padStart(length, "0");

function inRange(moment) {
  return moment !== null && moment >= -62135596800000 && moment < 253402300800000 ? moment : null;
}

function dateTimeText(moment, offset) {
  const minutes = Math.abs(offset);
  const zone = `${offset < 0 ? "-" : "+"}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
  return new Date(moment).toISOString().slice(0, 23) + zone;
}

/** Read a date, or a number of local days; whole milliseconds. */
function momentOf(value, offset) {
  const exact = exactMoment(value, offset);
  if (exact !== null) return exact;
  const counted = toNumber(value, offset) * DAY;
  return Number.isFinite(counted) ? Math.floor(counted + 0.5) : null;
}

const exactMoment = (value, offset) => localMilliseconds(trim(toString(value)), offset);

function formatDate(frame, value, pattern) {
  const moment = inRange(momentOf(value, frame.offset));
  if (moment === null) return "";
  const { months = MONTHS, days = DAYS } = frame.context;
  const date = new Date(moment);
  const [Y, m, d, H, M, S, milliseconds] = date.toISOString().match(/\d+/g);
  const parts = {
    Y, y: Y.slice(2), m, n: +m, b: months[m - 1], d, e: +d, a: days[(date.getUTCDay() + 6) % 7],
    H, h: +H, M, S, 3: milliseconds, "%": "%",
  };
  return toString(pattern).replace(/%([a-zA-Z3%])/g, (code, letter) => parts[letter] ?? code);
}

// -- the interpreter

// A frame is one point of an evaluation; position and size are those of a predicate.
const frameOf = (context) => ({
  context, node: context.node, offset: offsetOf(context), work: { done: 0 },
});

function addWork(frame, count) {
  frame.work.done += count;
  if (frame.work.done > MAX_WORK) throw new RangeError("too many values to compare");
}

function valueOf(ast, frame) {
  const nodes = NODE_KINDS[ast[0]];
  return nodes ? nodes(ast, frame).filter(isRelevant) : KINDS[ast[0]](ast, frame);
}

/** The nodes that a path goes on from, asked or not. */
function nodesOf(ast, frame) {
  if (NODE_KINDS[ast[0]]) return NODE_KINDS[ast[0]](ast, frame);
  if (ast[0] === "call" && ast[1] === "current") return [frame.context.node];
  const value = valueOf(ast, frame);
  return Array.isArray(value) ? value : [];
}

const lineage = (node) => (node ? [node, ...lineage(node.parent)] : []);
const rootOf = (node) => (node.parent ? rootOf(node.parent) : node);
const isRelevant = (node) => !node || (node.relevant && isRelevant(node.parent));
const namesakes = (node) =>
  node.parent ? node.parent.children.filter((other) => other.name === node.name) : [node];
const positionOf = (node) => namesakes(node).indexOf(node) + 1;
const own = (frame) => (isRelevant(frame.node) ? [frame.node] : []);
const answerOf = ({ node, context }) => (rootOf(node) === context.root ? node : context.node);

/** What ${name} means from a node: the own one within a repeat, elsewhere all. */
function nearest(node, name) {
  const everywhere = rootOf(node).named(name);
  if (everywhere.length <= 1) return everywhere;
  return lineage(node).map((above) => above.named(name)).find((found) => found.length);
}

const AXES = {
  child: (node) => node.children,
  self: (node) => [node],
  parent: (node) => (node.parent ? [node.parent] : []),
};

function step(nodes, [axis, name, predicates], frame) {
  const found = new Set();
  for (const node of nodes) {
    const reached = AXES[axis](node).filter((other) => name === "*" || other.name === name);
    addWork(frame, reached.length);
    for (const other of filtered(reached, predicates, frame)) found.add(other);
  }
  return [...found];
}

function filtered(nodes, predicates, frame) {
  return predicates.reduce((rest, predicate) => keptBy(predicate, rest, frame), nodes);
}

function keptBy(predicate, nodes, frame) {
  addWork(frame, nodes.length);
  return nodes.filter((node, n) => {
    const value = valueOf(predicate, { ...frame, node, position: n + 1, size: nodes.length });
    return typeof value === "number" ? value === n + 1 : toBoolean(value);
  });
}

function absolute(steps, frame) {
  const { root } = frame.context;
  if (!steps.length) return [root];
  const mine = new Set(lineage(answerOf(frame)));
  let nodes = [{ children: [root] }];
  steps.forEach((one, n) => {
    nodes = step(nodes, one, frame);
    if (n + 1 < steps.length && one[1] !== "*" && !one[2].length) {
      const inside = nodes.filter((node) => mine.has(node));
      if (inside.length) nodes = inside;
    }
  });
  return nodes;
}

const NODE_KINDS = {
  ref([, name], frame) {
    const nodes = nearest(answerOf(frame), name);
    addWork(frame, nodes.length);
    return nodes;
  },
  filter([, base, predicates], frame) {
    const families = new Map();
    for (const node of nodesOf(base, frame)) {
      if (!families.has(node.parent)) families.set(node.parent, []);
      families.get(node.parent).push(node);
    }
    return [...families.values()].flatMap((family) => filtered(family, predicates, frame));
  },
  /** The nodes of several lists, each once, in document order. */
  union([, ...parts], frame) {
    const found = new Set(parts.flatMap((part) => nodesOf(part, frame)));
    const ordered = [];
    const visit = (node) => {
      ordered.push(node);
      node.children.forEach(visit);
    };
    new Set([...found].map(rootOf)).forEach(visit);
    addWork(frame, ordered.length);
    return ordered.filter((node) => found.has(node));
  },
  path([, start, steps], frame) {
    if (start === "/") return absolute(steps, frame);
    const nodes = start === "." ? [frame.node] : nodesOf(start, frame);
    return steps.reduce((reached, one) => step(reached, one, frame), nodes);
  },
};

const KINDS = {
  num: ([, number]) => number,
  str: ([, text]) => text,
  saved: () => "", // a device's answer of last time, which nobody else knows
  neg: ([, value], frame) => -toNumber(valueOf(value, frame), frame.offset),
  and: ([, ...parts], frame) => parts.every((part) => toBoolean(valueOf(part, frame))),
  or: ([, ...parts], frame) => parts.some((part) => toBoolean(valueOf(part, frame))),
  ops([, first, ...rest], frame) {
    let value = valueOf(first, frame);
    for (let n = 0; n < rest.length; n += 2) {
      value = apply(rest[n], value, valueOf(rest[n + 1], frame), frame);
    }
    return value;
  },
  call([, name, args], frame) {
    if (LAZY[name]) return LAZY[name](args, frame);
    return FUNCTIONS[name](frame, ...args.map((arg) => valueOf(arg, frame)));
  },
};

const NUMERIC = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  div: (a, b) => a / b,
  mod: (a, b) => a % b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

function apply(operator, left, right, frame) {
  const { offset } = frame;
  const numeric = (a, b) => NUMERIC[operator](toNumber(a, offset), toNumber(b, offset));
  if (/[-+*dm]/.test(operator)) return numeric(left, right);
  const isEquality = /^!?=$/.test(operator);
  if (isEquality && [typeof left, typeof right].includes("boolean")) {
    [left, right] = [toBoolean(left), toBoolean(right)];
  }
  const tried = (value) => (atoms(value).length ? atoms(value) : [""]);
  const [lefts, rights] = [tried(left), tried(right)];
  if (lefts.length * rights.length > 1) addWork(frame, lefts.length * rights.length);
  const equals = (a, b) => equal(a, b, offset) === (operator === "=");
  return lefts.some((a) => rights.some((b) => (isEquality ? equals : numeric)(a, b)));
}

function equal(left, right, offset) {
  if (typeof left === "string" && typeof right === "string") {
    if (left === right || (left[10] !== "T" && right[10] !== "T")) return left === right;
    const moment = localMilliseconds(left, offset);
    return moment !== null && moment === localMilliseconds(right, offset);
  }
  const [a, b] = [toNumber(left, offset), toNumber(right, offset)];
  return a === b || Math.abs(a - b) < TOLERANCE;
}

/** Whole powers by squaring, which every machine rounds alike. */
function power(base, exponent) {
  if (!Number.isInteger(exponent)) return base ** exponent;
  let [result, factor] = [1, base];
  for (let rest = Math.abs(exponent); rest; rest = Math.trunc(rest / 2)) {
    if (rest % 2) result *= factor;
    factor *= factor;
  }
  return exponent < 0 ? 1 / result : result;
}

// -- functions

const lastName = (ast) => (ast[0] === "ref" ? ast[1] : ast[2].at(-1)[1]);

const LAZY = {
  if: ([condition, then, otherwise], frame) =>
    valueOf(toBoolean(valueOf(condition, frame)) ? then : otherwise, frame),
  coalesce(args, frame) {
    let value = "";
    for (const arg of args) {
      value = valueOf(arg, frame);
      if (toString(value) !== "" && !Number.isNaN(value)) break;
    }
    return value;
  },
  once: ([first], frame) => toString(own(frame)) || valueOf(first, frame),
  "indexed-repeat"([target, ...pairs], frame) {
    let inside = null;
    for (let n = 0; n < pairs.length; n += 2) {
      const repeat = lastName(pairs[n]);
      const index = whole(toNumber(valueOf(pairs[n + 1], frame), frame.offset));
      const found = inside ? inside.named(repeat) : nearest(frame.context.node, repeat);
      inside = found[Math.max(index, 1) - 1];
      if (!inside) return [];
    }
    return inside.named(lastName(target)).filter(isRelevant);
  },
};

const TREES = new WeakMap();

/** A list as the tree that instance() walks: a node above root/item/column. */
function listTree(list, { context }) {
  const items = itemsOf(list, context);
  if (!TREES.has(items)) {
    const nodes = items.map(
      (item) => new Node("item", "", Object.entries(item).map(([name, value]) => new Node(name, value))),
    );
    TREES.set(items, new Node("instance", "", [new Node("root", "", nodes)]));
  }
  return TREES.get(items);
}

const numbers = (frame, values) =>
  flatten(values).map((atom) => toNumber(atom, frame.offset)).filter((n) => !Number.isNaN(n));

/** Move the decimal point, as one would on paper. */
function shifted(number, places) {
  const [digits, exponent = 0] = String(number).split("e");
  return Number(`${digits}e${Number(exponent) + places}`);
}

function round(number, places) {
  if (!Number.isFinite(number)) return number;
  if (Math.abs(places) > 30) return NaN;
  const scaled = shifted(number, places);
  if (!Number.isFinite(scaled)) return number;
  const floor = Math.floor(scaled);
  return shifted(scaled - floor >= 0.5 ? floor + 1 : floor, -places);
}

function translate(text, old, replacements) {
  const replaced = (character, n) => (n < 0 ? character : (replacements[n] ?? ""));
  return [...text].map((character) => replaced(character, old.indexOf(character))).join("");
}

/** Wrap a function on texts, on numbers; each value given is read as such. */
const onTexts = (body) => (frame, ...values) => body(...values.map(toString));
const onNumbers = (body) => (frame, ...values) =>
  body(...values.map((value) => toNumber(value, frame.offset)));
const onOwn = (body) => (frame, value = own(frame)) => body(value, frame);
// Machines differ in the last digits of these.
const curve = (body) =>
  onNumbers((...numbers) => {
    const number = body(...numbers);
    return Number.isFinite(number) ? Number(number.toExponential(13)) : number;
  });
const patterns = new Map();

const FUNCTIONS = {
  abs: onNumbers(Math.abs),
  acos: curve(Math.acos),
  asin: curve(Math.asin),
  atan: curve(Math.atan),
  atan2: curve(Math.atan2),
  boolean: (_, value) => toBoolean(value),
  "boolean-from-string": onTexts((text) => ["true", "1"].includes(text.toLowerCase())),
  checklist(frame, least, most, ...factors) {
    const [low, high] = [least, most].map((bound) => whole(toNumber(bound, frame.offset)));
    const count = flatten(factors).filter(toBoolean).length;
    return count >= low && (high < 0 || count <= high);
  },
  concat: (_, ...values) => flatten(values).map(toString).join(""),
  cos: curve(Math.cos),
  contains: onTexts((text, part) => text.includes(part)),
  count: (_, value) => atoms(value).length,
  "count-non-empty": (_, value) => atoms(value).filter((atom) => toString(atom) !== "").length,
  "count-selected": (_, answer) => words(answer).length,
  current: ({ context: { node } }) => [node].filter(isRelevant),
  date({ offset }, value) {
    const moment = inRange(momentOf(value, offset));
    return moment === null ? "" : dateText(moment);
  },
  "date-time"({ offset }, value) {
    const exact = exactMoment(value, offset);
    const counted = momentOf(value, offset);
    const moment = inRange(exact ?? (counted === null ? null : counted + offset * MINUTE));
    return moment === null ? "" : dateTimeText(moment, offset);
  },
  "decimal-date-time"({ offset }, value) {
    const moment = exactMoment(value, offset);
    return moment === null ? toNumber(value, offset) : (moment - offset * MINUTE) / DAY;
  },
  "ends-with": onTexts((text, part) => text.endsWith(part)),
  exp: curve(Math.exp),
  exp10: curve((number) => 10 ** number),
  false: () => false,
  "format-date": formatDate,
  "format-date-time": formatDate,
  instance: (frame, list) => [listTree(list, frame)],
  int: onNumbers(Math.trunc),
  join: (_, separator, ...values) => flatten(values).map(toString).join(toString(separator)),
  "jr:choice-name": ({ context }, value, question) =>
    look(look(context.choiceLabels, question), toString(value)) ?? "",
  last: ({ size, node }) => size || namesakes(node).length,
  log: curve(Math.log),
  log10: curve(Math.log10),
  max: (frame, ...values) => extreme(numbers(frame, values), (a, b) => b > a),
  min: (frame, ...values) => extreme(numbers(frame, values), (a, b) => b < a),
  "normalize-space": onOwn((value) => words(value).join(" ")),
  not: (_, value) => !toBoolean(value),
  now: ({ context, offset }) => dateTimeText(localMilliseconds(context.now, offset), offset),
  number: onOwn((value, frame) => toNumber(value, frame.offset)),
  pi: () => Math.PI,
  position(frame, nodes) {
    if (nodes === undefined) return frame.position || positionOf(frame.node);
    return Array.isArray(nodes) && nodes.length ? positionOf(nodes[0]) : 0;
  },
  pow: onNumbers(power),
  pulldata(frame, list, column, keyColumn, key) {
    const items = itemsOf(list, frame.context);
    addWork(frame, items.length);
    const [keyName, wanted] = [toString(keyColumn), toString(key)];
    const row = items.find((item) => (look(item, keyName) ?? "") === wanted);
    return look(row, toString(column)) ?? "";
  },
  random: ({ context }) => context.random(),
  regex: onTexts((text, pattern) => {
    if (!patterns.has(pattern)) patterns.set(pattern, new RegExp(`^(?:${pattern})$`, "u"));
    return patterns.get(pattern).test(text);
  }),
  round: onNumbers((number, places = 0) => round(number, whole(places))),
  selected: (_, answer, choice) => {
    const [chosen, wanted] = [words(answer), trim(toString(choice))];
    return wanted ? chosen.includes(wanted) : !chosen.length;
  },
  "selected-at": (frame, answer, index) =>
    words(answer)[whole(toNumber(index, frame.offset))] ?? "",
  sin: curve(Math.sin),
  sqrt: onNumbers(Math.sqrt),
  "starts-with": onTexts((text, part) => text.startsWith(part)),
  string: onOwn(toString),
  "string-length": onOwn((value) => [...toString(value)].length),
  substr(frame, text, start, end) {
    const characters = [...toString(text)];
    const place = (value) => whole(toNumber(value, frame.offset));
    return characters.slice(place(start), end === undefined ? undefined : place(end)).join("");
  },
  "substring-after": onTexts((text, part) => {
    const place = text.indexOf(part);
    return place < 0 ? "" : text.slice(place + part.length);
  }),
  "substring-before": onTexts((text, part) => text.slice(0, Math.max(text.indexOf(part), 0))),
  sum: (frame, value) => numbers(frame, [value]).reduce((total, number) => total + number, 0),
  tan: curve(Math.tan),
  today: ({ context }) => context.today,
  translate: onTexts((text, old, replacements) => translate(text, [...old], [...replacements])),
  true: () => true,
  uuid({ context, offset }, length) {
    if (length === undefined) return context.uuid();
    const count = Math.min(whole(toNumber(length, offset)), 255);
    let digits = "";
    while (digits.length < count) digits += context.uuid().replaceAll("-", "");
    return digits.slice(0, Math.max(count, 0));
  },
  "weighted-checklist"({ offset }, least, most, ...pairs) {
    const [factors, weights] = [0, 1].map((odd) => flatten(pairs.filter((_, n) => n % 2 === odd)));
    const total = weights.reduce(
      (sum, weight, n) => (toBoolean(factors[n] ?? "") ? sum + toNumber(weight, offset) : sum), 0,
    );
    return toNumber(least, offset) <= total && total <= toNumber(most, offset);
  },
};

const extreme = (values, isBetter) =>
  values.length ? values.reduce((best, value) => (isBetter(best, value) ? value : best)) : NaN;
