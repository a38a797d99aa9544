// A unit of the second coder: codes by their letters, Enter goes on.

import { Codes } from "./codes.js";

const panel = document.getElementById("panel");
const codes = new Codes(panel, document.getElementById("said"), () => panel.requestSubmit());
panel.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    panel.requestSubmit();
  }
});
codes.focus();
