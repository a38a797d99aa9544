// Run a questionnaire's logic over fillings under Node: `node run_logic.mjs FILE` prints, for each,
// {values, asked, problems} as forms/answers.py gives them.

import { readFileSync } from "node:fs";

import { Logic } from "../../survey_app/static/js/logic.js";
import { readValue } from "../../survey_app/static/js/types.js";

const { logic, today, fillings, typed } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const engine = new Logic(logic, today);

function outcomeOf(filling) {
  const state = engine.run(new Map(Object.entries(filling)));
  const places = state.model.all().filter(({ item }) => item.type && item.type !== "note");
  const asked = places.map(({ address }) => address).filter((address) => state.isAsked(address));
  const entries = (of) => Object.fromEntries(asked.map((n) => [n, of(n)]).filter(([, it]) => it));
  return { asked, values: entries((n) => state.value(n)), problems: entries((n) => state.problem(n)) };
}

const outcomes = (fillings ?? []).map(outcomeOf);
const read = (typed ?? []).map(([question, text]) => readValue(question, text));
process.stdout.write(JSON.stringify({ outcomes, read }));
