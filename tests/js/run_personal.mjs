// Look through the texts of a file of vectors: prints what the script finds in each, as JSON.

import { readFileSync } from "node:fs";

import { findPersonal, possibleNames } from "../../survey_app/static/js/interviews/personal.js";

const cases = JSON.parse(readFileSync(process.argv[2], "utf8"));
const written = (text) => findPersonal(text).map((f) => [f.kind, text.slice(f.start, f.end), f.isCertain]);
process.stdout.write(JSON.stringify(cases.map(({ text }) => [written(text), possibleNames(text)])));
