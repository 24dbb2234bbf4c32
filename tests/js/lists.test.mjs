import assert from "node:assert/strict";
import { test } from "node:test";
import { continueList, indentItems, toggleList, toggleQuote } from "../../static/js/editor/lists.js";
import { carriedOut, read } from "./edits.mjs";

const entered = (marked) => {
  const { text, from } = read(marked);
  const edit = continueList(text, from);
  return edit && carriedOut(text, edit);
};

for (const [name, before, after] of [
  ["goes on with a bullet", "- one|", "- one\n- |"],
  ["takes the rest of the line along", "- one| two", "- one\n- |two"],
  ["counts on", "1. one|", "1. one\n2. |"],
  ["numbers what follows anew", "1. one|\n2. two\n3. three", "1. one\n2. |\n3. two\n4. three"],
  ["keeps the first number", "4) one\n5) two|", "4) one\n5) two\n6) |"],
  ["goes on inside", "- one\n  - in|", "- one\n  - in\n  - |"],
  ["leaves other levels' numbers alone", "1. a|\n   1. x\n   2. y\n2. b", "1. a\n2. |\n   1. x\n   2. y\n3. b"],
  ["ends on an empty item", "- one\n- |", "- one\n|"],
  ["ends an inner list a level further out", "- one\n  - |", "- one\n- |"],
  ["ends an inner list as the next number", "1. one\n   - |", "1. one\n2. |"],
  ["goes on with a quote", "> words|", "> words\n> |"],
  ["ends an empty quote", "> words\n> |", "> words\n|"],
]) {
  test(`Enter ${name}`, () => assert.equal(entered(before), after));
}

test("Enter is just a new line elsewhere", () => {
  for (const text of ["words|", "|- one", "```\n- code|\n```", "1.5 million|"]) {
    assert.equal(entered(text), null, text);
  }
});

const indented = (marked, step) => {
  const { text, from, to } = read(marked);
  const edit = indentItems(text, from, to, step);
  return edit && carriedOut(text, edit);
};

for (const [name, before, step, after] of [
  ["puts an item under the one before", "- one\n- two|", 1, "- one\n  - two|"],
  ["goes as deep as the marker is wide", "1. one\n2. two|", 1, "1. one\n   1. two|"],
  ["takes along what stands under it", "- one\n- two|\n  - three\n- four", 1, "- one\n  - two|\n    - three\n- four"],
  ["numbers the rest anew", "1. one\n2. two|\n3. three", 1, "1. one\n   1. two|\n2. three"],
  ["joins the inner list that is there", "1. one\n   1. in\n2. two|", 1, "1. one\n   1. in\n   2. two|"],
  ["leaves the first item where it is", "- one|\n- two", 1, "- one|\n- two"],
  ["takes an item out", "- one\n  - two|", -1, "- one\n- two|"],
  ["numbers what it takes out", "1. one\n   1. two|\n2. three", -1, "1. one\n2. two|\n3. three"],
  ["leaves the outermost level", "- one\n- two|", -1, "- one\n- two|"],
  ["moves all that is selected", "- one\n- «two\n- three»", 1, "- one\n  - «two\n  - three»"],
]) {
  test(`Tab (${step}) ${name}`, () => assert.equal(indented(before, step), after));
}

test("Tab is no key of lists elsewhere", () => {
  assert.equal(indented("words|", 1), null);
  assert.equal(indented("```\n- wor|ds\n```", 1), null);
});

const listed = (marked, kind) => {
  const { text, from, to } = read(marked);
  return carriedOut(text, toggleList(text, from, to, kind));
};

test("lines become a list, another list, and text again", () => {
  assert.equal(listed("«one\ntwo»", "- "), "- one\n- two|");
  assert.equal(listed("«- one\n- two»", "1. "), "1. one\n2. two|");
  assert.equal(listed("«1. one\n2. two»", "1. "), "one\ntwo|");
  assert.equal(listed("|", "- "), "- |");
  assert.equal(listed("before\none|\nafter", "1. "), "before\n\n1. one|\n\nafter");
  assert.equal(listed("- one\ntwo|", "- "), "- one\n- two|");
});

test("lines become a quote and text again", () => {
  const quoted = (marked) => {
    const { text, from, to } = read(marked);
    return carriedOut(text, toggleQuote(text, from, to));
  };
  assert.equal(quoted("«one\ntwo»"), "> one\n> two|");
  assert.equal(quoted("«> one\n> two»"), "one\ntwo|");
});
