// What the tests of edits share: "|" is the cursor in a text, "«" and "»" stand around a selection.

export function read(marked) {
  const at = marked.indexOf("|");
  if (at >= 0) return { text: marked.replace("|", ""), from: at, to: at };
  const from = marked.indexOf("«");
  const to = marked.indexOf("»") - 1;
  return { text: marked.replace(/[«»]/g, ""), from, to };
}

export function carriedOut(text, edit) {
  let after = text;
  for (const { from, to, insert } of edit.changes.toReversed()) {
    after = after.slice(0, from) + insert + after.slice(to);
  }
  if (edit.from === edit.to) return `${after.slice(0, edit.from)}|${after.slice(edit.from)}`;
  return `${after.slice(0, edit.from)}«${after.slice(edit.from, edit.to)}»${after.slice(edit.to)}`;
}
