// The marks within a line, as edits of plain text: both the editor and the plain box carry them out.
// An edit is {changes: [{from, to, insert}], from, to}: where text goes, and what is selected afterwards.

const edit = (from, to, insert, selectFrom, selectTo = selectFrom) => ({
  changes: [{ from, to, insert }],
  from: selectFrom,
  to: selectTo,
});

function runBefore(text, at, sign) {
  let length = 0;
  while (text[at - 1 - length] === sign) length += 1;
  return length;
}

function runAfter(text, at, sign) {
  let length = 0;
  while (text[at + length] === sign) length += 1;
  return length;
}

// One star is italic, two are bold, three are both.
const hasMark = (run, mark) => (mark.length === 2 ? run >= 2 : run % 2 === 1);

// Sets a mark ("**" or "*") around what is selected, or takes it away when it is there.
export function toggleMark(text, from, to, mark) {
  const sign = mark[0];
  const size = mark.length;
  const outside = Math.min(runBefore(text, from, sign), runAfter(text, to, sign));
  if (hasMark(outside, mark)) {
    const words = text.slice(from, to);
    return edit(from - size, to + size, words, from - size, to - size);
  }
  const selected = text.slice(from, to);
  const inside = Math.min(runAfter(text, from, sign), runBefore(text, to, sign));
  if (selected.length > 2 * size && hasMark(inside, mark)) {
    return edit(from, to, selected.slice(size, -size), from, to - 2 * size);
  }
  // A mark beside a blank is no mark.
  const start = from + (selected.length - selected.trimStart().length);
  const end = Math.max(start, to - (selected.length - selected.trimEnd().length));
  if (!selected.trim()) return edit(from, from, mark + mark, from + size);
  const words = text.slice(start, end);
  return edit(start, end, mark + words + mark, start + size, end + size);
}

const ADDRESS = /^(?:https?:\/\/|mailto:)\S+$/i;

export const isAddress = (text) => ADDRESS.test(text);

// A link on what is selected; the cursor waits where something is still to be typed.
export function setLink(text, from, to, address = "") {
  const words = text.slice(from, to);
  if (isAddress(words) && !address) return edit(from, to, `[](${words})`, from + 1);
  const target = address || "https://";
  const insert = `[${words}](${target})`;
  if (address) return edit(from, to, insert, from + insert.length);
  return edit(from, to, insert, words ? from + insert.length - 1 : from + 1);
}

// The reference to a new footnote after what is selected, and its note at the end, to be typed.
export function addFootnote(text, _from, to) {
  const numbers = [...text.matchAll(/\[\^(\d{1,6})\]/g)].map((found) => Number(found[1]));
  const number = Math.max(0, ...numbers) + 1;
  const reference = `[^${number}]`;
  const note = `\n\n[^${number}]: `;
  const end = text.trimEnd().length;
  const at = Math.min(to, end);
  const cursor = end + reference.length + note.length;
  if (at === end) return edit(end, text.length, reference + note, cursor);
  return {
    changes: [
      { from: at, to: at, insert: reference },
      { from: end, to: text.length, insert: note },
    ],
    from: cursor,
    to: cursor,
  };
}

// The marker that says on purpose that something is not known; null when it stands there already.
export function markNotKnown(text, marker) {
  if (text.startsWith(marker.trim())) return null;
  return edit(0, 0, marker, marker.length);
}
