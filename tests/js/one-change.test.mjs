import assert from "node:assert/strict";
import { test } from "node:test";
import { oneChange, placeAfter } from "../../static/js/live/one-change.js";

const apply = (text, change) => (change ? text.slice(0, change.from) + change.insert + text.slice(change.to) : text);

for (const [before, after] of [
  ["", ""],
  ["", "one"],
  ["one", ""],
  ["one two", "one and two"],
  ["aaa", "aa"],
  ["aa", "aaa"],
  ["abab", "ab"],
  ["one 😀 two", "one 😁 two"],
  ["😀", "😀😀"],
  ["😀😁", "😁"],
  ["a𐀀b", "a𐐀b"],
]) {
  test(`from ${JSON.stringify(before)} to ${JSON.stringify(after)} by one change that cuts no character`, () => {
    const change = oneChange(before, after);
    assert.equal(apply(before, change), after);
    if (!change) return;
    for (const piece of [before.slice(0, change.from), before.slice(change.from, change.to), change.insert]) {
      assert.ok(piece.isWellFormed(), JSON.stringify(change));
    }
  });
}

test("texts that are equal have no change", () => {
  assert.equal(oneChange("same", "same"), null);
});

for (const [name, place, delta, expected] of [
  ["words typed before it push it on", 5, [{ insert: "ab" }], 7],
  ["words typed behind it leave it", 2, [{ retain: 4 }, { insert: "ab" }], 2],
  ["words typed right at it leave it", 4, [{ retain: 4 }, { insert: "ab" }], 4],
  ["words deleted before it draw it back", 5, [{ retain: 1 }, { delete: 2 }], 3],
  ["words deleted around it leave it where they were", 5, [{ retain: 3 }, { delete: 4 }], 3],
  ["words replaced before it", 8, [{ retain: 1 }, { delete: 3 }, { insert: "x" }], 6],
]) {
  test(`a place in a text: ${name}`, () => {
    assert.equal(placeAfter(place, delta), expected);
  });
}
