// Markdown as the document reads it (briefs/document/markdown.py): tables, strikethrough and footnotes, but no headings,
// raw HTML or reference definitions. Nothing looks like a mark here that is only text in the brief.

import { Tag, styleTags, tags } from "@lezer/highlight";
import { Strikethrough, Table, parser } from "@lezer/markdown";

export const noteTag = Tag.define();

const NOTE = /^\[\^[^\]\s]+\]/;
const DEFINITION = /^\[\^[^\] ]+\]:/;
const LIST_MARK = /^(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)/;
const NOTE_INDENT = 4;
const [OPENING, BACKSLASH, CLOSING, CARET, BACKTICK] = [91, 92, 93, 94, 96];

// A note's text stands behind its label, and in the lines that stand in by four under it.
function definesNote(context, line) {
  const found = line.indent < line.baseIndent + 4 && DEFINITION.exec(line.text.slice(line.pos));
  if (!found) return false;
  const start = context.lineStart + line.pos;
  context.startComposite("FootnoteDefinition", line.pos, line.indent);
  context.addElement(context.elt("FootnoteMark", start, start + found[0].length));
  line.moveBase(line.pos + found[0].length);
  return null;
}

// Right under the words of a quote it is one more line of them.
function endsParagraph(context, line) {
  if (line.indent >= line.baseIndent + 4 || !DEFINITION.test(line.text.slice(line.pos))) return false;
  for (let depth = line.depth; depth < context.depth; depth += 1) {
    if (context.parentType(depth).name === "Blockquote") return false;
  }
  return true;
}

function isInNote(context, line, indent) {
  if (line.pos === line.text.length) return true;
  if (line.indent < indent + NOTE_INDENT) return false;
  line.moveBaseColumn(indent + NOTE_INDENT);
  return true;
}

// The place behind the bracket that closes the one before `position`, -1 when none does.
function closingOf(context, position) {
  for (let depth = 1; position < context.end; position += 1) {
    const unit = context.char(position);
    if (unit === BACKSLASH) position += 1;
    else if (unit === BACKTICK) position = afterCode(context, position) - 1;
    else if (unit === OPENING) depth += 1;
    else if (unit === CLOSING && (depth -= 1) === 0) return position + 1;
  }
  return -1;
}

function afterCode(context, position) {
  const rest = context.slice(position, context.end);
  const [fence] = /^`+/.exec(rest);
  const code = new RegExp("^" + fence + "(?!`)[^]*?[^`]" + fence + "(?!`)").exec(rest) ?? [fence];
  return position + code[0].length;
}

// `^[a note where it is referred to]`
function noteInLine(context, start) {
  const end = closingOf(context, start + 2);
  if (end < 0) return -1;
  const words = context.parser.parseInline(context.slice(start + 2, end - 1), start + 2);
  return context.addElement(
    context.elt("InlineFootnote", start, end, [
      context.elt("FootnoteMark", start, start + 2),
      ...words,
      context.elt("FootnoteMark", end - 1, end),
    ]),
  );
}

const Footnote = {
  defineNodes: [
    { name: "FootnoteDefinition", block: true, composite: isInNote },
    { name: "FootnoteReference" },
    { name: "InlineFootnote" },
    { name: "FootnoteMark" },
  ],
  props: [styleTags({ "FootnoteReference FootnoteMark": noteTag })],
  parseBlock: [
    {
      name: "FootnoteDefinition",
      before: "LinkReference",
      parse: definesNote,
      endLeaf: endsParagraph,
    },
  ],
  parseInline: [
    {
      name: "FootnoteReference",
      before: "Link",
      parse(context, next, position) {
        if (next === CARET && context.char(position + 1) === OPENING) return noteInLine(context, position);
        if (next !== OPENING) return -1;
        const found = NOTE.exec(context.slice(position, context.end));
        if (!found) return -1;
        const end = position + found[0].length;
        return context.addElement(context.elt("FootnoteReference", position, end));
      },
    },
  ],
};

// A mark of a list that stands further out than the words above it begins a list, whatever its number.
const OuterList = {
  parseBlock: [
    {
      name: "OuterList",
      endLeaf: (context, line) =>
        line.depth < context.depth && line.indent < line.baseIndent + 4 && LIST_MARK.test(line.text.slice(line.pos)),
    },
  ],
};

// Cells are words, and only the head of a table is bold.
const quietTable = { props: [styleTags({ "TableHeader/...": tags.strong })] };

export const grammar = parser.configure([
  { remove: ["ATXHeading", "SetextHeading", "HTMLBlock", "HTMLTag", "LinkReference"] },
  Table,
  quietTable,
  Strikethrough,
  Footnote,
  OuterList,
]);
