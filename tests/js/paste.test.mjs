import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import domino from "@mixmark-io/domino";
import { escapeWords } from "../../static/js/editor/paste-writing.js";
import { fitPaste, htmlToMarkdown, inert } from "../../static/js/editor/paste.js";
import { carriedOut, read } from "./edits.mjs";

const pasted = (html) => htmlToMarkdown(domino.createDocument(inert(html)).body);
const saved = (name) => pasted(readFileSync(new URL(`clipboard/${name}.htm`, import.meta.url), "utf8"));
const markdown = (html) => pasted(html).text;

test("a text of Word: headings, marks, lists of two levels, numbers, a footnote", () => {
  const { text, isBlock, leftOut } = saved("word");
  assert.equal(
    text,
    `**Economic ties**

**Trade** grew by *5 %* in 2024[^1].

- Goods
  - Steel
  - Grain
- Services

1. First
2. Second

[^1]: Ministry of Trade, [report](https://trade.example/report%20%28final%29.pdf).`,
  );
  assert.equal(isBlock, true);
  assert.deepEqual(leftOut, { headings: 1, colours: 1, pictures: 1 });
});

test("a table of Word: paragraphs in cells, a merged cell, a bar", () => {
  const { text, leftOut } = saved("word-table");
  assert.equal(
    text,
    `| Year | Trade \\| total |     |
| ---- | -------------: | --- |
| 2024 |           5 bn | a b |

After.`,
  );
  assert.deepEqual(leftOut, { merged: 1 });
});

test("a text of Google Docs: marks in styles, an inner list beside its item", () => {
  const { text, leftOut } = saved("google-docs");
  assert.equal(text, "**Bold** and *italic* and ~~gone~~.\n\n1. One\n   - Inner\n2. [Two](https://a.example/)");
  assert.deepEqual(leftOut, {});
});

test("a web page: nothing runs, nothing loads, and what can't be kept is counted", () => {
  const { text, leftOut } = saved("web-page");
  assert.equal(
    text,
    `**Title**

Words with a script, a file, a path and [a **link**](https://en.example/wiki/A_%28b%29); write to <mailto:desk@example.org>.

A caption

> Quoted.
>
> Twice.

\`\`\`
a = 1
b = \`2\`
\`\`\`

10 km², CO₂, 4th, underlined, \`a*b\`.

- One

  - Two
    3. Three
    4. Four

- Five

  More of five

---`,
  );
  assert.deepEqual(leftOut, { headings: 1, links: 3, pictures: 2, embedded: 1, raised: 1, underlines: 1 });
});

test("cells of Excel become a table", () => {
  assert.equal(
    saved("excel").text,
    "| Year | Value |\n| ---: | ----: |\n| 2024 |   1.5 |".replaceAll("Year", "Year"),
  );
});

test("a text of LibreOffice", () => {
  const { text, leftOut } = saved("libreoffice");
  assert.equal(text, "One **bold** red\n\n- First\n- Second");
  assert.deepEqual(leftOut, { colours: 1 });
});

for (const [html, text] of [
  ["<b>a</b><b>b</b>", "**ab**"],
  ["<b>a <i>b</i> c</b>", "**a *b* c**"],
  ["<b>a<i>b</i></b>", "**a*b***"],
  ["x<b> a </b>y", "x **a** y"],
  ["<b>Note:</b>text", "**Note**:text"],
  ["<b>Note:</b> text", "**Note:** text"],
  ["<b> </b>x", "x"],
  ["<a href='https://a.example'><img src=x></a>x", "x"],
  ["one<br>two", "one  \ntwo"],
  ["one<br><br>two", "one\n\ntwo"],
  ["<p>one<br></p>", "one"],
  ["2 * 3 * 4", "2 \\* 3 \\* 4"],
  ["snake_case _x_", "snake_case \\_x\\_"],
  ["[1] and [a](b)", "[1] and [a\\](b)"],
  ["<i>a</i><b><i>b</i></b>", "*a**b***"],
  ["<i>a</i><b>b</b>", "a**b**"],
  ["word<b>(x)</b>word", "word(**x**)word"],
  ["<b>C:\\</b>x", "**C:**\\\\x"],
  ["<p>1. Not a list</p><p>- nor this</p>", "1\\. Not a list\n\n\\- nor this"],
  ["# stays text", "# stays text"],
  ["&lt;b&gt; &amp;amp;", "<b> \\&amp;"],
  ["a\u00a0\u00a0b\u200bc\u00add", "a bcd"],
  ["<p></p><div><br></div>", ""],
  ["<table role='presentation'><tr><td><p>a</p></td><td><p>b</p></td></tr></table>", "a\n\nb"],
  ["<table><tr><td>only</td></tr></table>", "only"],
  ["<table><tr><th rowspan=2>a</th><th>b</th></tr><tr><td>c</td></tr></table>", "| a   | b   |\n| --- | --- |\n|     | c   |"],
  ["<ol start=4><li>a<li>b</ol>", "4. a\n5. b"],
  ["<ul><li></li><li>a</li></ul>", "- a"],
  ["<ul><li><b>a</b> b</li></ul>", "- **a** b"],
  ["<p style='mso-list:l0 level1 lfo1'>no marker</p>", "no marker"],
]) {
  test(`paste of ${html}`, () => assert.equal(markdown(html), text));
}

test("an endnote of Word is a footnote too", () => {
  const html = `<p>Words<a href="#_edn2" name="_ednref2">[ii]</a>.</p>
<div style='mso-element:endnote-list'><div style='mso-element:endnote' id=edn2><p><a href="#_ednref2" name="_edn2">[ii]</a> Why.</p></div></div>`;
  assert.equal(markdown(html), "Words[^e2].\n\n[^e2]: Why.");
});

test("words are escaped no more than they must be", () => {
  const plain = "A (b) [c] 5 % & Co. <3, a_b, ^2, C:\\dir ~5 #1";
  assert.equal(escapeWords(plain), plain);
});

test("thousands of nested elements neither fail nor take long", () => {
  const deep = `${"<div><b>".repeat(800)}x${"</b></div>".repeat(800)}`;
  assert.equal(markdown(deep), "**x**");
});

test("blocks stand apart from the text around them, words don't", () => {
  const fitted = (marked, text, isBlock) => {
    const { text: plain, from, to } = read(marked);
    return carriedOut(plain, fitPaste(plain, from, to, { text, isBlock }));
  };
  assert.equal(fitted("a |b", "x", false), "a x|b");
  assert.equal(fitted("a |b", "- x", true), "a \n\n- x\n\n|b");
  assert.equal(fitted("a\n|", "- x", true), "a\n\n- x|");
  assert.equal(fitted("a\n\n|\n\nb", "- x", true), "a\n\n- x|\n\nb");
  assert.equal(fitted("|", "- x", true), "- x|");
});
