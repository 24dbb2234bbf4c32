// The editor's text and the room's, each in step with the other, in place of y-codemirror's own plugin: while an input method
// composes, what others change waits, as it would double or lose the letters that are being composed.

import { Annotation } from "@codemirror/state";
import { ViewPlugin } from "@codemirror/view";
import { ySyncAnnotation, ySyncFacet } from "y-codemirror.next";
import { HeldChanges } from "./held-changes.js";

// CodeMirror is done with a composition 50 ms after its end.
const SETTLED_AFTER = 60;

// Nothing waits any more.
export const caughtUp = Annotation.define();

class EditorSync {
  constructor(view) {
    this.view = view;
    this.conf = view.state.facet(ySyncFacet);
    this.text = this.conf.ytext;
    this.held = null;
    this.hear = (event, transaction) => this.changedByOthers(event, transaction);
    this.text.observe(this.hear);
  }

  // Whether what is known of the room's text may not be shown now.
  get isWaiting() {
    return this.held !== null || this.view.compositionStarted;
  }

  placeOf(place) {
    return this.held?.placeOf(place) ?? place;
  }

  changedByOthers({ delta }, { origin }) {
    if (origin === this.conf) return;
    const { isWaiting } = this;
    this.held ??= new HeldChanges(this.view.state.doc.length);
    this.held.hear(delta);
    if (!isWaiting) this.show();
  }

  show(...annotations) {
    const changes = this.held?.toShow(this.text.toString());
    this.held = null;
    this.view.dispatch({ changes, annotations: [ySyncAnnotation.of(this.conf), ...annotations] });
  }

  update(update) {
    const isOurs = update.transactions[0]?.annotation(ySyncAnnotation) === this.conf;
    if (!update.docChanged || isOurs) return;
    const made = [];
    update.changes.iterChanges((from, to, _from, _to, insert) => {
      made.unshift({ from, to, insert: insert.sliceString(0, insert.length, "\n") });
    });
    this.text.doc.transact(() => {
      for (const { from, to, insert } of made.flatMap((change) => this.held?.own(change) ?? [change])) {
        if (to > from) this.text.delete(from, to - from);
        if (insert) this.text.insert(from, insert);
      }
    }, this.conf);
  }

  settle() {
    if (!this.view.compositionStarted) this.show(caughtUp.of(true));
  }

  destroy() {
    this.text.unobserve(this.hear);
  }
}

export const editorSync = ViewPlugin.fromClass(EditorSync, {
  eventObservers: {
    compositionend() {
      setTimeout(() => this.settle(), SETTLED_AFTER);
    },
  },
});
