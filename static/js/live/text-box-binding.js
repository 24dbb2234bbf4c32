// A plain text box that several people write in at once: what is typed in it goes into the room's text, and what others type
// comes into it without moving the cursor from its words. While an input method composes, the box is left alone: it would double
// or lose its letters. What others change waits, and comes when it is done.

import { UndoManager } from "yjs";
import { clean } from "../editor/clean.js";
import { HeldChanges } from "./held-changes.js";
import { oneChange, placeAfter } from "./one-change.js";
import { UNDO_STEP } from "./undo.js";

export function bindTextBox(area, text, place) {
  const origin = { area };
  const undoManager = new UndoManager(text, { captureTimeout: UNDO_STEP, trackedOrigins: new Set([origin]) });
  const change = oneChange(area.value, text.toString());
  if (change) area.setRangeText(change.insert, change.from, change.to);
  // What was taken from the box last, and what others have changed beyond it.
  let taken = text.toString();
  let held = null;
  let isComposing = false;

  function take() {
    const now = clean(area.value);
    const change = oneChange(taken, now);
    if (!change) return;
    const changes = held ? held.own(change) : [change];
    taken = now;
    text.doc.transact(() => {
      for (const { from, to, insert } of changes) {
        if (to > from) text.delete(from, to - from);
        if (insert) text.insert(from, insert);
      }
    }, origin);
  }

  area.addEventListener("input", (event) => {
    if (event.isFromOthers) return;
    take();
    if (!isComposing && !held && taken !== area.value) show(taken, area.selectionStart, area.selectionEnd);
  });

  text.observe((event, transaction) => {
    if (transaction.origin === origin) return;
    if (isComposing || held) {
      held ??= new HeldChanges(taken.length);
      held.hear(event.delta);
      return;
    }
    const { selectionStart, selectionEnd } = area;
    showShared(placeAfter(selectionStart, event.delta), placeAfter(selectionEnd, event.delta));
  });

  area.addEventListener("compositionstart", () => {
    isComposing = true;
  });
  area.addEventListener("compositionend", () => {
    isComposing = false;
    take();
    // The browser isn't done with the box yet.
    setTimeout(release);
  });

  function release() {
    if (isComposing) return;
    take();
    const [start, end] = [sharedPlace(area.selectionStart), sharedPlace(area.selectionEnd)];
    const hasWaited = held !== null;
    held = null;
    if (hasWaited) showShared(start, end);
    else if (taken !== area.value) show(taken, start, end);
  }

  function sharedPlace(placeInBox) {
    return held ? held.placeOf(Math.min(placeInBox, taken.length)) : placeInBox;
  }

  function showShared(start, end) {
    taken = text.toString();
    show(taken, start, end);
    const input = new Event("input", { bubbles: true });
    input.isFromOthers = true;
    area.dispatchEvent(input);
  }

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
    if (document.activeElement === area) {
      place.tell(text, sharedPlace(area.selectionStart), sharedPlace(area.selectionEnd));
    }
  });
  area.addEventListener("blur", () => place.leave(text));
}
