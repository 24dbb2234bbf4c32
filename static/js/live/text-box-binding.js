// A plain text box that several people write in at once: what is typed in it goes into the room's text, and what others type
// comes into it without moving the cursor from its words.

import { UndoManager } from "yjs";
import { clean } from "../editor/clean.js";
import { oneChange, placeAfter } from "./one-change.js";
import { UNDO_STEP } from "./undo.js";

export function bindTextBox(area, text, place) {
  const origin = { area };
  const undoManager = new UndoManager(text, { captureTimeout: UNDO_STEP, trackedOrigins: new Set([origin]) });
  const change = oneChange(area.value, text.toString());
  if (change) area.setRangeText(change.insert, change.from, change.to);

  area.addEventListener("input", (event) => {
    if (event.isFromOthers) return;
    const now = clean(area.value);
    const change = oneChange(text.toString(), now);
    if (!change) return;
    text.doc.transact(() => {
      if (change.to > change.from) text.delete(change.from, change.to - change.from);
      if (change.insert) text.insert(change.from, change.insert);
    }, origin);
    if (now !== area.value) show(now, area.selectionStart, area.selectionEnd);
  });

  text.observe((event, transaction) => {
    if (transaction.origin === origin) return;
    const { selectionStart, selectionEnd } = area;
    show(text.toString(), placeAfter(selectionStart, event.delta), placeAfter(selectionEnd, event.delta));
    const input = new Event("input", { bubbles: true });
    input.isFromOthers = true;
    area.dispatchEvent(input);
  });

  function show(value, start, end) {
    area.value = value;
    area.setSelectionRange(start, end);
  }

  // The browser's own undo knows nothing of words that came from elsewhere.
  area.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !["z", "y"].includes(key)) return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) undoManager.redo();
    else undoManager.undo();
  });
  area.addEventListener("beforeinput", (event) => {
    if (event.inputType === "historyUndo" || event.inputType === "historyRedo") {
      event.preventDefault();
      if (event.inputType === "historyUndo") undoManager.undo();
      else undoManager.redo();
    }
  });

  document.addEventListener("selectionchange", () => {
    if (document.activeElement === area) place.tell(text, area.selectionStart, area.selectionEnd);
  });
  area.addEventListener("blur", () => place.leave(text));
}
