// Check that the tree of answers stays findable while it changes: returns what went wrong.

import * as expressions from "../../survey_app/static/js/expressions.js";

const COUNT = ["call", "count", [["ref", "row"]]];
const TOO_MUCH = ["ops", ["ref", "row"], "=", ["ref", "row"]];

export function checkNodes({ Node, buildTree, evaluate } = expressions) {
  const failures = [];
  const expect = (what, actual, expected) => {
    if (actual !== expected) failures.push(`${what}: ${actual} instead of ${expected}`);
  };
  const root = buildTree(["data", [["row", [["v", "1"]]], ["end", ""]]]);
  const context = { root, node: root.children[1], today: "2026-01-05", now: "2026-01-05T00:00:00Z" };
  expect("before", evaluate(COUNT, context), 1);
  const added = root.append(buildTree(["row", [["v", "2"]]]), 1);
  expect("added", evaluate(COUNT, context), 2);
  expect("place", root.children[1], added);
  added.append(new Node("w", "x"));
  expect("deep", root.named("w").length, 1);
  root.remove(added);
  expect("removed", evaluate(COUNT, context), 1);
  expect("gone", root.named("w").length, 0);
  for (let n = 0; n < 1001; n++) root.append(new Node("row", String(n)));
  let error = null;
  try {
    evaluate(TOO_MUCH, context);
  } catch (caught) {
    error = caught.constructor.name;
  }
  expect("too much work", error, "RangeError");
  return failures;
}
