import assert from "node:assert/strict";
import { test } from "node:test";
import * as Y from "yjs";
import { HeldChanges } from "../../static/js/live/held-changes.js";

function start(value) {
  const text = new Y.Doc().getText("t");
  text.insert(0, value);
  const box = { value, held: new HeldChanges(value.length) };
  text.observe((event, transaction) => {
    if (transaction.origin !== "own") box.held.hear(event.delta);
  });
  return { text, box };
}

function typeInBox({ text, box }, from, to, insert) {
  box.value = box.value.slice(0, from) + insert + box.value.slice(to);
  text.doc.transact(() => {
    for (const change of box.held.own({ from, to, insert })) {
      text.delete(change.from, change.to - change.from);
      text.insert(change.from, change.insert);
    }
  }, "own");
}

test("what is composed is replaced in the shared text while others write around it", () => {
  const both = start("First. Last.");
  typeInBox(both, 12, 12, "k");
  both.text.insert(0, "Before. ");
  both.text.insert(both.text.length, " After.");
  typeInBox(both, 12, 13, "か");
  typeInBox(both, 12, 13, "蚊");
  assert.equal(both.text.toString(), "Before. First. Last.蚊 After.");
  assert.equal(both.box.held.placeOf(13), 21);
});

test("what others take out stays out, and what they put into what is replaced stays in", () => {
  const both = start("one two three");
  both.text.delete(4, 4);
  typeInBox(both, 0, 7, "x");
  assert.equal(both.text.toString(), "xthree");
  both.text.insert(3, "!");
  typeInBox(both, 2, 7, "");
  assert.equal(both.text.toString(), "x!");
});

// No character comes twice, so each can be looked for by itself.
test("any changes of both come to the same as if each character were followed", () => {
  let seed = 7;
  const below = (limit) => (seed = (seed * 48271) % 2147483647) % limit;
  for (let round = 0; round < 300; round += 1) {
    const both = start("abcdefgh".slice(0, below(9)));
    const { text, box } = both;
    let next = 65;
    for (let step = 0; step < 8; step += 1) {
      const insert = String.fromCharCode(next++) + String.fromCharCode(next++);
      if (below(2)) {
        const before = text.toString();
        const [from, to] = [below(box.value.length + 1), below(box.value.length + 1)].sort((a, b) => a - b);
        const gone = new Set(box.value.slice(from, to));
        typeInBox(both, from, to, insert);
        const kept = [...before].filter((character) => !gone.has(character)).join("");
        assert.equal(text.toString().replace(insert, ""), kept);
        assert.ok(text.toString().includes(insert));
      } else {
        const from = below(text.length + 1);
        const gone = below(text.length - from + 1);
        if (gone) text.delete(from, gone);
        if (below(2)) text.insert(from, insert);
      }
      let shown = box.value;
      for (const { from, to, insert: put } of box.held.toShow(text.toString()).reverse()) {
        shown = shown.slice(0, from) + put + shown.slice(to);
      }
      assert.equal(shown, text.toString());
      for (let place = 0; place < box.value.length; place += 1) {
        const there = text.toString().indexOf(box.value[place]);
        if (there >= 0) assert.equal(box.held.placeOf(place + 1), there + 1);
      }
    }
  }
});
