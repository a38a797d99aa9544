// Find codes by their letters: Enter gives the first that is left, and saves when nothing is typed.

export class Codes {
  constructor(panel, said, save) {
    this.find = panel.querySelector("#find");
    this.choices = [...panel.querySelectorAll(".code-choice")];
    this.none = panel.querySelector("#none-found");
    this.said = said;
    this.save = save;
    this.last = null; // the code chosen last
    this.find.addEventListener("input", () => this.#filter());
    this.find.addEventListener("keydown", (event) => this.#onFindKey(event));
    const list = panel.querySelector("#codes");
    list.addEventListener("keydown", (event) => this.#onListKey(event));
    list.addEventListener("change", (event) => this.#keep(event.target.closest(".code-choice")));
  }

  focus() {
    this.find.focus();
  }

  set(ids) {
    for (const choice of this.choices) {
      const box = choice.querySelector("input");
      box.checked = ids.includes(+box.value);
    }
    this.clear();
  }

  clear() {
    this.find.value = "";
    this.#filter();
  }

  #keep(choice) {
    this.last = choice.querySelector("input").checked ? choice : null;
  }

  #shown() {
    return this.choices.filter((choice) => !choice.hidden);
  }

  #filter() {
    const words = this.find.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const choice of this.choices) {
      const text = choice.dataset.find.toLowerCase();
      choice.hidden = !words.every((word) => text.includes(word));
      choice.classList.remove("first");
    }
    const first = words.length ? this.#best(words) : null;
    first?.classList.add("first");
    this.none.hidden = this.#shown().length > 0;
  }

  // Among those that are left, one whose own name begins with the letters comes first.
  #best(words) {
    const shown = this.#shown();
    const begins = (choice) => {
      const own = choice.querySelector("label").textContent.trim().toLowerCase();
      return own.split(/\s+/).some((word) => word.startsWith(words.at(-1)));
    };
    return shown.find(begins) ?? shown[0] ?? null;
  }

  #onFindKey(event) {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      this.#shown()[0]?.querySelector("input").focus();
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (!this.find.value.trim()) this.save();
      else this.#toggle(this.choices.find((choice) => choice.classList.contains("first")));
    }
  }

  #onListKey(event) {
    const choice = event.target.closest(".code-choice");
    if (!choice || event.target.matches("select")) return; // a list has keys of its own
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const isLetter = event.key.length === 1 && event.key !== " ";
    if (step) {
      event.preventDefault();
      const shown = this.#shown();
      const next = shown[shown.indexOf(choice) + step];
      (next ? next.querySelector("input") : step < 0 ? this.find : event.target).focus();
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.#toggle(choice);
      this.focus();
    } else if (isLetter && !event.ctrlKey && !event.metaKey && !event.altKey) {
      this.focus();
    }
  }

  #toggle(choice) {
    if (!choice) return;
    const box = choice.querySelector("input");
    box.checked = !box.checked;
    this.#keep(choice);
    const sentence = box.checked ? this.said.dataset.given : this.said.dataset.taken;
    const name = choice.querySelector("label").textContent.trim();
    this.said.textContent = sentence.replace("{code}", name);
    this.clear();
  }
}
