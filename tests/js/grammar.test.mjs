import assert from "node:assert/strict";
import { test } from "node:test";
import { grammar } from "../../static/js/editor/grammar.js";

function namesIn(text) {
  const names = new Set();
  grammar.parse(text).iterate({ enter: ({ name }) => void names.add(name) });
  return [...names];
}

test("what an answer does not know is a paragraph", () => {
  for (const text of ["# Heading", "Heading\n===", "<b>words</b>", "<div>\nwords\n</div>", "[a]: https://a.example", "- [ ] task"]) {
    const names = namesIn(text).filter((name) => !/^(Document|Paragraph|Link|LinkMark|BulletList|ListItem|ListMark)$/.test(name));
    assert.deepEqual(names, [], text);
  }
});

test("what an answer knows has its name", () => {
  for (const [text, name] of [
    ["**a**", "StrongEmphasis"],
    ["*a*", "Emphasis"],
    ["~~a~~", "Strikethrough"],
    ["`a`", "InlineCode"],
    ["[a](https://a.example)", "Link"],
    ["a[^1]", "FootnoteReference"],
    ["> a", "Blockquote"],
    ["- a", "BulletList"],
    ["1. a", "OrderedList"],
    ["| a |\n|---|\n| b |", "Table"],
    ["```\na\n```", "FencedCode"],
    ["---", "HorizontalRule"],
  ]) {
    assert.ok(namesIn(text).includes(name), text);
  }
});
