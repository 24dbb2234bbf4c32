// The page of a section that can't be written in now: it says so when that changes, and leaves to its reader when to go on. It
// counts as somebody who is there.

import { Looking } from "./live/looking.js";

const place = document.querySelector("[data-live-read]");
const standing = document.querySelector("[data-standing]");
const sentence = place.querySelector("[data-sentence]");
const way = place.querySelector("a");
const words = place.dataset;
const [client] = crypto.getRandomValues(new Uint32Array(1));
const looking = new Looking(words.live, Number(words.person), client);
let known = words.state;

function stateOf({ write, locked }) {
  if (write) return locked ? "locked" : "open";
  return locked ? "closed" : "reader";
}

function say(told, isOpen) {
  sentence.textContent = told;
  way.hidden = !isOpen;
  place.hidden = false;
}

looking.on("facts", () => {
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
