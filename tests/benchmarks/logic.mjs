// Time the page's logic over a long questionnaire: `node tests/benchmarks/logic.mjs` prints JSON.
//
// 500 questions in 50 groups, each with relevance, a calculation and a constraint. A change runs
// everything again; four times the median is what a tablet at a quarter of this speed takes.

import { Logic } from "../../survey_app/static/js/logic.js";

const QUESTIONS = 500;
const RUNS = 200;
const ref = (n) => ["ref", `q${n}`];
const call = (name, ...args) => ["call", name, args];

function longQuestionnaire() {
  const [questions, groups, items] = [{}, {}, []];
  for (let n = 0; n < QUESTIONS; n++) {
    if (n % 10 === 0) {
      groups[`g${n}`] = n ? { relevant: ["ops", ref(n - 10), ">=", ["num", 0]] } : {};
      items.push(`g${n}`);
    }
    questions[`q${n}`] = { group: `g${n - (n % 10)}`, ...logicOf(n) };
    items.push(`q${n}`);
  }
  const pages = Object.keys(groups).map((_, n) => ({
    number: n + 1,
    questions: Array.from({ length: 10 }, (__, k) => `q${n * 10 + k}`),
  }));
  return { pages, items, order: items, groups, questions };
}

function logicOf(n) {
  if (n % 5 === 4) {
    const sum = ["ops", ref(n - 1), "+", ref(n - 2), "*", ["num", 2]];
    return { type: "calculate", calculation: call("if", ["ops", ref(n - 1), ">", ["num", 3]], sum, ["num", 0]) };
  }
  return {
    type: "integer",
    relevant: n ? ["and", ["ops", ref(n - 1), "!=", ["str", "x"]], call("not", call("selected", ref(n - 1), ["str", "99"]))] : undefined,
    constraint: ["and", ["ops", ["path", ".", [["self", "*", []]]], ">=", ["num", 0]], ["ops", ref(n), "<", ["num", 1000]]],
    required: call("true"),
  };
}

function measure() {
  const logic = new Logic(longQuestionnaire(), "2026-01-05");
  const typed = new Map(Array.from({ length: QUESTIONS }, (_, n) => [`q${n}`, String(n % 9)]));
  const times = [];
  let asked = 0;
  for (let run = 0; run < RUNS; run++) {
    typed.set("q7", String(run % 9));
    const before = performance.now();
    const state = logic.run(typed);
    for (const address of state.asked.slice(0, 10)) state.problem(address);
    times.push(performance.now() - before);
    asked = state.asked.length;
  }
  const [first] = times;
  times.sort((a, b) => a - b);
  const at = (share) => Number(times[Math.floor(share * (RUNS - 1))].toFixed(2));
  return { questions: QUESTIONS, asked, runs: RUNS, milliseconds: {
    first: Number(first.toFixed(2)), median: at(0.5), p95: at(0.95), median_at_quarter_speed: 4 * at(0.5),
  } };
}

process.stdout.write(`${JSON.stringify(measure(), null, 2)}\n`);
