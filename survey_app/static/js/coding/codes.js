// Find codes by their letters: Enter gives the first that is left, and saves when nothing is typed.

export class Codes {
  constructor(panel, said, save) {
    this.find = panel.querySelector("#find");
    this.choices = [...panel.querySelectorAll(".code-choice")];
    this.none = panel.querySelector("#none-found");
    this.said = said;
    this.save = save;
    this.find.addEventListener("input", () => this.#filter());
    this.find.addEventListener("keydown", (event) => this.#onFindKey(event));
    panel.querySelector("#codes").addEventListener("keydown", (event) => this.#onListKey(event));
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
      const own = choice.textContent.trim().toLowerCase();
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
    if (!choice) return;
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
    const sentence = box.checked ? this.said.dataset.given : this.said.dataset.taken;
    this.said.textContent = sentence.replace("{code}", choice.textContent.trim());
    this.clear();
  }
}
