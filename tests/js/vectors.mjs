// Run the shared test vectors with the browser's interpreter, under Node or in a page.
//
// vectors: the content of tests/vectors/expressions.json, where each case also has its `ast`,
// parsed by Python. Returns {passed, failures: [{id, text, expected, actual}]}.

import * as expressions from "../../survey_app/static/js/expressions.js";

const SPECIAL = { NaN, Infinity, "-Infinity": -Infinity, "-0": -0 };

export function runVectors(vectors, engine = expressions) {
  const failures = [];
  for (const one of vectors.cases) {
    const { id, text, expected } = one;
    let actual;
    try {
      actual = outcome(one, vectors, engine);
    } catch (error) {
      actual = `${error.name}: ${error.message}`;
    }
    if (!isSame(actual, one.kind === "number" ? (SPECIAL[expected] ?? expected) : expected)) {
      failures.push({ id, text, expected, actual: readable(actual) });
    }
  }
  return { passed: vectors.cases.length - failures.length, failures };
}

/** What one case evaluates to, in the form of its `expected`. */
export function outcome(one, vectors, engine = expressions) {
  const context = contextOf(one, vectors, engine);
  if (one.kind === "choices") {
    return engine.filterItems(one.ast, context, one.list).map((item) => item.name);
  }
  const value = engine.evaluate(one.ast, context);
  if (one.kind === "number") return engine.toNumber(value, offsetOf(context.now));
  if (one.kind === "boolean") return engine.toBoolean(value);
  if (one.kind === "nodes") return value.map((node) => node.value);
  return engine.toString(value);
}

/** A number as JSON can carry it. */
export function readable(value) {
  if (typeof value !== "number") return value;
  return Object.is(value, -0) ? "-0" : Number.isFinite(value) ? value : String(value);
}

function contextOf(one, vectors, engine) {
  const root = engine.buildTree(vectors.trees[one.tree]);
  const refuse = () => {
    throw new Error("chance was asked although its value is not needed");
  };
  return {
    root,
    node: nodeAt(root, one.at),
    today: one.today ?? vectors.today,
    now: one.now ?? vectors.now,
    random: one.no_chance ? refuse : () => vectors.random,
    uuid: one.no_chance ? refuse : () => vectors.uuid,
    instances: vectors.instances,
    choiceLabels: vectors.choice_labels,
    ...(one.names ?? {}),
  };
}

/** Find the node of a path such as /data/person[2]/age. */
function nodeAt(root, path) {
  let node = root;
  for (const part of path.split("/").slice(2)) {
    const [, name, number = 1] = /^([^[]+)(?:\[(\d+)\])?$/.exec(part);
    node = node.children.filter((child) => child.name === name)[number - 1];
  }
  return node;
}

function offsetOf(now) {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(now);
  return Number(`${sign}1`) * (hours * 60 + Number(minutes));
}

function isSame(actual, expected) {
  if (Array.isArray(expected)) return JSON.stringify(actual) === JSON.stringify(expected);
  return Object.is(actual, expected);
}
