// What stands in the form's controls, as text: one string per question, codes with spaces between.

/**
 * Give a form that has its own members whatever its questions are called: a control named "action"
 * hides the form's address, one named "reset" the way to empty it.
 *
 * @param {HTMLFormElement} form
 */
export function unhidden(form) {
  return new Proxy(form, {
    get(_, member) {
      const own = Reflect.get(HTMLFormElement.prototype, member, form);
      return typeof own === "function" ? own.bind(form) : own;
    },
  });
}

export class Answers {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.scan();
  }

  /** Find the questions and the counters of repeats anew, after something came or went. */
  scan() {
    this.questions = new Map();
    for (const element of this.form.querySelectorAll("[data-question]")) {
      const controls = [...element.querySelectorAll(":is(input, select, textarea)[name]")];
      this.questions.set(element.dataset.question, { element, controls });
    }
    this.counters = [...this.form.querySelectorAll("input[type=hidden][name$='[#]']")];
  }

  element(address) {
    return this.questions.get(address)?.element;
  }

  /** Tell whether there is something on the page to fill in. */
  has(address) {
    return Boolean(this.questions.get(address)?.controls.length);
  }

  /** Give the control that gets the focus when something is wrong. */
  firstControl(address) {
    const { element, controls } = this.questions.get(address);
    const visible = [...element.querySelectorAll("input, select, textarea, button")];
    const isUsable = (control) => control.offsetParent && !control.disabled;
    return controls.find((control) => control.checked) ?? visible.find(isUsable) ?? controls[0];
  }

  /** Give the element that says that an answer is wrong. */
  holder(address) {
    const { element, controls } = this.questions.get(address);
    return element.matches("[role=radiogroup]") ? element : controls[0];
  }

  read(address) {
    const chosen = this.questions.get(address).controls.filter(isGiven);
    return chosen.map((control) => control.value).join(" ");
  }

  /** Read everything that is filled in: address -> text; `child[#]` -> number of instances. */
  readAll() {
    const typed = new Map(this.counters.map((counter) => [counter.name, counter.value]));
    for (const [address, { controls }] of this.questions) {
      const text = controls.length ? this.read(address) : "";
      if (text.trim()) typed.set(address, text);
    }
    return typed;
  }

  write(address, text) {
    const codes = text.split(" ").filter(Boolean);
    for (const [place, control] of (this.questions.get(address)?.controls ?? []).entries()) {
      if (isChoice(control)) control.checked = codes.includes(control.value);
      else control.value = isRanked(control) ? (codes[place] ?? "") : text;
    }
  }

  /** Give the answer in words: the labels of what was chosen, or what was typed. */
  describe(address) {
    const labels = this.questions.get(address).controls.filter(isGiven).map(wordsOf);
    return labels.filter(Boolean).join(" · ");
  }

  /** Let "don't know" and the other choices of a question exclude each other. */
  excludeMissing(changed) {
    if (changed.type !== "checkbox" || !changed.checked) return;
    const isMissing = "missing" in changed.dataset;
    const address = changed.closest("[data-question]").dataset.question;
    for (const control of this.questions.get(address).controls) {
      const keeps = control === changed || (!isMissing && !("missing" in control.dataset));
      if (!keeps) control.checked = false;
    }
  }
}

const isChoice = (control) => control.type === "radio" || control.type === "checkbox";
const isRanked = (control) => control.dataset.place !== undefined;
const isGiven = (control) => (isChoice(control) ? control.checked : control.value !== "");

function wordsOf(control) {
  if (control.selectedOptions) return control.selectedOptions[0].textContent.trim();
  if (!isChoice(control)) return control.value.trim();
  const label = control.labels[0];
  return (label.querySelector(".visually-hidden") ?? label).textContent.trim();
}
