// Closes a dialog that lies over a box. The browser gives a text box its focus back with the cursor at its beginning: it goes
// back to where it was.

export function closeOver(dialog, box) {
  const { from, to } = box.selection;
  dialog.close();
  box.focus();
  box.edit({ changes: [], from, to });
}
