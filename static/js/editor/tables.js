// Tables of Markdown: found in a text, read into cells, written tidily. A cell holds Markdown on one line.

const FENCE = /^ {0,3}(?:`{3}|~{3})/;
const RULE_CELL = /^[ \t]*:?-+:?[ \t]*$/;
const OTHER_BLOCK = /^ {0,3}(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]|`{3}|~{3}|\[\^[^\]]+\]:)/;

// The cells of one row; a bar after a backslash is part of its cell.
export function cellsOf(line) {
  const cells = [];
  let cell = "";
  const inner = line.trim().replace(/^\|/, "");
  for (let index = 0; index < inner.length; index += 1) {
    if (inner[index] === "\\" && inner[index + 1] === "|") {
      cell += "|";
      index += 1;
    } else if (inner[index] === "\\" && index + 1 < inner.length) {
      cell += inner[index] + inner[index + 1];
      index += 1;
    } else if (inner[index] === "|") {
      cells.push(cell.trim());
      cell = "";
    } else {
      cell += inner[index];
    }
  }
  if (cell.trim() || !/\|\s*$/.test(inner)) cells.push(cell.trim());
  return cells;
}

const isRule = (line) => line.includes("-") && /[|:]/.test(line) && cellsOf(line).every((cell) => RULE_CELL.test(cell));

function alignmentOf(cell) {
  const mark = cell.trim();
  if (mark.startsWith(":") && mark.endsWith(":") && mark.length > 1) return "center";
  if (mark.startsWith(":")) return "left";
  return mark.endsWith(":") ? "right" : "";
}

// The table in which a position stands: {from, to, indent, alignments, rows}, the head as its first row; else null.
export function tableAt(text, position) {
  const lines = text.split("\n");
  const starts = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + 1;
  }
  const row = starts.findLastIndex((start) => start <= position);
  if (!lines[row].trim()) return null;
  let top = row;
  while (top > 0 && lines[top - 1].trim()) top -= 1;
  for (let rule = top + 1; rule < lines.length && lines[rule].trim(); rule += 1) {
    if (!isRule(lines[rule]) || !lines[rule - 1].includes("|")) continue;
    const head = cellsOf(lines[rule - 1]);
    const alignments = cellsOf(lines[rule]).map(alignmentOf);
    if (head.length !== alignments.length) continue;
    let last = rule;
    while (lines[last + 1]?.trim() && !OTHER_BLOCK.test(lines[last + 1])) last += 1;
    if (row < rule - 1 || row > last) continue;
    if (lines.slice(0, rule).filter((line) => FENCE.test(line)).length % 2 === 1) return null;
    const indent = /^[ \t]*/.exec(lines[rule - 1])[0];
    const rows = [head, ...lines.slice(rule + 1, last + 1).map(cellsOf)];
    const even = rows.map((cells) => alignments.map((_alignment, column) => cells[column] ?? ""));
    return {
      from: starts[rule - 1],
      to: starts[last] + lines[last].length,
      indent,
      alignments,
      rows: even,
    };
  }
  return null;
}

// A cell as it may stand between two bars.
const escapeCell = (cell) =>
  cell.replace(/\s*\n\s*/g, " ").trim().replace(/(\\*)\|/g, (_all, slashes) => `${slashes.length % 2 ? slashes.slice(1) : slashes}\\|`);

const letters = (text) => [...text].length;
const WIDEST = 100;

function ruleFor(alignment, width) {
  const dashes = Math.max(3, width);
  if (alignment === "center") return `:${"-".repeat(dashes - 2)}:`;
  if (alignment === "left") return `:${"-".repeat(dashes - 1)}`;
  if (alignment === "right") return `${"-".repeat(dashes - 1)}:`;
  return "-".repeat(dashes);
}

function padded(cell, width, alignment) {
  const blanks = width - letters(cell);
  if (blanks <= 0) return cell;
  if (alignment === "right") return " ".repeat(blanks) + cell;
  const before = alignment === "center" ? Math.floor(blanks / 2) : 0;
  return " ".repeat(before) + cell + " ".repeat(blanks - before);
}

// The Markdown of {alignments, rows, indent}; bars stand under each other unless the table is too wide for that.
export function writeTable({ alignments, rows, indent = "" }) {
  const cells = rows.map((row) => row.map(escapeCell));
  const widths = alignments.map((_alignment, column) =>
    Math.max(3, ...cells.map((row) => letters(row[column]))),
  );
  const isWide = widths.reduce((sum, width) => sum + width + 3, 1) > WIDEST;
  const line = (row) =>
    `${indent}| ${row.map((cell, column) => (isWide ? cell : padded(cell, widths[column], alignments[column]))).join(" | ")} |`;
  const rule = alignments.map((alignment, column) => ruleFor(alignment, isWide ? 3 : widths[column]));
  return [line(cells[0]), `${indent}| ${rule.join(" | ")} |`, ...cells.slice(1).map(line)].join("\n");
}

export const emptyTable = (columns = 2, rows = 3) => ({
  alignments: Array(columns).fill(""),
  rows: Array.from({ length: rows }, () => Array(columns).fill("")),
});

// A new table's Markdown in a text, with a blank line on either side where there is text.
export function insertBlock(text, from, to, block) {
  const before = text.slice(0, from);
  const after = text.slice(to);
  const gapBefore = !before.trim() ? "" : before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const gapAfter = !after.trim() ? "" : after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  const insert = gapBefore + block + gapAfter;
  const cursor = from + gapBefore.length + block.length;
  return { changes: [{ from, to, insert }], from: cursor, to: cursor };
}

// Where words stand in a text, each place. A table may stand there twice.
export function placesOf(text, words) {
  const places = [];
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + words.length)) places.push(at);
  return places;
}
