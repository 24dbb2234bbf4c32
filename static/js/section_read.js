// The page of a section that can't be written in now: it says so when that changes, and leaves to its reader when to go on. It
// counts as somebody who is there.

import { promptOf } from "./editor/plain-box.js";
import { KeptChanges } from "./live/kept-changes.js";
import { Looking } from "./live/looking.js";
import { showToCopy } from "./modules/kept-to-copy.js";

const place = document.querySelector("[data-live-read]");
const standing = document.querySelector("[data-standing]");
const sentence = place.querySelector("[data-sentence]");
const way = place.querySelector("a");
const words = place.dataset;
const [client] = crypto.getRandomValues(new Uint32Array(1));
const looking = new Looking(words.live, Number(words.person), client);
const kept = document.getElementById("kept");
let known = words.state;
let isKeptShown = false;

function stateOf({ write, locked }) {
  if (write) return locked ? "locked" : "open";
  return locked ? "closed" : "reader";
}

function say(told, isOpen) {
  sentence.textContent = told;
  way.hidden = !isOpen;
  place.hidden = false;
}

// What a tab that was closed could not save, or another one can't: it joins in when the section is opened for writing.
function showKept({ document: name, you }) {
  if (isKeptShown || !kept || !name) return;
  isKeptShown = true;
  for (const { texts } of new KeptChanges(name, you.id, client).others()) showToCopy(kept, (area) => texts[promptOf(area)]);
}

looking.on("facts", () => {
  showKept(looking.facts);
  const state = stateOf(looking.facts);
  if (state === known) return;
  const told = state === "open" && known === "reader" ? words.promoted : words[state];
  known = state;
  // What the page was made with doesn't hold any longer, or it does again.
  standing.hidden = state !== words.state;
  if (standing.hidden) say(told, state === "open");
  else place.hidden = true;
});
looking.on("end", (code) => say(looking.facts.ends?.[code] ?? words.ended, false));
