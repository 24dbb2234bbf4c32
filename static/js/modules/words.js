// The words of an answer as a reader sees them, counted as briefs/document/words.py does: without marks, link targets, numbers
// of items and marks of notes. tests/word_counts.json holds both to the same numbers.

import { grammar } from "../editor/grammar.js";

// Scripts written without blanks between words: each character counts as one word.
const UNSPACED = "\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
// The blanks of Python, which are those of JavaScript with four separators and U+0085, and without U+FEFF.
const BLANKS = "\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const WORD = new RegExp(`[${UNSPACED}]|(?![${UNSPACED}])[\\p{L}\\p{N}][^${BLANKS}\\u2014\\u2026${UNSPACED}]*`, "gu");
// Without any of these, and without numbered items, a text reads as it is written.
const MARKS = /[*_`~[\]<>&\\|^]|^[ \t]*\d{1,9}[.)](?:[ \t]|$)/m;

// What is only there for the program.
const UNSEEN = new Set([
  ...["CodeMark", "EmphasisMark", "FootnoteMark", "LinkMark", "ListMark", "QuoteMark", "StrikethroughMark"],
  ...["CodeInfo", "HorizontalRule", "LinkTitle"],
]);
const UNSAFE_TARGET = /^<?(?:javascript|vbscript|file|data):/i;
const NOTE_LABEL = /^\[\^(.*?)\]/;

// The character that an entity stands for; the browser knows all their names.
function character(typed) {
  return new DOMParser().parseFromString(`.${typed}`, "text/html").body.textContent.slice(1);
}

export function countWords(text) {
  return (plain(text.normalize("NFC")).match(WORD) ?? []).length;
}

function plain(text) {
  return MARKS.test(text) ? new Reading(text).words : text;
}

class Reading {
  constructor(text) {
    this.text = text;
    const top = grammar.parse(text).topNode;
    this.notes = new Set();
    top.cursor().iterate((node) => {
      if (node.name === "FootnoteDefinition") this.notes.add(this.labelOf(node));
    });
    this.inLine = [];
    this.words = [this.within(top), ...this.inLine].join("\n");
  }

  typed(node) {
    return this.text.slice(node.from, node.to);
  }

  labelOf(note) {
    return NOTE_LABEL.exec(this.text.slice(note.from))[1];
  }

  within(node) {
    return this.between(node.from, node.firstChild, node.to);
  }

  // What is seen of the text from one place to another, of which `child` is the first node.
  between(place, child, end) {
    let words = "";
    for (; child && child.from < end; child = child.nextSibling) {
      words += this.text.slice(place, child.from) + this.one(child);
      place = child.to;
    }
    return words + this.text.slice(place, end);
  }

  one(node) {
    if (UNSEEN.has(node.name)) return "";
    switch (node.name) {
      case "Link":
      case "Image":
        return this.link(node);
      case "Table":
        return this.table(node);
      case "FootnoteDefinition":
        return this.note(node);
      case "FootnoteReference":
        return this.notes.has(this.labelOf(node)) ? "" : this.typed(node);
      case "InlineFootnote":
        this.inLine.push(this.within(node));
        return "";
      case "Escape":
        return this.typed(node).slice(1);
      case "Entity":
        return character(this.typed(node));
      case "HardBreak":
        return " ";
      default:
        return this.within(node);
    }
  }

  // The words of a link or the description of a picture; what only looks like one is as it is typed.
  link(node) {
    const [opening, closing, ofTarget] = node.getChildren("LinkMark");
    const target = node.getChild("URL");
    if (!ofTarget || (target && UNSAFE_TARGET.test(this.typed(target)))) return this.typed(node);
    return this.between(opening.to, opening.nextSibling, closing.from);
  }

  // A reference to the note that it stands in leads nowhere.
  note(node) {
    const label = this.labelOf(node);
    const wasKnown = this.notes.delete(label);
    const words = this.within(node);
    if (wasKnown) this.notes.add(label);
    return words;
  }

  // Cells beyond those of the head aren't read.
  table(node) {
    const columns = this.typed(node.getChild("TableDelimiter")).match(/-+/g).length;
    const rows = [node.getChild("TableHeader"), ...node.getChildren("TableRow")];
    return rows.map((row) => this.cells(row, columns)).join("\n");
  }

  cells(row, columns) {
    let words = "";
    let column = this.text[row.from] === "|" ? -1 : 0;
    for (const child of children(row)) {
      if (child.name === "TableDelimiter") column += 1;
      else if (column < columns) words += ` ${this.one(child)}`;
    }
    return words;
  }
}

function* children(node) {
  for (let child = node.firstChild; child; child = child.nextSibling) yield child;
}
