// Pictures in a text, as edits of plain text: where a new one goes, and where those that stand in it are.

import { insertBlock, tableAt } from "./tables.js";

const ITEM_OR_QUOTE = /^[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])[ \t])/;
// A description has 300 letters at most, each of them perhaps behind a backslash; a bound keeps odd texts from being slow.
const PICTURE = /!\[(?:[^\]\\]|\\.){0,600}\]\(picture:([0-9a-f]{64})\)/g;

// The places of the pictures in a text: {from, to, name}, from the bracket after the description to its end.
export function picturesIn(text) {
  return [...text.matchAll(PICTURE)].map(({ 0: all, 1: name, index }) => {
    const to = index + all.length;
    return { from: to - `(picture:${name})`.length, to, name };
  });
}

// Puts a picture after what is selected: within a line, a table or a list where the cursor stands, otherwise as a paragraph of its own.
export function insertPicture(text, to, markdown) {
  const start = text.lastIndexOf("\n", to - 1) + 1;
  const end = text.indexOf("\n", to) === -1 ? text.length : text.indexOf("\n", to);
  const isWithin = text.slice(start, to).trim() && text.slice(to, end).trim();
  const line = text.slice(start, end);
  if (!isWithin && !ITEM_OR_QUOTE.test(line) && !tableAt(text, to)) return insertBlock(text, to, to, markdown);
  const before = /\S/.test(text[to - 1] ?? "") ? " " : "";
  const after = /[\p{L}\p{N}]/u.test(text[to] ?? "") ? " " : "";
  const cursor = to + before.length + markdown.length;
  return { changes: [{ from: to, to, insert: before + markdown + after }], from: cursor, to: cursor };
}
