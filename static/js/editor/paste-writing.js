// Blocks and runs, as paste.js reads them, written as Markdown.

import { writeTable } from "./tables.js";

const PUNCTUATION = /[^\p{L}\p{N}\s]/u;
const MARKS = [
  ["strike", "~~"],
  ["bold", "**"],
  ["italic", "*"],
];

export function blocksToMarkdown(blocks) {
  return blocks.map(blockToMarkdown).filter(Boolean).join("\n\n");
}

function blockToMarkdown(block) {
  switch (block.kind) {
    case "paragraph":
      return escapeStart(runsToMarkdown(block.runs));
    case "list":
      return listToMarkdown(block.items);
    case "quote":
      return blocksToMarkdown(block.blocks).split("\n").map((line) => `> ${line}`.trimEnd()).join("\n");
    case "code":
      return `${fenceFor(block.text)}\n${block.text}\n${fenceFor(block.text)}`;
    case "table":
      return writeTable({ ...block, rows: block.rows.map((row) => row.map((runs) => runsToMarkdown(runs))) });
    case "note":
      return `[^${block.label}]: ${indented(blocksToMarkdown(block.blocks), 4)}`;
    default:
      return "---";
  }
}

function fenceFor(text) {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  return "`".repeat(longest + 1);
}

const indented = (text, width) => text.replace(/\n(?=[^\n])/g, `\n${" ".repeat(width)}`);

function listToMarkdown(items) {
  let number = items[0]?.start ?? 1;
  const isTight = items.every((item) => item.blocks.filter((block) => block.kind !== "list").length < 2);
  const written = items
    .filter((item) => item.blocks.length)
    .map((item) => {
      const marker = item.ordered ? `${number}. ` : "- ";
      number += 1;
      const inner = item.blocks.map(blockToMarkdown).filter(Boolean);
      return marker + indented(inner.join(isTight ? "\n" : "\n\n"), marker.length);
    });
  return written.join(isTight ? "\n" : "\n\n");
}

// Runs that stand side by side with the same marks are one.
function joined(runs) {
  const result = [];
  for (const run of runs) {
    const last = result.at(-1);
    const isSame =
      last && !last.isBreak && !run.isBreak && !last.note && !run.note && last.href === run.href &&
      ["strike", "bold", "italic", "code"].every((mark) => Boolean(last[mark]) === Boolean(run[mark]));
    if (isSame) last.text += run.text;
    else if (run.isBreak || run.note || run.text) result.push({ ...run });
  }
  return result;
}

// The runs of one paragraph on one line, but for the breaks that were asked for.
export function runsToMarkdown(runs) {
  const text = writeMarks(withBlanksOutside(joined(runs)));
  return text
    .replace(/ *\n */g, (found) => (found.includes("\n") ? "  \n" : found))
    .replace(/(\S) {2,}(?=\S)/g, "$1 ")
    .trim();
}

// A blank between two runs belongs to neither: a mark beside a blank is no mark. A mark on blanks alone is nothing.
function withBlanksOutside(runs) {
  const apart = runs.flatMap((run) => {
    if (run.isBreak || run.note || run.code) return [run];
    const [, before, words, after] = /^(\s*)([\s\S]*?)(\s*)$/.exec(run.text);
    const blank = (text) => (text ? [{ text: " ", isBlank: true, marksOf: run }] : []);
    return words ? [...blank(before), { ...run, text: words }, ...blank(after)] : blank(before);
  });
  // Between two runs that share a mark, the blank has it too, so that the mark goes on.
  return apart.map((run, index) => {
    if (!run.isBlank) return run;
    const left = apart.slice(0, index).findLast((one) => !one.isBlank);
    const right = apart.slice(index).find((one) => !one.isBlank);
    const shared = (mark) => (left?.[mark] && left[mark] === right?.[mark] ? left[mark] : undefined);
    return { text: " ", href: shared("href"), strike: shared("strike"), bold: shared("bold"), italic: shared("italic") };
  });
}

// From the outermost mark inwards: links first, then at each place the mark that goes furthest.
function writeMarks(runs) {
  let text = "";
  for (let index = 0; index < runs.length; ) {
    const { href } = runs[index];
    let end = index + 1;
    while (end < runs.length && runs[end].href === href) end += 1;
    const group = runs.slice(index, end);
    if (href) text += writeLink(writeSpans(group, MARKS, "[", "]"), href, group);
    else text += writeSpans(group, MARKS, lastPiece(text), firstSign(runs[end], MARKS));
    index = end;
  }
  return text;
}

// `before` and `after` are what stands beside the runs, undefined at the edge of a paragraph or a mark.
function writeSpans(runs, marks, before, after) {
  let text = "";
  for (let index = 0; index < runs.length; ) {
    const [end, mark] = longestSpan(runs, index, marks);
    const next = firstSign(runs[end], marks) ?? after;
    if (mark) {
      const others = marks.filter((other) => other !== mark);
      const inner = writeSpans(runs.slice(index, end), others);
      text += wrapped(inner, mark[1], lastPiece(text) ?? before, next);
    } else {
      text += writeRun(runs[index], next);
    }
    index = end;
  }
  return text;
}

function longestSpan(runs, start, marks) {
  let longest = [start + 1, null];
  for (const mark of marks) {
    let end = start;
    while (end < runs.length && runs[end][mark[0]]) end += 1;
    if (end > start && (end > longest[0] || !longest[1])) longest = [end, mark];
  }
  return longest;
}

// A sign after a backslash is one piece with it.
const piecesOf = (text) => text.match(/\\[!-/:-@[-`{-~]|[^]/gu) ?? [];
const lastPiece = (text) => piecesOf(text).at(-1);

// What a run will begin with, where these marks are still to be set.
function firstSign(run, marks) {
  if (!run) return undefined;
  if (run.isBreak) return "\n";
  if (run.note || (run.href && marks === MARKS)) return "[";
  const mark = marks.find(([name]) => run[name]);
  if (mark) return mark[1][0];
  return run.code ? "`" : piecesOf(escapeWords(run.text))[0];
}

const isBlank = (piece) => piece === undefined || /^\s$/.test(piece);
const isSign = (piece) => piece !== undefined && PUNCTUATION.test(piece.at(-1));

// Whether a mark may stand between what is outside and what is inside of it; each reader of Markdown has this rule.
const holds = (outside, inside, sign) =>
  !isBlank(inside) && outside !== sign && (!isSign(inside) || isBlank(outside) || isSign(outside));

// A mark around words. Signs at its edges go outside where it would not hold with them; where nothing helps, the words
// stand without the mark.
function wrapped(inner, mark, before, after) {
  const sign = mark[0];
  const pieces = piecesOf(inner);
  const isMark = (piece) => piece === "*" || piece === "~";
  let start = 0;
  let end = pieces.length;
  let outside = before;
  while (start < end && !holds(outside, pieces.slice(start).find((piece) => !isMark(piece)), sign)) {
    // A lone backslash would make the mark a sign.
    if (isMark(pieces[start]) || outside === sign || pieces[start] === "\\") return inner;
    outside = pieces[start];
    start += 1;
  }
  outside = after;
  while (end > start && !holds(outside, pieces.slice(0, end).findLast((piece) => !isMark(piece)), sign)) {
    if (isMark(pieces[end - 1]) || outside === sign) return inner;
    end -= 1;
    outside = pieces[end];
  }
  const join = (from, to) => pieces.slice(from, to).join("");
  return start < end ? join(0, start) + mark + join(start, end) + mark + join(end) : inner;
}

function writeLink(inner, href, runs) {
  const words = inner.trim();
  if (!words) return inner;
  const plain = runs.map((run) => run.text ?? "").join("").trim();
  if (plain === href) return `<${href}>`;
  const target = href.replace(/[\s()<>\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);
  return `[${words}](${target})`;
}

function writeRun(run, next) {
  if (run.isBreak) return "\n";
  if (run.note) return `[^${run.note}]`;
  if (run.code) return run.text.trim() ? writeCode(run.text.trim()) : " ";
  return escapeWords(run.text, next);
}

function writeCode(text) {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return fence + pad + text + pad + fence;
}

// Only what our own parser would read as a mark gets a backslash: the text stays readable.
export function escapeWords(text, next = "") {
  return text
    .replace(/\\(?=[!-/:-@[-`{-~]|$)/g, "\\\\")
    .replace(/[*`]/g, "\\$&")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replace(/~~/g, "\\~~")
    .replace(/\[(?=\^)/g, "\\[")
    .replace(next.startsWith("(") ? /\](?=\(|$)/g : /\](?=\()/g, "\\]")
    .replace(/\^(?=\[)/g, "\\^")
    .replace(/<(?=[a-z][a-z0-9+.-]+:|[^\s<>]+@)/gi, "\\<")
    .replace(/&(?=#?\w+;)/g, "\\&");
}

// What would begin a list, a quote or a rule at the start of a line.
const escapeStart = (text) =>
  text
    .replace(/^([-+])(?=\s|$)/gm, "\\$1")
    .replace(/^(\d{1,9})([.)])(?=\s|$)/gm, "$1\\$2")
    .replace(/^>/gm, "\\>")
    .replace(/^(-{3,}|~{3,}|={3,})/gm, "\\$1");
