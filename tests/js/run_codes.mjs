// Run tests/vectors/codes.json under Node: prints what each case gives, as JSON.

import { readFileSync } from "node:fs";

import { grouped, readCode } from "../../survey_app/static/js/codes.js";

const vectors = JSON.parse(readFileSync(process.argv[2], "utf8"));
const given = {
  read: vectors.read.map(([typed]) => readCode(typed)),
  grouped: vectors.grouped.map(([typed]) => grouped(typed)),
};
process.stdout.write(JSON.stringify(given));
