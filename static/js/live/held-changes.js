// What others change while an input method composes in a box. Its text must not be touched then, so it shows less, and more, than
// the shared text; this knows what stands where in both.

// For every character of either text: it stands in both, only in the shared text (theirs), or only in the box (taken out by them).
const BOTH = "b";
const THEIRS = "t";
const GONE = "g";

export class HeldChanges {
  // `length` is that of the text while both are the same.
  constructor(length) {
    this.kinds = BOTH.repeat(length);
  }

  // Others changed the shared text, as Yjs tells it: [{retain}, {insert}, {delete}].
  hear(delta) {
    let at = 0;
    for (const { retain = 0, insert = "", delete: gone = 0 } of delta) {
      if (insert) {
        this.replace(at, at, THEIRS.repeat(insert.length));
        at += insert.length;
      } else if (gone) {
        const end = this.after(at, gone, GONE);
        const kept = this.kinds.slice(at, end).replaceAll(THEIRS, "").replaceAll(BOTH, GONE);
        this.replace(at, end, kept);
        at += kept.length;
      } else {
        at = this.after(at, retain, GONE);
      }
    }
  }

  // The box changed, as {from, to, insert}: the same for the shared text, from its end to its beginning.
  own({ from, to, insert }) {
    const start = this.after(0, from, THEIRS);
    const end = this.after(start, to - from, THEIRS);
    const place = this.shared(start);
    const changes = [{ from: place, to: place, insert }];
    for (const { 0: run, index } of this.kinds.slice(start, end).matchAll(/b+/g)) {
      const first = this.shared(start + index);
      changes.unshift({ from: first, to: first + run.length, insert: "" });
    }
    this.replace(start, end, BOTH.repeat(insert.length) + this.kinds.slice(start, end).replace(/[bg]/g, ""));
    return changes;
  }

  // Where a place in the box is in the shared text.
  placeOf(place) {
    return this.shared(this.after(0, place, THEIRS));
  }

  // What makes the shared text of the box's, as changes that all count in the box's.
  toShow(shared) {
    const changes = [];
    let inBox = 0;
    let inShared = 0;
    for (const [run] of this.kinds.matchAll(/b+|t+|g+/g)) {
      if (run[0] === THEIRS) changes.push({ from: inBox, to: inBox, insert: shared.slice(inShared, inShared + run.length) });
      if (run[0] === GONE) changes.push({ from: inBox, to: inBox + run.length, insert: "" });
      if (run[0] !== THEIRS) inBox += run.length;
      if (run[0] !== GONE) inShared += run.length;
    }
    return changes;
  }

  // The index behind the next `count` characters, of those that aren't of the `unseen` kind.
  after(at, count, unseen) {
    while (count > 0) {
      if (this.kinds[at] !== unseen) count -= 1;
      at += 1;
    }
    return at;
  }

  shared(index) {
    return this.kinds.slice(0, index).replaceAll(GONE, "").length;
  }

  replace(from, to, kinds) {
    this.kinds = this.kinds.slice(0, from) + kinds + this.kinds.slice(to);
  }
}
