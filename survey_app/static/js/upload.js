// Uploading a questionnaire: drop files anywhere on the zone, see what was chosen, and that it works.

const form = document.getElementById("upload");
const zone = form.querySelector(".drop-zone");
const input = form.querySelector("input[type=file]");
const list = form.querySelector(".chosen");
const working = form.querySelector(".working");

function showChosen() {
  const names = [...input.files].map((file) => {
    const item = document.createElement("li");
    item.textContent = file.name;
    return item;
  });
  list.replaceChildren(...names);
  list.hidden = names.length < 2; // one file's name stands in the field itself
}

/** Put files beside those that are chosen already; the same name again replaces the first. */
function add(files) {
  const all = new Map([...input.files, ...files].map((file) => [file.name, file]));
  const chosen = new DataTransfer();
  for (const file of all.values()) chosen.items.add(file);
  input.files = chosen.files;
  showChosen();
}

const hasFiles = (event) => event.dataTransfer?.types.includes("Files");

zone.addEventListener("dragover", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  zone.classList.add("is-over");
});
zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
zone.addEventListener("drop", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  zone.classList.remove("is-over");
  add(event.dataTransfer.files);
});
input.addEventListener("change", showChosen);
form.addEventListener("submit", (event) => {
  if (form.dataset.sent) {
    event.preventDefault(); // it is on its way
    return;
  }
  form.dataset.sent = "yes";
  const { content } = working.querySelector("template");
  working.append(content.cloneNode(true));
});
// Coming back by the browser's own button: the form can be sent again.
window.addEventListener("pageshow", () => {
  delete form.dataset.sent;
  for (const shown of working.querySelectorAll(":scope > :not(template)")) shown.remove();
});
form.querySelector(".drop-words").hidden = false;
