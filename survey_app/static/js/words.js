// Sentences with named gaps, as gettext writes them.

/** Fill the gaps: ("Question %(number)s", {number: 3}) -> "Question 3". */
export function fillIn(sentence, gaps) {
  return sentence.replace(/%\((\w+)\)s/g, (gap, name) => String(gaps[name] ?? gap));
}
