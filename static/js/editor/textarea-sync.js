// The textarea of the form holds what is posted; this keeps it equal to the editor's text, and undoes what is typed here.
// Live writing takes its own two extensions instead: the room's text, and an undo that leaves others' words alone.

import { history, historyKeymap } from "@codemirror/commands";
import { EditorView, keymap } from "@codemirror/view";

export const textareaSync = (textarea) =>
  EditorView.updateListener.of((update) => {
    if (!update.docChanged) return;
    textarea.value = update.state.doc.toString();
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  });

export const localUndo = () => [history(), keymap.of(historyKeymap)];
