// A unit of the second coder: codes by their letters, + − 0 for how they are spoken of, Enter goes on.

import { submit } from "../submitting.js";
import { Codes } from "./codes.js";

const SIGNS = { "+": "1", "-": "-1", "−": "-1", 0: "0", "±": "mixed", "*": "mixed" };
const panel = document.getElementById("panel");
const said = document.getElementById("said");
const codes = new Codes(panel, said, () => submit(panel));

function speak(choice, valence) {
  const select = choice.querySelector("select");
  select.value = valence;
  said.textContent = said.dataset.spoken
    .replace("{code}", choice.querySelector("label").textContent.trim())
    .replace("{valence}", select.selectedOptions[0].textContent.trim());
}

panel.addEventListener("keydown", (event) => {
  const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
  const last = codes.last;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    submit(panel);
  } else if (event.key in SIGNS && last && !hasModifier && event.target === codes.find && !codes.find.value) {
    event.preventDefault();
    speak(last, SIGNS[event.key]);
  }
});
document.getElementById("keys").hidden = false;
codes.focus();
