// Markdown as the document reads it (briefs/document/markdown.py): tables, strikethrough and footnotes, but no headings,
// raw HTML or reference definitions. Nothing looks like a mark here that is only text in the brief.

import { Language, defineLanguageFacet } from "@codemirror/language";
import { Tag, styleTags, tags } from "@lezer/highlight";
import { Strikethrough, Table, parser } from "@lezer/markdown";

export const noteTag = Tag.define();

const NOTE = /^\[\^[^\]\s]+\]/;

const Footnote = {
  defineNodes: [{ name: "FootnoteReference" }],
  props: [styleTags({ FootnoteReference: noteTag })],
  parseInline: [
    {
      name: "FootnoteReference",
      before: "Link",
      parse(context, next, position) {
        if (next !== 91) return -1;
        const found = NOTE.exec(context.slice(position, context.end));
        if (!found) return -1;
        const end = position + found[0].length;
        return context.addElement(context.elt("FootnoteReference", position, end));
      },
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
]);

export const answerLanguage = new Language(defineLanguageFacet(), grammar, [], "answer");
