// The words of a field against what its prompt asks for. The server counts again, and its count is the one that stands.

import { countWords } from "./words.js";

// What was counted last in each place: most fields stay as they are while one is written in.
const counted = new WeakMap();

export function sayLength(place, text) {
  const { least, most, range } = place.dataset;
  if (counted.get(place) === text) return;
  counted.set(place, text);
  const words = countWords(text);
  let sentence = range ? place.dataset.of : place.dataset.words;
  let distance = 0;
  if (least && words && words < Number(least)) {
    sentence = place.dataset.short;
    distance = Number(least) - words;
  } else if (most && words > Number(most)) {
    sentence = place.dataset.long;
    distance = words - Number(most);
  }
  place.classList.toggle("short", distance > 0);
  place.textContent = sentence
    .replace("{n}", words)
    .replace("{range}", range)
    .replace("{k}", distance);
}
