// Decide fillings one by one: each line of input is {logic, today, values}, each line of output
// {asked, values, problems} as forms/answers.py gives them.

import { createInterface } from "node:readline";

import { Logic } from "../../survey_app/static/js/logic.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { logic, today, values } = JSON.parse(line);
  const state = new Logic(logic, today).run(new Map(Object.entries(values)));
  const places = state.model.all().filter(({ item }) => item.type && item.type !== "note");
  const asked = places.map(({ address }) => address).filter((address) => state.isAsked(address));
  const entries = (of) => Object.fromEntries(asked.map((n) => [n, of(n)]).filter(([, it]) => it));
  const outcome = {
    asked: asked.sort(),
    values: entries((n) => state.value(n)),
    problems: entries((n) => state.problem(n)),
  };
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
}
