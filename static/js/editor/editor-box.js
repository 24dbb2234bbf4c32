// A field that is written in with the editor. It has the same handles as plain-box.js, so that toolbar, tables and
// finding need not know which of the two they work on.

import { Compartment } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { writtenTogether } from "../live/editor-binding.js";
import { oneChange } from "../live/one-change.js";
import { carryOut, openEditor, setReadOnly } from "./editor.js";
import { foundMarks, showFound } from "./found-marks.js";
import { pasteAsMarkdown, sentenceOf } from "./paste-handler.js";
import { pictureLook } from "./picture-look.js";
import { nameOf, promptOf } from "./plain-box.js";
import { localUndo, textareaSync } from "./textarea-sync.js";

export class EditorBox {
  // `words` are the sentences of the page for what a paste left out, and for a picture that isn't there.
  constructor(area, { nonce, words }) {
    this.area = area;
    this.undo = new Compartment();
    this.listeners = [];
    const say = (leftOut) => this.notice(sentenceOf(leftOut, words, document.documentElement.lang));
    const follow = EditorView.updateListener.of((update) => {
      if (update.docChanged || update.selectionSet || update.focusChanged) {
        for (const listener of this.listeners) listener();
      }
    });
    const pictures = pictureLook((name) => area.form.dataset.pictures.replace(/0{64}/, name), words.noPicture);
    const extensions = [
      textareaSync(area),
      this.undo.of(localUndo()),
      pasteAsMarkdown(say),
      pictures,
      foundMarks,
      follow,
    ];
    this.view = openEditor(area, { extensions, nonce });
    this.id = this.view.contentDOM.id;
    this.name = nameOf(area);
    // The label leads to the editor now. A section's one text may be named by the page's heading, which is no label.
    for (const label of [...area.labels]) {
      label.removeAttribute("for");
      label.addEventListener("click", () => this.focus());
    }
    area.removeAttribute("aria-labelledby");
  }

  // From now on the text is the section's, which others write in, too.
  goLive(section) {
    const text = section.textOf(promptOf(this.area));
    const change = oneChange(this.text, text.toString());
    if (change) this.view.dispatch({ changes: change });
    this.view.dispatch({ effects: this.undo.reconfigure(writtenTogether(text, section)) });
  }

  get text() {
    return this.view.state.doc.toString();
  }

  get selection() {
    const { from, to } = this.view.state.selection.main;
    return { from, to };
  }

  get isReadOnly() {
    return this.view.state.readOnly;
  }

  get hasFocus() {
    return this.view.hasFocus;
  }

  edit(edit) {
    carryOut(this.view, edit);
  }

  setText(text) {
    carryOut(this.view, {
      changes: [{ from: 0, to: this.view.state.doc.length, insert: text }],
      from: 0,
      to: 0,
    });
  }

  // Selects a place and brings it into sight, without taking the focus from where it is.
  goTo({ from, to }) {
    this.view.dispatch({
      selection: { anchor: from, head: to },
      effects: EditorView.scrollIntoView(from, { y: "center" }),
    });
  }

  // The cursor goes to where the pointer is.
  placeAt({ clientX: x, clientY: y }) {
    const anchor = this.view.posAtCoords({ x, y }, false);
    this.view.dispatch({ selection: { anchor } });
  }

  // Says something of the field below it.
  notice(sentence) {
    this.area.closest(".text").querySelector("[data-notice]").textContent = sentence;
  }

  // Brings a place into sight and leaves the cursor where it is.
  show(place) {
    this.view.dispatch({ effects: EditorView.scrollIntoView(place, { y: "center" }) });
  }

  showFound(places) {
    showFound(this.view, places);
  }

  focus() {
    this.view.focus();
  }

  setReadOnly(isReadOnly) {
    setReadOnly(this.view, isReadOnly);
  }

  onMove(listener) {
    this.listeners.push(listener);
  }
}
