// Run vectors under Node: `node run_vectors.mjs FILE` prints {passed, failures} as JSON, and
// `node run_vectors.mjs FILE outcomes` what each case evaluates to instead.

import { readFileSync } from "node:fs";

import { outcome, readable, runVectors } from "./vectors.mjs";

const [file, mode] = process.argv.slice(2);
const vectors = JSON.parse(readFileSync(file, "utf8"));

function outcomeOf(one) {
  try {
    return readable(outcome(one, vectors));
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
}

const result = mode === "outcomes" ? vectors.cases.map(outcomeOf) : runVectors(vectors);
process.stdout.write(JSON.stringify(result));
