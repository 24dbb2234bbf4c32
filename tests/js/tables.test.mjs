import assert from "node:assert/strict";
import { test } from "node:test";
import { cellsOf, emptyTable, insertBlock, placesOf, tableAt, writeTable } from "../../static/js/editor/tables.js";
import { carriedOut } from "./edits.mjs";

const TABLE = "| Year | Trade |\n|:---|--:|\n| 2024 | 5 |\n| 2025 | 17 |";

test("a table is found from anywhere in it, and from nowhere else", () => {
  const text = `Before.\n\n${TABLE}\n\nAfter.`;
  const table = tableAt(text, text.indexOf("2025"));
  assert.deepEqual(table.rows, [["Year", "Trade"], ["2024", "5"], ["2025", "17"]]);
  assert.deepEqual(table.alignments, ["left", "right"]);
  assert.equal(text.slice(table.from, table.to), TABLE);
  assert.equal(tableAt(text, text.indexOf("Year")).from, table.from);
  assert.equal(tableAt(text, 3), null);
  assert.equal(tableAt(text, text.length), null);
});

test("what only looks like a table is none", () => {
  assert.equal(tableAt("a | b\nc | d", 3), null);
  assert.equal(tableAt("```\n| a | b |\n|---|---|\n```", 8), null);
  assert.equal(tableAt("| a | b |\n|---|", 3), null);
  assert.equal(tableAt("Words\n---", 3), null);
});

test("a table ends where another block begins, and may stand under a paragraph", () => {
  const text = "Words\n| a | b |\n|---|---|\n| 1 | 2 |\n- item";
  const table = tableAt(text, text.indexOf("1"));
  assert.equal(text.slice(table.from, table.to), "| a | b |\n|---|---|\n| 1 | 2 |");
  assert.equal(tableAt(text, 1), null);
});

test("short rows are filled and long ones cut, as the document reads them", () => {
  assert.deepEqual(tableAt("a|b\n-|-\n1\n1|2|3", 9).rows, [["a", "b"], ["1", ""], ["1", "2"]]);
});

test("a bar in a cell is written with a backslash and read without", () => {
  assert.deepEqual(cellsOf("| a \\| b | `c` |"), ["a | b", "`c`"]);
  assert.deepEqual(cellsOf("| a | |"), ["a", ""]);
  const text = writeTable({ alignments: ["", ""], rows: [["a | b", "x\ny"]] });
  assert.deepEqual(tableAt(text, 2).rows, [["a | b", "x y"]]);
});

test("bars stand under each other", () => {
  const { alignments, rows } = tableAt(TABLE, 0);
  assert.equal(
    writeTable({ alignments, rows }),
    "| Year | Trade |\n| :--- | ----: |\n| 2024 |     5 |\n| 2025 |    17 |",
  );
});

test("a wide table is not padded, and an indented one keeps its place", () => {
  const wide = writeTable({ alignments: ["", "center"], rows: [["a", "b"], ["x".repeat(120), "y"]] });
  assert.equal(wide, `| a | b |\n| --- | :-: |\n| ${"x".repeat(120)} | y |`);
  const inside = "- item\n\n  | a | b |\n  | --- | --- |\n  | 1 | 2 |";
  const table = tableAt(inside, inside.length);
  assert.equal(table.indent, "  ");
  assert.match(writeTable(table), /^ {2}\| a {3}\| b/);
});

test("reading what was written gives the same table", () => {
  const table = { alignments: ["", "center", "right"], rows: [["a", "**b**", "c"], ["1", "[x](https://a.example)", "é"], ["", "", ""]] };
  const again = tableAt(writeTable(table), 0);
  assert.deepEqual([again.alignments, again.rows], [table.alignments, table.rows]);
});

test("a new table stands apart from the text", () => {
  const block = writeTable(emptyTable(2, 2));
  const edit = insertBlock("Words.\nMore.", 6, 6, block);
  assert.equal(carriedOut("Words.\nMore.", edit), `Words.\n\n${block}|\n\nMore.`);
  assert.equal(carriedOut("", insertBlock("", 0, 0, block)), `${block}|`);
});

test("a table that stands there twice is found twice", () => {
  assert.deepEqual(placesOf(`${TABLE}\n\nBetween.\n\n${TABLE}`, TABLE), [0, TABLE.length + 12]);
  assert.deepEqual(placesOf("nothing", TABLE), []);
});
