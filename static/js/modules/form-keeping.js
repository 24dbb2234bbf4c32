// What becomes of typed text while it is only saved by sending the form: it is kept on this device, and offered back.

import { KeptText } from "./kept-text.js";
import { Place } from "./place.js";

const sameLines = (text) => text.replace(/\r\n?/g, "\n");

export class FormKeeping {
  // `refresh` has the page look at all texts again.
  constructor({ form, areas, boxes, toolbars, refresh }) {
    Object.assign(this, { form, areas, boxes, toolbars, refresh });
    this.startedFrom = form.elements.started_from;
    this.state = form.querySelector("[data-save-state]");
    this.kept = new KeptText(form.dataset.draft);
    this.place = new Place(form.dataset.draft, boxes);
    this.isBound = form.dataset.isBound === "yes";
    this.stored = this.#current();
    this.isLeaving = false;
    this.isKeepingNothing = false;
    this.isWaiting = false;
    this.isEnded = false;
    // Where the browser keeps no copy, leaving would lose what was typed.
    window.addEventListener("beforeunload", (event) => {
      if (this.isKeepingNothing && !this.isLeaving) event.preventDefault();
    });
    // From the editor to plain text boxes or back is a new page with the same text in it, saved or not.
    const swap = document.getElementById("text-box-form");
    swap.hidden = false;
    swap.addEventListener("submit", () => this.kept.markMoved());
  }

  start() {
    if (this.isBound) this.changed();
    else this.#offerKept();
    // Joined words come first: whoever goes back to the field at once doesn't see what is said of them.
    if (document.querySelector(`.saved-${this.form.dataset.section}:not(.joined)`)) this.place.goBack();
  }

  get isUntouched() {
    return !this.isBound && !this.isLeaving && !this.isWaiting && !this.#differs(this.#current());
  }

  // Something else takes over.
  end() {
    this.isEnded = true;
  }

  changed() {
    if (this.isEnded) return;
    this.isKeepingNothing = false;
    if (!this.isBound && !this.#differs(this.#current())) {
      this.kept.drop();
      this.#say("clean");
    } else if (this.kept.keep(this.startedFrom.value, this.#current())) {
      this.#say("dirty", "delayed");
    } else {
      this.isKeepingNothing = true;
      this.#say("alone", "offline");
    }
  }

  submit() {
    this.isLeaving = true;
    this.kept.markSent();
    this.place.remember();
    this.#say("saving", "saving");
  }

  #current() {
    return Object.fromEntries(this.areas.map((area) => [area.name, sameLines(area.value)]));
  }

  #differs(texts) {
    return this.areas.some(({ name }) => (texts[name] ?? this.stored[name]) !== this.stored[name]);
  }

  #say(name, shape = "") {
    this.state.className = `save-state ${shape}`;
    this.state.textContent = this.state.dataset[name];
  }

  #offerKept() {
    const entry = this.kept.read();
    if (!entry) return;
    // A save that joined a colleague's words has stored this text, though it doesn't stand there as it was.
    const isSaved = entry.isSent && document.querySelector(`.saved-${this.form.dataset.section}`);
    if (isSaved || !this.#differs(entry.texts)) {
      this.kept.drop();
      return;
    }
    if (entry.isMoved) {
      this.#restore(entry);
      return;
    }
    const offer = this.form.querySelector("[data-kept]");
    const time = offer.querySelector("[data-kept-at]");
    time.dateTime = entry.at;
    // English as the pages write it: day before month, and hours to 24.
    const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
    time.textContent = new Date(entry.at).toLocaleString(language, { dateStyle: "long", timeStyle: "short" });
    const why = offer.querySelector("[data-kept-why]");
    why.textContent = why.dataset[entry.reason?.replaceAll(/_(.)/g, (_, letter) => letter.toUpperCase())] ?? "";
    this.#waitForChoice(true);
    offer.scrollIntoView({ block: "center" });
    offer.querySelector("[data-kept-restore]").addEventListener("click", () => this.#restore(entry));
    offer.querySelector("[data-kept-drop]").addEventListener("click", () => {
      this.kept.drop();
      this.#waitForChoice(false);
      this.boxes[0]?.focus();
    });
  }

  #restore(entry) {
    // The save must name the version under this text, or a colleague's later words would count as deleted.
    this.startedFrom.value = entry.startedFrom;
    this.#waitForChoice(false);
    for (const box of this.boxes) {
      const text = entry.texts[box.area.name] ?? box.text;
      if (text !== box.text) box.setText(text);
    }
    this.refresh();
    this.boxes.find(({ area }) => sameLines(area.value) !== this.stored[area.name])?.focus();
  }

  // Nothing typed may stay unkept, and the place for it is taken: the choice comes before writing.
  #waitForChoice(isWaiting) {
    this.isWaiting = isWaiting;
    this.form.querySelector("[data-kept]").hidden = !isWaiting;
    for (const box of this.boxes) box.setReadOnly(isWaiting);
    for (const toolbar of this.toolbars) toolbar.setWaiting(isWaiting);
  }
}
