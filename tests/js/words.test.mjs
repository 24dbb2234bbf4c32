import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import domino from "@mixmark-io/domino";
import { countWords } from "../../static/js/modules/words.js";

globalThis.DOMParser = class {
  parseFromString(html) {
    return domino.createDocument(html);
  }
};

const groups = JSON.parse(readFileSync(new URL("../word_counts.json", import.meta.url), "utf8"));

for (const [group, cases] of Object.entries(groups)) {
  test(`the page counts as the server does: ${group}`, () => {
    for (const [text, words] of cases) assert.equal(countWords(text), words, JSON.stringify(text));
  });
}
