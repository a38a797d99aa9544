// Choose a passage: sentences by keyboard, or any words by mouse or finger.
// Places are counted in characters (code points), as the server counts them.

const length = (text) => [...text].length;
const units = (text, characters) => [...text].slice(0, characters).join("").length;

export class Choosing {
  constructor(root, onChoice) {
    this.root = root;
    this.onChoice = onChoice;
    this.place = null;
    this.anchor = null;
    root.addEventListener("keydown", (event) => this.#onKey(event));
    root.addEventListener("click", (event) => this.#onClick(event));
    document.addEventListener("selectionchange", () => this.#onMarked());
  }

  // Forget the elements: the texts were drawn anew.
  renew() {
    this.anchor = null;
    this.#show(null);
  }

  clear() {
    this.anchor = null;
    this.#show(null);
    this.onChoice(null);
  }

  choose(text, start, stop) {
    const box = this.root.querySelector(`[data-text="${text}"]`);
    if (!box) return;
    this.#take(box, start, stop);
  }

  chooseFocused() {
    const line = document.activeElement.closest?.(".line");
    if (line && !this.#holds(line)) this.#takeLines(line, line);
  }

  focus() {
    const box = this.place && this.root.querySelector(`[data-text="${this.place.text}"]`);
    const line = box && this.#linesIn(box).find((each) => +each.dataset.stop > this.place.start);
    this.#focusOn(line || this.root.querySelector(".line"));
  }

  // Go on with the sentence after a passage.
  focusAfter(place) {
    const box = place && this.root.querySelector(`[data-text="${place.text}"]`);
    const lines = box ? this.#linesIn(box) : [];
    const next = lines.find((each) => +each.dataset.start >= place.stop);
    this.#focusOn(next || lines.at(-1) || this.root.querySelector(".line"));
  }

  #linesIn(box) {
    return [...box.querySelectorAll(".line")];
  }

  #focusOn(line) {
    if (!line) return;
    for (const each of this.#linesIn(line.closest(".text"))) each.tabIndex = each === line ? 0 : -1;
    line.focus();
  }

  #holds(line) {
    const box = line.closest(".text");
    return (
      this.place?.text === box.dataset.text &&
      +line.dataset.start < this.place.stop &&
      this.place.start < +line.dataset.stop
    );
  }

  #onKey(event) {
    const line = event.target.closest(".line");
    if (!line || event.ctrlKey || event.metaKey) {
      if (line && event.key === "a") {
        event.preventDefault();
        const lines = this.#linesIn(line.closest(".text"));
        this.#takeLines(lines[0], lines.at(-1));
      }
      return;
    }
    const lines = this.#linesIn(line.closest(".text"));
    const at = lines.indexOf(line);
    const keys = {
      ArrowDown: () => (event.altKey ? this.#ofParagraph(lines, at, 1) : at + 1),
      ArrowUp: () => (event.altKey ? this.#ofParagraph(lines, at, -1) : at - 1),
      Home: () => 0,
      End: () => lines.length - 1,
    };
    if (event.key in keys) {
      event.preventDefault();
      const to = Math.max(0, Math.min(lines.length - 1, keys[event.key]()));
      const isLonger = event.shiftKey || event.altKey;
      if (!isLonger || !this.anchor?.isConnected || !lines.includes(this.anchor)) {
        this.anchor = isLonger ? line : lines[to];
      }
      this.#focusOn(lines[to]);
      this.#takeLines(this.anchor, lines[to], true);
    } else if (event.key === " ") {
      event.preventDefault();
      if (this.#holds(line)) this.clear();
      else this.#takeLines(line, line);
    } else if (event.key === "Escape") {
      this.clear();
    }
  }

  // The end of this paragraph, or of the next when this is the end already; or a beginning.
  #ofParagraph(lines, at, step) {
    const of = (index) => lines[index]?.closest(".paragraph");
    let to = at;
    if (of(at + step) !== of(at)) to += step;
    while (of(to + step) && of(to + step) === of(to)) to += step;
    return to;
  }

  #onClick(event) {
    const line = event.target.closest(".line");
    if (!line || !document.getSelection().isCollapsed) return;
    const extends_ = event.shiftKey && this.anchor?.closest(".text") === line.closest(".text");
    this.#focusOn(line);
    this.#takeLines(extends_ ? this.anchor : line, line, extends_);
  }

  // Take what is marked, if it lies in one text.
  #onMarked() {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const runs = [...this.root.querySelectorAll(".run")].filter((run) => range.intersectsNode(run));
    let start = null, stop = null, box = null;
    for (const run of runs) {
      const node = run.firstChild;
      const from = range.startContainer === node ? range.startOffset : 0;
      const to = range.endContainer === node ? range.endOffset : node.data.length;
      if (from >= to) continue;
      const own = run.closest(".text");
      if (box && box !== own) break;
      box = own;
      start ??= +run.dataset.start + length(node.data.slice(0, from));
      stop = +run.dataset.start + length(node.data.slice(0, to));
    }
    if (box && start < stop) this.#take(box, start, stop);
  }

  #takeLines(one, other, keepsAnchor = false) {
    if (!keepsAnchor) this.anchor = one;
    const start = Math.min(+one.dataset.start, +other.dataset.start);
    const stop = Math.max(+one.dataset.stop, +other.dataset.stop);
    this.#take(one.closest(".text"), start, stop);
  }

  #take(box, start, stop) {
    const place = { text: box.dataset.text, start, stop };
    const range = this.#rangeOf(box, start, stop);
    place.words = range.toString().trim();
    this.#show(place, box, range);
    this.onChoice(place);
  }

  #show(place, box, range) {
    this.place = place;
    for (const line of this.root.querySelectorAll(".line[aria-selected=true]")) {
      line.setAttribute("aria-selected", "false");
    }
    globalThis.CSS?.highlights?.delete("chosen");
    if (!place) return;
    for (const line of this.#linesIn(box)) {
      if (this.#holds(line)) line.setAttribute("aria-selected", "true");
    }
    if (globalThis.Highlight) CSS.highlights.set("chosen", new Highlight(range));
  }

  #rangeOf(box, start, stop) {
    const range = document.createRange();
    let hasStart = false;
    for (const run of box.querySelectorAll(".run")) {
      const node = run.firstChild;
      const first = +run.dataset.start;
      const last = first + length(node.data);
      if (!hasStart && start < last) {
        range.setStart(node, units(node.data, Math.max(0, start - first)));
        hasStart = true;
      }
      if (first < stop) range.setEnd(node, units(node.data, Math.min(stop, last) - first));
    }
    return range;
  }
}
