// A field that is written in as a plain text box: the textarea of the form itself, with the handles of editor-box.js.

import { bindTextBox } from "../live/text-box-binding.js";
import { clean } from "./clean.js";

// What a field is called, by the words that name it on the page.
export const nameOf = (area) =>
  document.getElementById(area.getAttribute("aria-labelledby")).textContent.trim();

// The key of the prompt whose text a field holds.
export const promptOf = (area) => area.name.replace(/^text-/, "");

export class PlainBox {
  constructor(area) {
    this.area = area;
    this.id = area.id;
    this.name = nameOf(area);
  }

  // From now on the text is the section's, which others write in, too.
  goLive(section) {
    bindTextBox(this.area, section.textOf(promptOf(this.area)), section.place);
  }

  // The selection counts in the text with LF line ends, which is how a textarea gives its value.
  get text() {
    return this.area.value;
  }

  get selection() {
    return { from: this.area.selectionStart, to: this.area.selectionEnd };
  }

  get isReadOnly() {
    return this.area.readOnly;
  }

  get hasFocus() {
    return document.activeElement === this.area;
  }

  edit({ changes, from, to }) {
    const { text } = this;
    // One replacement of all that changes, so that the browser undoes it in one step.
    const start = Math.min(text.length, ...changes.map((change) => change.from));
    const end = Math.max(start, ...changes.map((change) => change.to));
    let insert = "";
    let at = start;
    for (const change of changes) {
      insert += text.slice(at, change.from) + change.insert;
      at = change.to;
    }
    insert = clean(insert);
    this.area.focus();
    if (changes.length) {
      this.area.setSelectionRange(start, end);
      // The old commands are the one way that keeps the browser's own undo.
      const isDone = insert
        ? document.execCommand("insertText", false, insert)
        : start === end || document.execCommand("delete");
      if (!isDone) {
        this.area.setRangeText(insert, start, end, "end");
        this.area.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
    this.area.setSelectionRange(from, to);
  }

  setText(text) {
    this.area.value = text;
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // A text box shows a selection only while it has the focus.
  goTo({ from, to }) {
    this.area.focus();
    this.area.setSelectionRange(from, to);
  }

  // A text box doesn't tell what is under the pointer: the cursor stays where it is.
  placeAt() {}

  notice(sentence) {
    this.area.closest(".text").querySelector("[data-notice]").textContent = sentence;
  }

  show() {
    this.area.scrollIntoView({ block: "center" });
  }

  showFound() {
    // A text box can't mark words; the selection shows the one gone to.
  }

  focus() {
    this.area.focus();
  }

  setReadOnly(isReadOnly) {
    this.area.readOnly = isReadOnly;
  }

  onMove(listener) {
    document.addEventListener("selectionchange", () => {
      if (this.hasFocus) listener();
    });
  }
}
