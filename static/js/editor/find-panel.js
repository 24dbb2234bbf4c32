// Find and replace in all fields of a section: one panel, from field to field and round.

import { findInFields, nextFrom } from "./find.js";

export class FindPanel {
  constructor(panel, boxes) {
    this.panel = panel;
    this.boxes = boxes;
    this.words = panel.querySelector("[data-words]");
    this.other = panel.querySelector("[data-other]");
    this.isCaseKept = panel.querySelector("[data-case]");
    this.status = panel.querySelector("[data-said]");
    this.found = [];
    this.now = -1;
    for (const button of panel.querySelectorAll("[data-act]")) {
      button.addEventListener("click", () => this[button.dataset.act]());
    }
    this.words.addEventListener("input", () => this.look());
    this.isCaseKept.addEventListener("change", () => this.look());
    panel.addEventListener("keydown", (event) => this.key(event));
    for (const box of boxes) {
      box.area.addEventListener("input", () => {
        if (!panel.hidden && !this.isReplacing) this.refresh();
      });
    }
  }

  open(box) {
    const { from, to } = box.selection;
    const selected = box.text.slice(from, to);
    this.from = { field: this.boxes.indexOf(box), from, to: from };
    this.panel.hidden = false;
    if (selected && !selected.includes("\n")) this.words.value = selected;
    this.words.focus();
    this.words.select();
    this.look();
  }

  close() {
    this.panel.hidden = true;
    this.found = [];
    this.show();
    this.boxes[this.from.field].focus();
  }

  search() {
    const texts = this.boxes.map((box) => box.text);
    this.found = findInFields(texts, this.words.value, { isCaseKept: this.isCaseKept.checked });
  }

  // The first place from where one was when the panel was opened.
  look() {
    this.search();
    this.now = this.found.length ? nextFrom(this.found, this.from, 1) : -1;
    this.show();
    this.say();
  }

  // The text has changed under the panel: the same words, and the place that was gone to if it is still there.
  refresh() {
    const was = this.found[this.now];
    this.search();
    this.now = was
      ? this.found.findIndex((place) => place.field === was.field && place.from === was.from)
      : -1;
    this.show();
    this.say();
  }

  next() {
    this.step(1);
  }

  previous() {
    this.step(-1);
  }

  step(step) {
    const at = this.found[this.now] ?? this.from;
    this.now = nextFrom(this.found, at, step);
    this.goToNow();
    this.say();
  }

  goToNow() {
    const place = this.found[this.now];
    if (!place) return;
    this.from = { ...place, to: place.from };
    const focused = document.activeElement;
    this.boxes[place.field].goTo(place);
    this.show();
    if (this.panel.contains(focused)) focused.focus({ preventScroll: true });
  }

  replace() {
    const place = this.found[this.now];
    if (!place) {
      this.next();
      return;
    }
    const { field, from, to } = place;
    const insert = this.other.value;
    const end = from + insert.length;
    this.change(() => this.boxes[field].edit({ changes: [{ from, to, insert }], from: end, to: end }));
    this.search();
    this.now = nextFrom(this.found, { field, from: end, to: end }, 1);
    this.goToNow();
    if (this.now === -1) this.show();
    this.say();
  }

  replaceAll() {
    this.search();
    const count = this.found.length;
    const insert = this.other.value;
    const fields = new Set(this.found.map((place) => place.field));
    this.change(() => {
      for (const field of fields) {
        const changes = this.found
          .filter((place) => place.field === field)
          .map(({ from, to }) => ({ from, to, insert }));
        const { from } = changes[0];
        this.boxes[field].edit({ changes, from, to: from });
      }
    });
    this.search();
    this.now = -1;
    this.show();
    const { one, replaced, none } = this.panel.dataset;
    this.status.textContent = !count ? none : count === 1 ? one : replaced.replace("{n}", count);
  }

  change(act) {
    const focused = document.activeElement;
    this.isReplacing = true;
    act();
    this.isReplacing = false;
    if (this.panel.contains(focused)) focused.focus({ preventScroll: true });
  }

  show() {
    this.boxes.forEach((box, field) => {
      const places = this.found
        .map((place, index) => ({ ...place, isNow: index === this.now }))
        .filter((place) => place.field === field);
      box.showFound(places);
    });
  }

  say() {
    const { none, some, at } = this.panel.dataset;
    const place = this.found[this.now];
    let sentence = "";
    if (place) {
      sentence = at
        .replace("{k}", this.now + 1)
        .replace("{n}", this.found.length)
        .replace("{field}", this.boxes[place.field].name);
    } else if (this.words.value) {
      sentence = this.found.length ? some.replace("{n}", this.found.length) : none;
    }
    this.status.textContent = sentence;
  }

  key(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && event.target.matches("input[type=text]")) {
      // Never the form's own Enter, which would save.
      event.preventDefault();
      if (event.target === this.other) this.replace();
      else this.step(event.shiftKey ? -1 : 1);
    }
  }
}
