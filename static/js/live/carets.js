// Where others are in a field: their caret with their name, and what they have selected. Colours are classes, as the policy
// takes no styles from scripts; who it is is said by the name.

import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, WidgetType } from "@codemirror/view";
import { caughtUp, editorSync } from "./editor-sync.js";
import { hueOf } from "./hues.js";
import { placeIn } from "./place-in.js";

const setCarets = StateEffect.define();

class Caret extends WidgetType {
  // `place` is where the person said to be: when they move, the caret is drawn anew, and shows its name for a while.
  constructor(person, place) {
    super();
    this.person = person;
    this.place = JSON.stringify(place);
  }

  eq(other) {
    return other.person.name === this.person.name && other.person.id === this.person.id && other.place === this.place;
  }

  toDOM() {
    const caret = document.createElement("span");
    caret.className = `caret ${hueOf(this.person.id)}`;
    caret.setAttribute("aria-hidden", "true");
    const name = document.createElement("span");
    name.className = "caret-name";
    name.textContent = this.person.name;
    caret.append(name);
    return caret;
  }

  ignoreEvent() {
    return true;
  }
}

const marks = StateField.define({
  create: () => Decoration.none,
  update(carets, transaction) {
    for (const effect of transaction.effects) if (effect.is(setCarets)) return effect.value;
    return carets.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function decorations(text, awareness) {
  const found = [];
  for (const [client, state] of awareness.getStates()) {
    if (client === awareness.clientID || !state.user || !state.cursor) continue;
    const anchor = placeIn(text, state.cursor.anchor);
    const head = placeIn(text, state.cursor.head);
    if (anchor === null || head === null) continue;
    const [from, to] = [Math.min(anchor, head), Math.max(anchor, head)];
    if (from < to) {
      found.push(Decoration.mark({ class: `selected-by ${hueOf(state.user.id)}` }).range(from, to));
    }
    found.push(Decoration.widget({ widget: new Caret(state.user, state.cursor.head), side: head > anchor ? -1 : 1 }).range(head));
  }
  return Decoration.set(found, true);
}

// At the end of a line a name stands before its caret: behind it, the field's edge would cut it.
const turnNames = (view) =>
  view.requestMeasure({
    key: marks,
    read: ({ contentDOM }) => {
      const { left, right } = contentDOM.getBoundingClientRect();
      return Array.from(contentDOM.querySelectorAll(".caret"), (caret) => {
        const { x, width } = caret.getBoundingClientRect();
        const room = getComputedStyle(caret).direction === "rtl" ? x + width - left : right - x;
        return { caret, isTurned: caret.firstElementChild.offsetWidth > room };
      });
    },
    write: (carets) => {
      for (const { caret, isTurned } of carets) caret.classList.toggle("is-turned", isTurned);
    },
  });

export const othersCarets = (text, awareness) => [
  marks,
  ViewPlugin.define((view) => {
    let isDue = false;
    const follow = ({ added, updated, removed }) => {
      if ([...added, ...updated, ...removed].some((client) => client !== awareness.clientID)) draw();
    };
    const draw = () => {
      if (isDue) return;
      isDue = true;
      // Not at once: this may be within an update of the editor, which takes no other.
      queueMicrotask(() => {
        isDue = false;
        if (view.plugin(editorSync).isWaiting) return;
        view.dispatch({ effects: setCarets.of(decorations(text, awareness)) });
      });
    };
    awareness.on("change", follow);
    turnNames(view);
    return {
      update({ transactions }) {
        if (transactions.some((one) => one.annotation(caughtUp))) draw();
        turnNames(view);
      },
      destroy: () => awareness.off("change", follow),
    };
  }),
];
