// From the HTML of a clipboard (Word, LibreOffice, Google Docs, Excel, web pages) to the Markdown that an answer keeps.
// The parsed page is only read: nothing of it is ever shown, run or loaded.

import { blocksToMarkdown, runsToMarkdown } from "./paste-writing.js";
import { itemOfWord, noteOfWord, referenceOfWord } from "./paste-word.js";

const BLOCKS = new Set(
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CENTER DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL".split(" "),
);
const UNREAD = new Set(
  "BASE BUTTON COL COLGROUP DATALIST HEAD INPUT LINK META METER NOSCRIPT OPTION PROGRESS SCRIPT SELECT STYLE SVG TEMPLATE TEXTAREA TITLE XML".split(" "),
);
const EMBEDDED = new Set(["AUDIO", "CANVAS", "EMBED", "IFRAME", "OBJECT", "VIDEO"]);
const HEADING = /^H[1-6]$/;
const SAFE = /^(?:https?:\/\/|mailto:)/i;
const TEXT = 3;
const ELEMENT = 1;

const RAISED = Object.fromEntries([..."0123456789+-=()ni"].map((sign, at) => [sign, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ"[at]]));
const LOWERED = Object.fromEntries([..."0123456789+-=()"].map((sign, at) => [sign, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"[at]]));

// {text, isBlock, leftOut} of the body of a page that was parsed from `inert(html)`. `leftOut` counts what was not kept: pictures, links, embedded, comments;
// and says what was changed: colours, underlines, headings, merged, raised.
export function htmlToMarkdown(body) {
  const reading = new Reading();
  for (const element of Array.from(body.getElementsByTagName("div"))) {
    if (styleOf(element)["mso-element"] === "comment") reading.leave("comments");
  }
  const blocks = [...reading.blocks(body, {}), ...reading.notes];
  const isBlock = blocks.length > 1 || (blocks.length === 1 && blocks[0].kind !== "paragraph");
  const text = isBlock ? blocksToMarkdown(blocks) : runsToMarkdown(blocks[0]?.runs ?? []);
  return { text, isBlock, leftOut: reading.leftOut };
}

// HTML whose styles and handlers are mere data: the page's policy would refuse each of them aloud.
export const inert = (html) =>
  html
    .replace(/<style\b[\s\S]*?<\/style\s*>/gi, "")
    .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\s(style|on[a-z]+)\s*=/gi, " data-$1="));

// The declarations of an element's styles, by name in small letters.
function styleOf(element) {
  const style = element.getAttribute("data-style") ?? "";
  const pairs = style.split(";").map((rule) => {
    const colon = rule.indexOf(":");
    return [rule.slice(0, colon).trim().toLowerCase(), rule.slice(colon + 1).trim().toLowerCase()];
  });
  return Object.fromEntries(pairs.filter(([name]) => name));
}

class Reading {
  constructor() {
    this.leftOut = {};
    this.notes = [];
  }

  leave(what) {
    this.leftOut[what] = (this.leftOut[what] ?? 0) + 1;
  }

  isUnread(element) {
    if (UNREAD.has(element.tagName.toUpperCase())) return true;
    const style = styleOf(element);
    return (
      style.display === "none" ||
      style["mso-hide"] === "all" ||
      style["mso-element"] === "comment-list" ||
      element.hasAttribute("hidden")
    );
  }

  // Blocks: {kind: "paragraph", runs} | {kind: "list", items: [{ordered, start, blocks}]} | {kind: "quote", blocks}
  // | {kind: "code", text} | {kind: "table", alignments, rows of runs} | {kind: "rule"} | {kind: "note", label, blocks}
  blocks(parent, marks) {
    const blocks = [];
    let runs = [];
    const flush = () => {
      blocks.push(...paragraphsOf(runs));
      runs = [];
    };
    for (const node of Array.from(parent.childNodes)) {
      if (node.nodeType === ELEMENT && !this.isUnread(node) && isBlock(node)) {
        flush();
        this.block(node, marks, blocks);
      } else {
        runs.push(...this.runs(node, marks));
      }
    }
    flush();
    return blocks;
  }

  block(element, around, blocks) {
    const name = element.tagName.toUpperCase();
    const marks = this.marksOf(element, around);
    const style = styleOf(element);
    const note = noteOfWord(element, style);
    if (note) {
      this.notes.push({ kind: "note", label: note, blocks: this.blocks(element, {}) });
    } else if (HEADING.test(name)) {
      this.heading(element, blocks);
    } else if (itemOfWord(element, style)) {
      this.wordItem(element, style, marks, blocks);
    } else if (name === "UL" || name === "OL") {
      blocks.push(this.list(element, marks));
    } else if (name === "LI") {
      blocks.push({ kind: "list", items: [this.item(element, marks, false, 1)] });
    } else if (name === "TABLE") {
      blocks.push(...this.table(element, marks));
    } else if (name === "BLOCKQUOTE") {
      blocks.push({ kind: "quote", blocks: this.blocks(element, marks) });
    } else if (name === "PRE") {
      blocks.push({ kind: "code", text: element.textContent.replace(/\r\n?/g, "\n").replace(/\n$/, "") });
    } else if (name === "HR") {
      // Word draws a line before its notes.
      if (!/footnote-separator/.test(style["mso-special-character"] ?? "") && element.getAttribute("align") !== "left") {
        blocks.push({ kind: "rule" });
      }
    } else {
      blocks.push(...this.blocks(element, marks));
    }
  }

  // An answer has no headings: its words stay, in bold.
  heading(element, blocks) {
    const read = this.blocks(element, { isQuiet: true });
    if (!read.length) return;
    this.leave("headings");
    for (const block of read) {
      if (block.kind === "paragraph") for (const run of block.runs) run.bold = true;
      blocks.push(block);
    }
  }

  list(element, marks) {
    const ordered = element.tagName.toUpperCase() === "OL";
    const items = [];
    let number = Number(element.getAttribute("start")) || 1;
    for (const child of Array.from(element.children)) {
      const name = child.tagName.toUpperCase();
      if (name === "UL" || name === "OL") {
        // Google Docs and old pages put the inner list beside its item.
        const inner = this.list(child, marks);
        if (items.length) items.at(-1).blocks.push(inner);
        else items.push(...inner.items);
      } else if (!this.isUnread(child)) {
        items.push(this.item(child, marks, ordered, number));
        number += 1;
      }
    }
    return { kind: "list", items };
  }

  item(element, marks, ordered, start) {
    return { ordered, start, blocks: this.blocks(element, this.marksOf(element, marks)) };
  }

  // Word writes each item of a list as a paragraph that names its level.
  wordItem(element, style, marks, blocks) {
    const { level, ordered, start } = itemOfWord(element, style);
    const item = { ordered, start, blocks: this.blocks(element, marks) };
    let around = blocks;
    for (let depth = 1; depth < level; depth += 1) {
      const last = around.at(-1)?.kind === "list" && around.at(-1).items.at(-1);
      if (!last) break;
      around = last.blocks;
    }
    const list = around.at(-1);
    // Bullets after numbers are another list.
    if (list?.kind === "list" && list.items[0]?.ordered === ordered) list.items.push(item);
    else around.push({ kind: "list", items: [item] });
  }

  table(element, marks) {
    const lines = rowsOf(element).filter((line) => cellsOf(line).length);
    const width = Math.max(0, ...lines.map((line) => cellsOf(line).reduce((sum, cell) => sum + span(cell, "colspan"), 0)));
    const isLayout = width === 1 && lines.length === 1;
    if (isLayout || element.getAttribute("role") === "presentation") {
      return lines.flatMap((line) => cellsOf(line).flatMap((cell) => this.blocks(cell, marks)));
    }
    if (!width) return [];
    const grid = lines.map(() => Array(width).fill(null));
    const alignments = Array(width).fill("");
    lines.forEach((line, row) => {
      let column = 0;
      for (const cell of cellsOf(line)) {
        while (grid[row][column]) column += 1;
        if (column >= width) break;
        this.place(cell, grid, row, column, marks);
        const wanted = styleOf(cell)["text-align"] ?? cell.getAttribute("align")?.toLowerCase();
        if (row > 0 && ["right", "center"].includes(wanted)) alignments[column] = wanted;
      }
    });
    const rows = grid.map((row) => row.map((runs) => runs ?? []));
    return [{ kind: "table", alignments, rows }];
  }

  place(cell, grid, row, column, marks) {
    const across = span(cell, "colspan");
    const down = span(cell, "rowspan");
    if (across > 1 || down > 1) this.leave("merged");
    const isHead = cell.tagName.toUpperCase() === "TH";
    const runs = this.blocks(cell, this.marksOf(cell, marks)).flatMap((block, index) => {
      const inner = flat(block);
      return index ? [{ text: " " }, ...inner] : inner;
    });
    for (const run of runs) {
      if (run.isBreak) {
        delete run.isBreak;
        run.text = " ";
      }
      // The first row of a table is bold by itself.
      if (isHead || row === 0) run.bold = false;
    }
    for (let line = row; line < Math.min(row + down, grid.length); line += 1) {
      for (let at = column; at < Math.min(column + across, grid[line].length); at += 1) {
        grid[line][at] = line === row && at === column ? runs : [];
      }
    }
  }

  // Runs: {text, bold, italic, strike, code, href, note} or {isBreak}.
  runs(node, around) {
    if (node.nodeType === TEXT) return [{ ...around, text: blanks(node.nodeValue) }];
    if (node.nodeType !== ELEMENT || this.isUnread(node)) return [];
    const name = node.tagName.toUpperCase();
    if (name === "BR") return [{ isBreak: true }];
    if (name === "IMG" || name === "V:IMAGEDATA") return this.picture(node, around);
    if (EMBEDDED.has(name)) {
      this.leave("embedded");
      return [];
    }
    if ((styleOf(node)["mso-list"] ?? "") === "ignore") return [];
    const note = referenceOfWord(node);
    if (note?.isBack) return [];
    if (note) return [{ note: note.label, text: "" }];
    const marks = this.marksOf(node, around);
    if (name === "A") marks.href = this.target(node) ?? around.href;
    const inside = Array.from(node.childNodes).flatMap((child) => this.runs(child, marks));
    if (name === "SUP") return this.shifted(inside, RAISED);
    if (name === "SUB") return this.shifted(inside, LOWERED);
    if (name === "Q") return [{ ...marks, text: "“" }, ...inside, { ...marks, text: "”" }];
    return inside;
  }

  picture(element, around) {
    const alt = element.getAttribute("alt") ?? "";
    if (/^\p{Emoji_Presentation}$/u.test(alt)) return [{ ...around, text: alt }];
    // A dot of one pixel only counts its readers.
    if (!["0", "1"].includes(element.getAttribute("width") ?? "")) this.leave("pictures");
    return [];
  }

  target(link) {
    const href = (link.getAttribute("href") ?? "").trim();
    if (!href || href.startsWith("#")) return undefined;
    if (SAFE.test(href)) return href;
    this.leave("links");
    return undefined;
  }

  shifted(runs, signs) {
    const text = runs.map((run) => run.text ?? "").join("").trim();
    if (!text) return runs;
    if (![...text].every((sign) => sign in signs)) {
      this.leave("raised");
      return runs;
    }
    return runs.map((run) => ({ ...run, text: [...(run.text ?? "")].map((sign) => signs[sign] ?? sign).join("") }));
  }

  marksOf(element, around) {
    const name = element.tagName.toUpperCase();
    const style = styleOf(element);
    const marks = { ...around };
    if (name === "B" || name === "STRONG") marks.bold = true;
    if (["I", "EM", "CITE", "DFN", "VAR"].includes(name)) marks.italic = true;
    if (["S", "DEL", "STRIKE"].includes(name)) marks.strike = true;
    if (["CODE", "TT", "KBD", "SAMP"].includes(name)) marks.code = true;
    const weight = style["font-weight"];
    if (weight) marks.bold = weight === "bold" || weight === "bolder" || Number(weight) >= 600;
    if (style["font-style"]) marks.italic = /italic|oblique/.test(style["font-style"]);
    const line = `${style["text-decoration"] ?? ""} ${style["text-decoration-line"] ?? ""}`;
    if (/line-through/.test(line)) marks.strike = true;
    const hasText = () => Boolean(element.textContent.trim());
    const colours = [style.color, element.getAttribute("color"), style.background, style["background-color"]];
    // Links, headings and tables have their colours from whoever made the page, and nobody misses them.
    if (name === "A" || name === "TABLE") marks.isQuiet = true;
    if (!marks.isQuiet && (name === "U" || /underline/.test(line)) && hasText()) this.leave("underlines");
    if (!marks.isQuiet && colours.some(isColour) && hasText()) this.leave("colours");
    return marks;
  }
}

const isBlock = (element) =>
  BLOCKS.has(element.tagName.toUpperCase()) ||
  Array.from(element.children).some((child) => !UNREAD.has(child.tagName.toUpperCase()) && isBlock(child));

const rowsOf = (table) =>
  Array.from(table.getElementsByTagName("tr")).filter((row) => row.closest("table") === table);

const cellsOf = (row) => Array.from(row.children).filter((cell) => /^T[DH]$/.test(cell.tagName.toUpperCase()));

const span = (cell, name) => Math.min(100, Math.max(1, Number(cell.getAttribute(name)) || 1));

// A block's words on one line, for a cell.
function flat(block) {
  if (block.runs) return block.runs;
  if (block.kind === "code") return [{ text: blanks(block.text), code: true }];
  if (block.kind === "table") return block.rows.flat().flatMap((runs) => [...runs, { text: " " }]);
  const inner = block.items ? block.items.flatMap((item) => item.blocks) : (block.blocks ?? []);
  return inner.flatMap((one, index) => (index ? [{ text: block.items ? "; " : " " }, ...flat(one)] : flat(one)));
}

// Every run of blanks is one blank, non-breaking ones too; what can't be seen is gone.
const blanks = (text) => text.replace(/[\u200b\u2060\ufeff\u00ad]/g, "").replace(/[ \t\r\n\f\u00a0]+/g, " ");

// Two line breaks in a row end a paragraph.
function paragraphsOf(runs) {
  const paragraphs = [[]];
  let breaks = 0;
  for (const run of runs) {
    if (run.isBreak) {
      breaks += 1;
    } else if (breaks && !run.note && !run.text.trim()) {
      continue;
    } else {
      if (breaks > 1) paragraphs.push([]);
      else if (breaks && paragraphs.at(-1).length) paragraphs.at(-1).push({ isBreak: true });
      breaks = 0;
      paragraphs.at(-1).push(run);
    }
  }
  return paragraphs
    .filter((inside) => inside.some((run) => run.note || run.text?.trim()))
    .map((inside) => ({ kind: "paragraph", runs: inside }));
}

// Grey, black and white are how pages look; a colour means something.
function isColour(value) {
  if (!value) return false;
  const text = value.trim().toLowerCase();
  const hex = /^#([0-9a-f]{3,8})\b/.exec(text)?.[1];
  const parts = /^rgba?\(([^)]+)\)/.exec(text)?.[1].split(/[\s,/]+/).map(Number);
  let channels;
  if (hex) {
    const wide = hex.length < 6 ? [...hex].map((digit) => digit + digit).join("") : hex;
    channels = [0, 2, 4].map((at) => parseInt(wide.slice(at, at + 2), 16));
  } else if (parts) {
    if (parts[3] === 0) return false;
    channels = parts.slice(0, 3);
  } else {
    return /^(?:red|blue|green|yellow|orange|purple|magenta|fuchsia|cyan|aqua|lime|navy|maroon|teal|olive|dark(?:red|blue|green|cyan|magenta|yellow))\b/.test(text);
  }
  return Math.max(...channels) - Math.min(...channels) > 60;
}

// What is pasted, as an edit: blocks stand apart from the text around them.
export function fitPaste(text, from, to, pasted) {
  const before = text.slice(text.lastIndexOf("\n", from - 1) + 1, from);
  const after = text.slice(to).split("\n", 1)[0];
  let insert = pasted.text;
  if (pasted.isBlock) {
    if (before.trim()) insert = `\n\n${insert}`;
    else if (text.slice(0, from).trim() && !text.slice(0, from).endsWith("\n\n")) insert = `\n${insert}`;
    if (after.trim()) insert = `${insert}\n\n`;
    else if (text.slice(to).startsWith("\n") && text.slice(to).trim() && !text.slice(to).startsWith("\n\n")) insert = `${insert}\n`;
  }
  const cursor = from + insert.length;
  return { changes: [{ from, to, insert }], from: cursor, to: cursor };
}
