// The keyboard: numbers choose, Enter goes on, Ctrl+Enter hands in, = repeats, ? helps.

const CHOICES = "input:is([type=radio], [type=checkbox])";
const NUMERIC = new Set(["numeric", "decimal"]);

export function watchKeys(sheet) {
  const help = document.getElementById("help");
  for (const button of document.querySelectorAll("[data-help]")) {
    button.hidden = false;
    button.addEventListener("click", () => help.showModal());
  }
  document.addEventListener("keydown", (event) => {
    const { target } = event;
    const unit = sheet.unitOf(target);
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && unit?.form) {
      event.preventDefault();
      unit.submit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "?" && !isWriting(target) && !help.open) {
      event.preventDefault();
      help.showModal();
      return;
    }
    const line = target.closest("[data-line]");
    if (line && unit?.form?.mayEdit && act(event, line, unit.form)) event.preventDefault();
  });
}

/** Do what a key means in a question; tell whether it means anything. */
function act({ key, target }, line, form) {
  if (key === "Enter") {
    if (!target.matches("input, select")) return false;
    form.focusAfter(line);
    return true;
  }
  if (key === "=" && !isWriting(target)) {
    const same = line.querySelector("[data-same]");
    same?.click();
    return Boolean(same);
  }
  return /^[0-9]$/.test(key) && target.matches(CHOICES) && choose(line, Number(key) || 10);
}

function choose(line, number) {
  const shown = [...line.querySelectorAll(CHOICES)].filter((one) => !one.disabled && one.offsetParent);
  const choice = shown[number - 1];
  if (!choice) return false;
  choice.focus();
  choice.checked = choice.type === "radio" || !choice.checked;
  choice.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

const isWriting = (target) =>
  target.matches("textarea, select, [type=search], [type=password]") ||
  (target.matches("input") && target.type === "text" && !NUMERIC.has(target.inputMode));
