// Markdown that looks like what it says while it stays as typed: words in their style, marks dimmed, lists hanging.

import { HighlightStyle, syntaxHighlighting, syntaxTree } from "@codemirror/language";
import { RangeSetBuilder } from "@codemirror/state";
import { Decoration, ViewPlugin } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { answerLanguage } from "./answer-language.js";
import { noteTag } from "./grammar.js";

// Classes and no styles: the look is in static/css/editor.css.
const words = HighlightStyle.define([
  { tag: tags.strong, class: "look-strong" },
  { tag: tags.emphasis, class: "look-emphasis" },
  { tag: tags.strikethrough, class: "look-strike" },
  { tag: tags.monospace, class: "look-code" },
  { tag: tags.link, class: "look-link" },
  { tag: tags.url, class: "look-address" },
  { tag: tags.processingInstruction, class: "look-mark" },
  { tag: tags.escape, class: "look-mark" },
  { tag: tags.contentSeparator, class: "look-mark" },
  { tag: noteTag, class: "look-note" },
]);

const LINE_CLASSES = {
  Blockquote: "look-quote",
  FencedCode: "look-block",
  CodeBlock: "look-block",
  Table: "look-table",
  ListItem: "look-item",
};
const ITEM = /^([ \t]*)([-*+]|\d{1,9}[.)])[ \t]/;

// How a line looks, by the blocks around it; each line finds its own direction. An item says how far its words stand in.
function lineDecoration(classes, item) {
  const attributes = { dir: "auto" };
  if (classes.size) attributes.class = [...classes].join(" ");
  if (item) attributes.style = `--blanks: ${item[1].length}; --mark: ${item[2].length}`;
  return Decoration.line({ attributes });
}

function decorate(view) {
  const builder = new RangeSetBuilder();
  const { doc } = view.state;
  for (const { from, to } of view.visibleRanges) {
    const classes = new Map();
    syntaxTree(view.state).iterate({
      from,
      to,
      enter: ({ name, from: start, to: end }) => {
        const look = LINE_CLASSES[name];
        if (!look) return;
        const last = doc.lineAt(Math.min(end, to)).number;
        for (let number = doc.lineAt(Math.max(start, from)).number; number <= last; number += 1) {
          classes.set(number, (classes.get(number) ?? new Set()).add(look));
        }
      },
    });
    for (let at = from; at <= to; ) {
      const line = doc.lineAt(at);
      const own = classes.get(line.number) ?? new Set();
      const item = own.has("look-item") ? ITEM.exec(line.text) : null;
      if (!item) own.delete("look-item");
      builder.add(line.from, line.from, lineDecoration(own, item));
      at = line.to + 1;
    }
  }
  return builder.finish();
}

const lines = ViewPlugin.fromClass(
  class {
    constructor(view) {
      this.decorations = decorate(view);
    }

    update(update) {
      const isParsed = syntaxTree(update.startState) !== syntaxTree(update.state);
      if (update.docChanged || update.viewportChanged || isParsed) this.decorations = decorate(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

export const markdownLook = [answerLanguage.extension, syntaxHighlighting(words), lines];
