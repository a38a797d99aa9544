// Nothing is obligatory, so a choice that was made can be unmade.

const CLEARABLE = "[role=radiogroup], [data-type=rank]";

/**
 * Add a button to each question with one choice.
 *
 * @param {import("./answers.js").Answers} answers
 * @param {(address: string) => void} whenCleared
 * @returns {() => void} adds missing buttons, and shows each only where there is something to clear
 */
export function addClearButtons(answers, whenCleared) {
  const buttons = new WeakMap();
  const add = (element) => {
    const button = document.getElementById("clear").content.firstElementChild.cloneNode(true);
    button.addEventListener("click", () => {
      const address = element.dataset.question;
      answers.write(address, "");
      whenCleared(address);
      answers.firstControl(address).focus();
    });
    (element.querySelector(".missing") ?? element).append(button);
    buttons.set(element, button);
  };
  return () => {
    for (const [address, { element }] of answers.questions) {
      if (!element.matches(CLEARABLE)) continue;
      if (!buttons.has(element)) add(element);
      buttons.get(element).classList.toggle("is-idle", !answers.read(address));
    }
  };
}
