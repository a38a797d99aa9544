// A large file that is being made: look how far it is, without loading the page again by hand.

const BETWEEN = 2000; // ms

const card = document.getElementById("file");
card.querySelector(".no-script").hidden = true;

/** Give the page as it is now; null while the server gives none. A network can lose half of it. */
async function fetched() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  return answer.ok ? answer.text() : null;
}

/** Take what has changed from the same page as it is now; all of it when the file has got further. */
async function look() {
  const html = await fetched().catch(() => null);
  if (html === null) return setTimeout(look, 5 * BETWEEN); // the server may be starting again
  const found = new DOMParser().parseFromString(html, "text/html").getElementById("file");
  if (!found) return location.reload(); // logged out
  if (found.dataset.state !== card.dataset.state && !found.querySelector("#how-far")) {
    card.dataset.state = found.dataset.state;
    return card.replaceChildren(...found.childNodes);
  }
  const status = found.querySelector("[role=status]").textContent;
  if (card.querySelector("[role=status]").textContent !== status) card.querySelector("[role=status]").textContent = status;
  card.querySelector("#how-far").replaceChildren(...found.querySelector("#how-far").childNodes);
  return setTimeout(look, BETWEEN);
}

setTimeout(look, BETWEEN);
