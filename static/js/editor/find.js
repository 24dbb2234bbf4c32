// Finding words in a text, and in several one after the other.

const SPECIAL = /[\\^$.*+?()[\]{}|/]/g;

// Where words stand in a text, as [{from, to}]; letters match in either case unless `isCaseKept`.
export function findAll(text, words, { isCaseKept = false } = {}) {
  if (!words) return [];
  const pattern = new RegExp(words.replace(SPECIAL, "\\$&"), isCaseKept ? "gu" : "giu");
  return Array.from(text.matchAll(pattern), ({ index, 0: found }) => ({
    from: index,
    to: index + found.length,
  }));
}

// The same across fields, as [{field, from, to}] in the order of the fields.
export function findInFields(texts, words, options) {
  return texts.flatMap((text, field) =>
    findAll(text, words, options).map((range) => ({ field, ...range })),
  );
}

// Which of the found places comes next from a place (step 1) or before it (step -1); it goes round. -1 when there is none.
export function nextFrom(found, { field, from, to }, step) {
  if (!found.length) return -1;
  const isAfter = (place) => place.field > field || (place.field === field && place.from >= to);
  const isBefore = (place) => place.field < field || (place.field === field && place.to <= from);
  if (step > 0) {
    const next = found.findIndex(isAfter);
    return next === -1 ? 0 : next;
  }
  const previous = found.findLastIndex(isBefore);
  return previous === -1 ? found.length - 1 : previous;
}
