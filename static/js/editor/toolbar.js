// The toolbar of a field: one stop for Tab, arrows within it, and the keys that do the same from the text.

import { toggleList, toggleQuote } from "./lists.js";
import { addFootnote, markNotKnown, setLink, toggleMark } from "./marks.js";
import { promptOf } from "./plain-box.js";
import { tableAt } from "./tables.js";

const EDITS = {
  bold: (text, from, to) => toggleMark(text, from, to, "**"),
  italic: (text, from, to) => toggleMark(text, from, to, "*"),
  bullets: (text, from, to) => toggleList(text, from, to, "- "),
  numbers: (text, from, to) => toggleList(text, from, to, "1. "),
  quote: toggleQuote,
  link: setLink,
  footnote: addFootnote,
};
const KEYS = { b: "bold", i: "italic", k: "link", f: "find" };
const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform);

const isCommand = (event) =>
  (IS_MAC ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey) &&
  !event.altKey &&
  !event.shiftKey;

// `bar` is the role=toolbar beside `box`; `openTable`, `openPicture` and `openFind` are called with the box.
export function setUpToolbar(bar, box, { openTable, openPicture, openFind }) {
  const buttons = [...bar.querySelectorAll("button")];
  const table = bar.querySelector('[data-do="table"]');
  const tableName = table.querySelector("[data-name]");
  const field = bar.parentElement;
  let isWaiting = false;

  function run(name) {
    if (isWaiting) return;
    const open = { find: openFind, table: openTable, picture: openPicture }[name];
    if (open) {
      open(box);
      return;
    }
    if (name === "comment") {
      const { from, to } = box.selection;
      const detail = { prompt: promptOf(box.area), quote: box.text.slice(from, to), before: box.text.slice(Math.max(0, from - 40), from) };
      document.dispatchEvent(new CustomEvent("comment-on", { detail }));
      return;
    }
    const { from, to } = box.selection;
    const marker = bar.dataset.notKnown;
    const edit = name === "not-known" ? markNotKnown(box.text, marker) : EDITS[name](box.text, from, to);
    if (edit) box.edit(edit);
    box.focus();
  }

  function makeCurrent(button) {
    for (const other of buttons) other.tabIndex = other === button ? 0 : -1;
  }

  function walk(event) {
    const at = buttons.indexOf(document.activeElement);
    const isRightToLeft = getComputedStyle(bar).direction === "rtl";
    const forward = isRightToLeft ? "ArrowLeft" : "ArrowRight";
    const back = isRightToLeft ? "ArrowRight" : "ArrowLeft";
    const next = {
      [forward]: (at + 1) % buttons.length,
      [back]: (at - 1 + buttons.length) % buttons.length,
      Home: 0,
      End: buttons.length - 1,
    }[event.key];
    if (event.key === "Escape") box.focus();
    if (next === undefined) return;
    event.preventDefault();
    makeCurrent(buttons[next]);
    buttons[next].focus();
  }

  // In a table, the button edits it; elsewhere it makes a new one.
  function sayTable() {
    const isInTable = tableAt(box.text, box.selection.from) !== null;
    const name = isInTable ? table.dataset.edit : table.dataset.add;
    if (tableName.textContent !== name) tableName.textContent = name;
    table.classList.toggle("is-in-table", isInTable);
  }

  bar.hidden = false;
  bar.setAttribute("aria-controls", box.id);
  makeCurrent(buttons[0]);
  bar.addEventListener("keydown", walk);
  // The text keeps its focus and selection under a click.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    makeCurrent(button);
    run(button.dataset.do);
  });
  // In the capture phase: before the editor's own keys and the browser's.
  field.addEventListener(
    "keydown",
    (event) => {
      if (bar.contains(event.target)) return;
      if (event.altKey && event.key === "F10") {
        event.preventDefault();
        buttons.find((button) => button.tabIndex === 0).focus();
      }
      const name = isCommand(event) && KEYS[event.key.toLowerCase()];
      if (!name) return;
      event.preventDefault();
      event.stopPropagation();
      run(name);
    },
    true,
  );
  box.onMove(sayTable);
  return {
    setWaiting(isNowWaiting) {
      isWaiting = isNowWaiting;
      for (const button of buttons) button.disabled = isNowWaiting;
    },
  };
}
