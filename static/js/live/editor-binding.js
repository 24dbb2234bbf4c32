// What an editor needs to be written in together: the room's text instead of its own, an undo that takes back only what was
// typed here, others' carets, and its own told to others.

import { EditorView, keymap } from "@codemirror/view";
import { ySync, yCollab, yUndoManagerKeymap } from "y-codemirror.next";
import { UndoManager } from "yjs";
import { othersCarets } from "./carets.js";
import { editorSync } from "./editor-sync.js";
import { UNDO_STEP } from "./undo.js";

// `text` is one prompt's Y.Text of a LiveSection; the editor has this very text by now.
export function writtenTogether(text, { connection: { awareness }, place }) {
  const undoManager = new UndoManager(text, { captureTimeout: UNDO_STEP });
  const tellPlace = EditorView.updateListener.of((update) => {
    if (update.view.hasFocus && (update.selectionSet || update.docChanged || update.focusChanged)) {
      const { anchor, head } = update.state.selection.main;
      const sync = update.view.plugin(editorSync);
      place.tell(text, sync.placeOf(anchor), sync.placeOf(head));
    } else if (update.focusChanged) {
      place.leave(text);
    }
  });
  return [
    keymap.of(yUndoManagerKeymap),
    yCollab(text, null, { undoManager }).map((each) => (each === ySync ? editorSync : each)),
    othersCarets(text, awareness),
    tellPlace,
  ];
}
