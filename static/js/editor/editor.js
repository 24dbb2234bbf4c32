// One prompt's editor: opened over the textarea of the form, which stays where the text is posted from.

import { standardKeymap } from "@codemirror/commands";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { clean, wholeChange } from "./clean.js";
import { continueList, indentItems } from "./lists.js";
import { markdownLook } from "./markdown-look.js";

// An edit of plain text, carried out in an editor as one step of its undo.
export function carryOut(view, { changes, from, to }, userEvent = "input.format") {
  view.dispatch({
    changes,
    selection: { anchor: from, head: to },
    userEvent,
    scrollIntoView: true,
  });
}

function enter(view) {
  const { main } = view.state.selection;
  if (!main.empty || view.state.readOnly) return false;
  const edit = continueList(view.state.doc.toString(), main.head);
  if (edit) carryOut(view, edit, "input");
  return edit !== null;
}

const indent = (step) => (view) => {
  const { from, to } = view.state.selection.main;
  if (view.state.readOnly) return false;
  const edit = indentItems(view.state.doc.toString(), from, to, step);
  // In a list the key has a meaning, also where an item can go no deeper; elsewhere it leaves the field.
  if (edit?.changes.length) carryOut(view, edit, "input.indent");
  return edit !== null;
};

const writingKeys = keymap.of([
  { key: "Enter", run: enter },
  { key: "Tab", run: indent(1), shift: indent(-1) },
  ...standardKeymap,
]);

// Escape, then Tab: out of the field, however long one waits in between.
const wayOut = EditorView.domEventHandlers({
  keydown(event, view) {
    if (event.key === "Escape") view.setTabFocusMode(true);
    else if (!["Tab", "Shift"].includes(event.key)) view.setTabFocusMode(false);
    return false;
  },
  blur(_event, view) {
    view.setTabFocusMode(false);
    return false;
  },
});

// Copying and cutting take what is selected; the library would take the whole line where nothing is.
const onlySelected = EditorView.domEventHandlers({
  copy: (_event, view) => view.state.selection.main.empty,
  cut: (_event, view) => view.state.selection.main.empty,
});

// Equal to what the server refuses: nothing gets into the text that it would not store as it stands.
const onlyUsable = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged) return transaction;
  const { doc } = transaction.startState;
  const between = (from, to) => doc.sliceString(from, to);
  const changes = [];
  let isWhole = true;
  let isClean = true;
  transaction.changes.iterChanges((from, to, _newFrom, _newTo, inserted) => {
    const change = wholeChange(between, { from, to, insert: inserted.toString() });
    const insert = clean(change.insert);
    isWhole &&= change.from === from && change.to === to;
    isClean &&= insert === change.insert;
    changes.push({ ...change, insert });
  });
  if (isWhole && isClean) return transaction;
  // Only where the text comes out as it was meant to is the selection still right.
  const selection = isClean ? transaction.newSelection : undefined;
  return { changes, selection, userEvent: "input", scrollIntoView: true };
});

// What sticks to the window's edges must not lie over the cursor.
const margins = EditorView.scrollMargins.of(() => ({ top: 120, bottom: 110 }));

const readOnly = new Compartment();

export function setReadOnly(view, isReadOnly) {
  const extensions = [
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of({ "aria-readonly": "true" }),
    EditorView.editable.of(false),
  ];
  view.dispatch({ effects: readOnly.reconfigure(isReadOnly ? extensions : []) });
}

function attributesFrom(textarea) {
  const attributes = {
    id: `${textarea.id}-editor`,
    "aria-labelledby": textarea.getAttribute("aria-labelledby"),
    "aria-describedby": `${textarea.getAttribute("aria-describedby") ?? ""} editor-help`.trim(),
    autocapitalize: "sentences",
    autocorrect: "on",
    spellcheck: "true",
    dir: "auto",
  };
  if (textarea.lang) attributes.lang = textarea.lang;
  if (textarea.getAttribute("aria-invalid")) attributes["aria-invalid"] = "true";
  return attributes;
}

// The editor of a textarea, which is hidden. `extensions` come first: they say where the text is kept and how it is undone.
// `doc` is what it starts with.
export function openEditor(textarea, { extensions, nonce, doc = textarea.value }) {
  const view = new EditorView({
    doc,
    extensions: [
      extensions,
      onlyUsable,
      onlySelected,
      wayOut,
      writingKeys,
      markdownLook,
      margins,
      readOnly.of([]),
      EditorState.tabSize.of(4),
      EditorView.lineWrapping,
      EditorView.perLineTextDirection.of(true),
      EditorView.contentAttributes.of(attributesFrom(textarea)),
      EditorView.editorAttributes.of({ class: "prose" }),
      nonce ? EditorView.cspNonce.of(nonce) : [],
    ],
  });
  textarea.after(view.dom);
  textarea.hidden = true;
  return view;
}
