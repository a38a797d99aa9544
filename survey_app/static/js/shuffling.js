// Choices in an order of chance, so that none is chosen for being first. Those such as "don't know"
// stay last, and a seed gives the same order again.

const LARGEST = 2147483647;

/** Give a source of numbers from 0 to 1: of chance, or always the same for a seed. */
export function chance(seed) {
  if (seed === "") return Math.random;
  let state = seedOf(seed);
  return () => {
    state = (state * 48271) % LARGEST;
    return (state - 1) / (LARGEST - 1);
  };
}

export function shuffled(items, random) {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other], mixed[last]];
  }
  return mixed;
}

/** Make a whole number from 1 of any text. */
function seedOf(text) {
  let number = 7;
  for (const letter of text) number = (number * 31 + letter.codePointAt(0)) % (LARGEST - 1);
  return number + 1;
}

export function enhance(screens) {
  const done = new WeakMap(); // element -> seed

  function shuffle(element, seed) {
    const random = chance(seed);
    for (const list of element.querySelectorAll(".choices:not(.missing), .ranking")) {
      list.append(...shuffled(list.children, random));
    }
    for (const select of element.querySelectorAll(":scope > select")) {
      const options = [...select.options].filter((o) => o.value && !("missing" in o.dataset));
      const rest = [...select.options].filter((option) => "missing" in option.dataset);
      select.append(...shuffled(options, random), ...rest);
    }
    done.set(element, seed);
  }

  function seedFor(element, state) {
    const written = element.dataset.seed ?? "";
    const [, name] = /^\$\{(.+)\}$/.exec(written) ?? [];
    if (!name) return written;
    const address = element.dataset.question;
    const prefix = address.slice(0, address.lastIndexOf("/") + 1);
    return state.value(state.resolve(name, prefix));
  }

  return {
    show(state) {
      for (const { element } of screens.answers.questions.values()) {
        if (element.dataset.randomize === undefined) continue;
        const seed = seedFor(element, state);
        if (done.get(element) !== seed) shuffle(element, seed);
      }
    },
  };
}
