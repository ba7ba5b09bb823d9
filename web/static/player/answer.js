// Fills the answer page in from what was followed along on this device. We are asked to write the page with it: nothing is
// stored by that, and what does not fit the week any more is said. Once the answer is saved, the device forgets it.

import { fields, forget, waiting } from "./record.js";

const { followed, saved, to } = JSON.parse(document.getElementById("page-data").textContent);

async function fillIn() {
  const answer = await fetch(`${to}${location.search}`, { method: "POST", body: fields(followed) });
  if (!answer.ok) throw new Error(String(answer.status));
  return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
}

function takeOver(main) {
  document.querySelector("main").replaceWith(main);
  document.getElementById("leave-out")?.addEventListener("click", () => {
    forget(followed);
    location.reload();
  });
  document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

async function begin() {
  const offer = document.getElementById("fill-in");
  let touched = false;
  document.querySelector("form").addEventListener("change", () => { touched = true; });
  offer.querySelector("button").addEventListener("click", () => fillIn().then(takeOver).catch(() => undefined));
  try {
    const main = await fillIn();
    // What was entered meanwhile must not be lost.
    if (touched) offer.hidden = false;
    else takeOver(main);
  } catch {
    offer.hidden = false;
  }
}

if (saved) forget(followed);
else if (waiting(followed).length) begin();
