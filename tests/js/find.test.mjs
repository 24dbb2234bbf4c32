import assert from "node:assert/strict";
import { test } from "node:test";
import { findAll, findInFields, nextFrom } from "../../static/js/editor/find.js";

test("words are found in either case unless it is kept", () => {
  assert.deepEqual(findAll("Port, port", "port"), [{ from: 0, to: 4 }, { from: 6, to: 10 }]);
  assert.deepEqual(findAll("Port, port", "port", { isCaseKept: true }), [{ from: 6, to: 10 }]);
  assert.deepEqual(findAll("École", "école"), [{ from: 0, to: 5 }]);
});

test("signs mean themselves", () => {
  assert.deepEqual(findAll("a.b (c) [d] 1-2 x/y", "(c) ["), [{ from: 4, to: 9 }]);
  assert.deepEqual(findAll("axb", "a.b"), []);
  assert.deepEqual(findAll("1-2", "1-2"), [{ from: 0, to: 3 }]);
  assert.deepEqual(findAll("anything", ""), []);
});

test("the next place goes from field to field and round", () => {
  const found = findInFields(["a b a", "", "a"], "a");
  assert.deepEqual(found.map(({ field, from }) => [field, from]), [[0, 0], [0, 4], [2, 0]]);
  assert.equal(nextFrom(found, { field: 0, from: 0, to: 0 }, 1), 0);
  assert.equal(nextFrom(found, { field: 0, from: 0, to: 1 }, 1), 1);
  assert.equal(nextFrom(found, { field: 1, from: 0, to: 0 }, 1), 2);
  assert.equal(nextFrom(found, { field: 2, from: 0, to: 1 }, 1), 0);
  assert.equal(nextFrom(found, { field: 0, from: 0, to: 1 }, -1), 2);
  assert.equal(nextFrom([], { field: 0, from: 0, to: 0 }, 1), -1);
});
