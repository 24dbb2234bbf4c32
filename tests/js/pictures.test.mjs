import assert from "node:assert/strict";
import { test } from "node:test";
import { insertPicture, picturesIn } from "../../static/js/editor/pictures.js";
import { carriedOut } from "./edits.mjs";

const NAME = "0123456789abcdef".repeat(4);
const NEW = `![Exports](picture:${NAME})`;

const put = (text) => {
  const to = text.indexOf("|");
  return carriedOut(text.replace("|", ""), insertPicture(text.replace("|", ""), to, NEW));
};

test("a picture is a paragraph of its own at the beginning, at the end and between paragraphs", () => {
  assert.equal(put("|"), `${NEW}|`);
  assert.equal(put("Words.|"), `Words.\n\n${NEW}|`);
  assert.equal(put("|Words."), `${NEW}|\n\nWords.`);
  assert.equal(put("One.\n|\nTwo."), `One.\n\n${NEW}|\n\nTwo.`);
  assert.equal(put("One.|\n\nTwo."), `One.\n\n${NEW}|\n\nTwo.`);
});

test("within a sentence, a list, a quotation and a table it stands where the cursor is", () => {
  assert.equal(put("Before| after."), `Before ${NEW}| after.`);
  assert.equal(put("Bef|ore."), `Bef ${NEW}| ore.`);
  assert.equal(put("- one|\n- two"), `- one ${NEW}|\n- two`);
  assert.equal(put("> said|"), `> said ${NEW}|`);
  assert.equal(put("1. |"), `1. ${NEW}|`);
  const table = "| a | b |\n|---|---|\n| 1| | 2 |";
  assert.equal(carriedOut(table, insertPicture(table, table.indexOf("1") + 1, NEW)), `| a | b |\n|---|---|\n| 1 ${NEW}|| | 2 |`);
});

test("pictures are found with their names, whatever is said of them", () => {
  const text = `![a \\] b](picture:${NAME}) and ![](picture:${NAME})`;
  const found = picturesIn(text);
  assert.deepEqual(found.map(({ from, to }) => text.slice(from, to)), Array(2).fill(`(picture:${NAME})`));
  assert.deepEqual(found.map(({ name }) => name), [NAME, NAME]);
});

test("a description is read as far as a brief takes one", () => {
  const text = (length) => `![${"a".repeat(length)}](picture:${NAME})`;
  assert.equal(picturesIn(text(300)).length, 1);
  assert.equal(picturesIn(text(5000)).length, 0);
});

test("what only looks like a picture is none", () => {
  for (const text of [`[a](picture:${NAME})`, `![a](picture:${NAME.slice(1)})`, `![a](https://x.example/${NAME})`, `![a](picture:${NAME}0)`]) {
    assert.deepEqual(picturesIn(text), []);
  }
});
