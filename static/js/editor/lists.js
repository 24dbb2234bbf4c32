// Lists and quotes, as edits of plain text: {changes: [{from, to, insert}], from, to}.

const ITEM = /^([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+|$)(.*)$/;
const QUOTE = /^([ \t]{0,3}> ?)(.*)$/;
const FENCE = /^ {0,3}(?:`{3}|~{3})/;

function linesOf(text) {
  let at = 0;
  return text.split("\n").map((line) => {
    const from = at;
    at += line.length + 1;
    return { from, to: from + line.length, text: line };
  });
}

const rowAt = (lines, position) => lines.findLastIndex((line) => line.from <= position);

const isInCode = (lines, row) =>
  lines.slice(0, row).filter((line) => FENCE.test(line.text)).length % 2 === 1;

// {indent, marker, gap, words} of a line that begins an item; null of any other.
function itemOf(line) {
  const found = ITEM.exec(line);
  if (!found) return null;
  const [, blanks, marker, gap, words] = found;
  return { indent: blanks.replaceAll("\t", "    ").length, marker, gap: gap || " ", words };
}

const isNumbered = (marker) => /\d/.test(marker);
const widthOf = (item) => item.marker.length + item.gap.length;
const written = (item) => " ".repeat(item.indent) + item.marker + item.gap + item.words;
const counted = (marker, number) => `${number}${marker.at(-1)}`;

// The rows of the list around a row: items, and what is indented under them, blank lines between included.
function listAround(lines, row) {
  const belongs = (index) => {
    const { text } = lines[index];
    return itemOf(text) !== null || /^[ \t]+\S/.test(text) || text.trim() === "";
  };
  let first = row;
  while (first > 0 && belongs(first - 1)) first -= 1;
  let last = row;
  while (last < lines.length - 1 && belongs(last + 1)) last += 1;
  while (lines[first].text.trim() === "") first += 1;
  while (lines[last].text.trim() === "") last -= 1;
  return [first, last];
}

// The same lines with their numbers in order; a list keeps the number that it begins with.
function renumber(texts, first, last) {
  const open = [];
  return texts.map((text, row) => {
    const item = row >= first && row <= last ? itemOf(text) : null;
    if (!item) return text;
    while (open.length && open.at(-1).indent > item.indent) open.pop();
    const level = open.at(-1);
    const kind = item.marker.at(-1);
    if (level?.indent === item.indent && level.kind === kind) {
      level.number += 1;
      return isNumbered(item.marker)
        ? written({ ...item, marker: counted(item.marker, level.number) })
        : text;
    }
    if (level?.indent === item.indent) open.pop();
    open.push({ indent: item.indent, kind, number: parseInt(item.marker, 10) || 0 });
    return text;
  });
}

// An edit from one text to another that touches no more than what differs.
function difference(before, after, from, to = from) {
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const change = {
    from: start,
    to: before.length - end,
    insert: after.slice(start, after.length - end),
  };
  return { changes: change.from === change.to && !change.insert ? [] : [change], from, to };
}

// From texts by line to an edit, with the cursor in a row at a distance from that line's end.
function rewritten(text, texts, row, fromEnd) {
  const end = texts.slice(0, row + 1).join("\n").length;
  return difference(text, texts.join("\n"), end - fromEnd);
}

// Enter at a cursor: the next item or quoted line, or the end of the list on an empty one.
// null where Enter is just a new line.
export function continueList(text, position) {
  const lines = linesOf(text);
  const row = rowAt(lines, position);
  const line = lines[row];
  if (isInCode(lines, row)) return null;
  const item = itemOf(line.text);
  if (!item) return continueQuote(text, position, line);
  if (position < line.to - item.words.length) return null;
  if (!item.words.trim()) return endItem(text, lines, row, item);
  const head = text.slice(line.from, position).trimEnd();
  const tail = text.slice(position, line.to).trimStart();
  const next = { ...item, words: tail, gap: item.gap.length > 4 ? " " : item.gap };
  const texts = lines.map((one) => one.text);
  // Numbered on from this one; `renumber` sees to those after it.
  if (isNumbered(item.marker)) next.marker = counted(item.marker, parseInt(item.marker, 10) + 1);
  texts.splice(row, 1, head, written(next));
  const [first, last] = listAround(lines, row);
  return rewritten(text, renumber(texts, first, last + 1), row + 1, tail.length);
}

function endItem(text, lines, row, item) {
  const texts = lines.map((one) => one.text);
  const parent = parentOf(lines, row, item.indent);
  const [first, last] = listAround(lines, row);
  if (!parent) {
    texts[row] = "";
    return rewritten(text, texts, row, 0);
  }
  texts[row] = written({ ...item, indent: parent.indent, marker: markerLike(parent), words: "" });
  return rewritten(text, renumber(texts, first, last), row, 0);
}

const markerLike = (item) => (isNumbered(item.marker) ? counted(item.marker, 1) : item.marker);

function continueQuote(text, position, line) {
  const quote = QUOTE.exec(line.text);
  if (!quote || position < line.from + quote[1].length) return null;
  if (!quote[2].trim()) {
    const { from, to } = line;
    return { changes: [{ from, to, insert: "" }], from, to: from };
  }
  const insert = `\n${quote[1].trimEnd()} `;
  const cursor = position + insert.length;
  return { changes: [{ from: position, to: position, insert }], from: cursor, to: cursor };
}

function parentOf(lines, row, indent) {
  for (let index = row - 1; index >= 0; index -= 1) {
    const { text } = lines[index];
    if (text.trim() === "") continue;
    const item = itemOf(text);
    if (item && item.indent < indent) return item;
    if (!item && !/^[ \t]/.test(text)) return null;
  }
  return null;
}

function siblingBefore(lines, row, indent) {
  for (let index = row - 1; index >= 0; index -= 1) {
    const { text } = lines[index];
    if (text.trim() === "") continue;
    const item = itemOf(text);
    if (item && item.indent === indent) return item;
    if ((item && item.indent < indent) || (!item && !/^[ \t]/.test(text))) return null;
  }
  return null;
}

// Tab (step 1) and Shift-Tab (step -1): the items from one row to another, each with what stands under it.
// An edit without changes where an item can go no deeper or further out; null outside lists.
export function indentItems(text, from, to, step) {
  const lines = linesOf(text);
  const firstRow = rowAt(lines, from);
  const lastRow = rowAt(lines, Math.max(from, to));
  const item = itemOf(lines[firstRow].text);
  if (!item || isInCode(lines, firstRow)) return null;
  const near = step > 0 ? siblingBefore(lines, firstRow, item.indent) : parentOf(lines, firstRow, item.indent);
  if (!near) return { changes: [], from, to };
  const shift = step > 0 ? widthOf(near) : near.indent - item.indent;
  const end = endOfItems(lines, firstRow, lastRow, item.indent);
  const texts = lines.map(({ text: one }, row) => {
    if (row < firstRow || row > end || one.trim() === "") return one;
    const blanks = one.length - one.trimStart().length;
    return " ".repeat(Math.max(0, blanks + shift)) + one.trimStart();
  });
  if (step > 0 && isNumbered(item.marker)) restart(texts, lines, firstRow);
  const [first, last] = listAround(lines, firstRow);
  const after = renumber(texts, first, last);
  const place = (position) => {
    const row = rowAt(lines, position);
    const start = after.slice(0, row).reduce((sum, one) => sum + one.length + 1, 0);
    const fromEnd = lines[row].to - position;
    return Math.max(start, start + after[row].length - fromEnd);
  };
  return difference(text, after.join("\n"), place(from), place(to));
}

// A numbered item that opens a list under another begins at 1.
function restart(texts, lines, row) {
  const item = itemOf(texts[row]);
  const moved = texts.map((text) => ({ text }));
  if (!siblingBefore(moved, row, item.indent)) {
    texts[row] = written({ ...item, marker: counted(item.marker, 1) });
  }
}

function endOfItems(lines, firstRow, lastRow, indent) {
  let end = lastRow;
  for (let row = lastRow + 1; row < lines.length; row += 1) {
    const { text } = lines[row];
    if (text.trim() === "") continue;
    if (text.length - text.trimStart().length <= indent) break;
    end = row;
  }
  return end;
}

// The selected lines as a list of bullets ("- ") or numbers ("1. "), or as text again when they are one.
export function toggleList(text, from, to, kind) {
  const numbered = /\d/.test(kind);
  const isThis = (line) => {
    const item = itemOf(line);
    return item !== null && isNumbered(item.marker) === numbered;
  };
  return toggleLines(text, from, to, isThis, (line, count) => {
    const item = itemOf(line);
    const words = item ? item.words : line.trimStart();
    const marker = numbered ? `${count}.` : "-";
    return written({ indent: item?.indent ?? 0, marker, gap: " ", words });
  }, (line) => itemOf(line).words, (line) => itemOf(line) !== null);
}

export function toggleQuote(text, from, to) {
  const isQuote = (line) => QUOTE.test(line);
  const unquoted = (line) => QUOTE.exec(line)[2];
  return toggleLines(text, from, to, isQuote, (line) => (isQuote(line) ? line : `> ${line}`), unquoted, isQuote);
}

function toggleLines(text, from, to, isThis, set, unset, isLike) {
  const lines = linesOf(text);
  const firstRow = rowAt(lines, from);
  const lastRow = rowAt(lines, to);
  const chosen = lines.slice(firstRow, lastRow + 1).map((line) => line.text);
  const full = chosen.filter((line) => line.trim());
  const isSet = full.length > 0 && full.every(isThis);
  let count = 0;
  const marked = chosen.map((line) => {
    if (!line.trim() && chosen.length > 1) return line;
    count += 1;
    return isSet ? unset(line) : set(line, count);
  });
  const before = lines[firstRow - 1]?.text ?? "";
  const after = lines[lastRow + 1]?.text ?? "";
  // Without a blank line, text before or after would run into the list.
  if (before.trim() && (isSet || !isLike(before))) marked.unshift("");
  const middle = marked.join("\n");
  const insert = after.trim() && (isSet || !isLike(after)) ? `${middle}\n` : middle;
  const start = lines[firstRow].from;
  const cursor = start + middle.length;
  return { changes: [{ from: start, to: lines[lastRow].to, insert }], from: cursor, to: cursor };
}
