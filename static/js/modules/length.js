// The words of a field against what its prompt asks for. The server counts again, and its count is the one that stands.

const WORD = /[\p{L}\p{N}][^\s\u2014\u2026]*/gu;
const LINK_TARGET = /\]\([^)\s]*\)/g;

export function countWords(text) {
  return (text.replace(LINK_TARGET, "]").match(WORD) ?? []).length;
}

export function sayLength(place, text) {
  const { least, most, range } = place.dataset;
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
