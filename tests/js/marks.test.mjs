import assert from "node:assert/strict";
import { test } from "node:test";
import { clean, wholeChange } from "../../static/js/editor/clean.js";
import { addFootnote, markNotKnown, setLink, toggleMark } from "../../static/js/editor/marks.js";
import { carriedOut, read } from "./edits.mjs";

const marked = (text, mark) => {
  const { text: plain, from, to } = read(text);
  return carriedOut(plain, toggleMark(plain, from, to, mark));
};

for (const [before, mark, after] of [
  ["a «word» b", "**", "a **«word»** b"],
  ["a **«word»** b", "**", "a «word» b"],
  ["a «**word**» b", "**", "a «word» b"],
  ["a «word» b", "*", "a *«word»* b"],
  ["**«word»**", "*", "***«word»***"],
  ["***«word»***", "*", "**«word»**"],
  ["***«word»***", "**", "*«word»*"],
  ["a« word »b", "**", "a **«word»** b"],
  ["a |b", "**", "a **|**b"],
  ["a **|**b", "**", "a |b"],
]) {
  test(`the mark ${mark} on ${before}`, () => assert.equal(marked(before, mark), after));
}

const linked = (text, address) => {
  const { text: plain, from, to } = read(text);
  return carriedOut(plain, setLink(plain, from, to, address));
};

test("a link asks for what is missing", () => {
  assert.equal(linked("see «this»."), "see [this](https://|).");
  assert.equal(linked("see |"), "see [|](https://)");
  assert.equal(linked("«https://a.example»"), "[|](https://a.example)");
  assert.equal(linked("see «this».", "https://a.example"), "see [this](https://a.example)|.");
});

const noted = (text) => {
  const { text: plain, from, to } = read(text);
  return carriedOut(plain, addFootnote(plain, from, to));
};

test("a footnote has the next number and its note at the end", () => {
  assert.equal(noted("One.| Two."), "One.[^1] Two.\n\n[^1]: |");
  assert.equal(noted("One.[^2] Two.|\n\n[^2]: Old."), "One.[^2] Two.[^3]\n\n[^2]: Old.\n\n[^3]: |");
  assert.equal(noted("One.|"), "One.[^1]\n\n[^1]: |");
  assert.equal(noted("|"), "[^1]\n\n[^1]: |");
});

test("not known is said once", () => {
  assert.equal(carriedOut("words", markNotKnown("words", "Not known: ")), "Not known: |words");
  assert.equal(markNotKnown("Not known: why", "Not known: "), null);
});

test("control characters, carriage returns and halves of letters never enter", () => {
  assert.equal(clean("a\u0000b\r\nc\rd\u0007\u007f\te"), "ab\nc\nd\te");
  assert.equal(clean("\ud83dx \udc00y 😀"), "x y 😀");
});

for (const [name, text, change, whole] of [
  ["the second half of a letter", "a😀b", { from: 2, to: 3, insert: "\ude01" }, { from: 1, to: 3, insert: "😁" }],
  ["the first half of a letter", "a😀b", { from: 1, to: 2, insert: "\ud83e" }, { from: 1, to: 3, insert: "\ud83e\ude00" }],
  ["halves of two letters", "😀😁", { from: 1, to: 3, insert: "\ude05\ud83d" }, { from: 0, to: 4, insert: "😅😁" }],
  ["what takes out half a letter", "a😀b", { from: 2, to: 3, insert: "" }, { from: 1, to: 3, insert: "\ud83d" }],
  ["whole letters", "a😀b", { from: 1, to: 3, insert: "😁" }, { from: 1, to: 3, insert: "😁" }],
  ["the ends of a text", "😀", { from: 0, to: 2, insert: "" }, { from: 0, to: 2, insert: "" }],
]) {
  test(`a change never parts a letter: ${name}`, () => {
    assert.deepEqual(wholeChange((from, to) => text.slice(from, to), change), whole);
  });
}
