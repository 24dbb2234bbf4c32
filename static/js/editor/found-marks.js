// Where the words that are looked for stand in an editor, and which of them is the one gone to.

import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

const setFound = StateEffect.define();

const found = Decoration.mark({ class: "found" });
const foundNow = Decoration.mark({ class: "found found-now" });

const field = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setFound)) return Decoration.set(effect.value);
    }
    return marks.map(transaction.changes);
  },
  provide: (marks) => EditorView.decorations.from(marks),
});

export const foundMarks = field;

// `places` as [{from, to, isNow}], in order.
export function showFound(view, places) {
  const marks = places.map(({ from, to, isNow }) => (isNow ? foundNow : found).range(from, to));
  view.dispatch({ effects: setFound.of(marks) });
}
