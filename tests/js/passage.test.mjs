import assert from "node:assert/strict";
import { test } from "node:test";
import { passageIn } from "../../static/js/editor/passage.js";

const shown = (text, passage) => {
  const place = passageIn(text, passage);
  return place && text.slice(place.from, place.to);
};

test("a passage is found behind the marks of its text", () => {
  assert.equal(shown("Trade **grew by** five\npercent.", "Trade grew by five percent."), "Trade **grew by** five\npercent");
  assert.equal(shown("See [the port](https://a.example/b) now", "the port now"), "the port](https://a.example/b) now");
  assert.equal(shown("one (two) three", "one (two) three"), "one (two) three");
});

test("what isn't there is not found", () => {
  assert.equal(shown("Trade grew.", "Exports"), null);
  assert.equal(shown("Trade grew.", "…"), null);
});
