// What becomes of typed text where several write at once: it is saved as it is typed, and the page says so in words.
// "Save" gives the text a revision; a request for review is for exactly that revision.

import { promptOf } from "../editor/plain-box.js";
import { KeptText } from "../modules/kept-text.js";
import { Others } from "./others.js";

const ANSWER_WITHIN = 10000;
const LOCKED = "frozen";
const SIGNED_OUT = 4401;

function wording(className, words) {
  const span = document.createElement("span");
  span.className = className;
  span.textContent = words;
  return span;
}

export class LiveKeeping {
  constructor({ form, boxes, toolbars }, section) {
    Object.assign(this, { form, boxes, toolbars, section });
    this.state = form.querySelector("[data-save-state]");
    this.words = form.querySelector("[data-live-words]").dataset;
    this.revision = Number(form.dataset.revision);
    this.isLeaving = false;
    const { connection } = section;
    connection.on("change", () => this.#say());
    connection.on("facts", (facts) => this.#learn(facts));
    connection.on("end", (code) => this.#end(code));
    window.addEventListener("beforeunload", (event) => {
      if (!this.isLeaving && !connection.isSaved && !section.isKept) event.preventDefault();
    });
    document.getElementById("text-box-form").hidden = false;
    const fields = boxes.map((box) => ({ box, text: section.textOf(promptOf(box.area)) }));
    new Others(form.querySelector("[data-others]"), section, fields);
  }

  start() {
    // Saved it is by itself: the button gives it a number.
    document.getElementById("save").replaceChildren(
      wording("wide-only", this.words.record),
      wording("narrow-only", this.words.recordShort),
    );
    this.form.querySelector('[data-live="request"] .wide-only').textContent = this.words.request;
    this.#say();
  }

  sayBroughtBack() {
    this.#announce(this.words.broughtBack);
  }

  changed() {
    // The connection says what becomes of it.
  }

  submit(event) {
    event.preventDefault();
    const step = event.submitter?.dataset.live ?? "name";
    this.#name().then(
      () => (step === "request" ? this.#request() : null),
      (sentence) => this.#announce(sentence.message),
    );
  }

  // Everything is committed, then named; resolves when the number is known.
  #name() {
    const { connection } = this.section;
    if (!connection.isSynced) return Promise.reject(new Error(this.words.unnamed));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => done(new Error(this.words.unnamed)), ANSWER_WITHIN);
      const done = (mistake) => {
        clearTimeout(timer);
        connection.off("facts", hear);
        connection.off("change", ask);
        if (mistake) reject(mistake);
        else resolve();
      };
      const hear = (facts) => {
        if (!("named" in facts)) return;
        if (facts.named === false) {
          done(new Error(this.words.unnamed));
          return;
        }
        const sentence = facts.named ? this.words.named : this.words.unchanged;
        this.#announce(sentence.replace("{n}", this.revision));
        done();
      };
      const ask = () => {
        if (!connection.isSaved || !connection.isSynced) return;
        connection.off("change", ask);
        connection.name();
      };
      connection.on("facts", hear);
      connection.on("change", ask);
      ask();
    });
  }

  #request() {
    const request = document.getElementById("live-request");
    request.elements.revision.value = this.revision;
    this.isLeaving = true;
    request.submit();
  }

  #learn(facts) {
    if (facts.revision) this.revision = facts.revision;
    if (facts.refused || facts.locked || facts.write === false) this.#stepBack(facts.refused ?? LOCKED);
    else this.#say();
  }

  // What the server doesn't take can't be taken out of a shared text again: the page starts anew with the server's, and what was
  // typed is kept for its author.
  #stepBack(reason) {
    if (this.isLeaving) return;
    const { connection, waiting } = this.section;
    this.isLeaving = true;
    connection.end();
    if (waiting || reason !== LOCKED) this.#keepAsText(reason);
    this.section.giveUp();
    window.location.reload();
  }

  // Changes that the server won't have would be refused for ever; as a text they can be put back, or copied.
  #keepAsText(reason) {
    const texts = Object.fromEntries(this.boxes.map((box) => [box.area.name, box.text]));
    const { seq } = this.section.facts;
    // Put back, it is joined from the text that the server had last told of, not from that of the page's beginning.
    const startedFrom = seq === null ? this.form.elements.started_from.value : `${this.form.dataset.revision}.${seq}`;
    new KeptText(this.form.dataset.draft).keep(startedFrom, texts, reason);
  }

  #end(code) {
    if (this.isLeaving) return;
    for (const box of this.boxes) box.setReadOnly(true);
    for (const toolbar of this.toolbars) toolbar.setWaiting(true);
    for (const button of this.form.querySelectorAll(".desk-bar .actions button")) button.disabled = true;
    this.#show("offline", this.section.facts.ends?.[code] ?? this.words.ended);
    if (!this.section.waiting) return;
    // Whoever signs in again sends them; no other end is mended by sending them again.
    if (code === SIGNED_OUT) return;
    this.#announce(this.words.copy);
    this.#keepAsText();
    this.section.giveUp();
  }

  #say() {
    const { connection, waiting, facts, isKept } = this.section;
    if (connection.isEnded) return;
    if (!connection.isConnected) {
      const many = waiting === 1 ? this.words.offlineOne : this.words.offlineMany;
      const kept = isKept ? many : this.words.offlineAlone;
      this.#show("offline", waiting ? kept.replace("{n}", waiting) : this.words.offline);
    } else if (facts.saving === "delayed" && waiting) {
      this.#show("delayed", this.words.delayed);
    } else if (waiting) {
      this.#show("saving", this.words.saving);
    } else {
      this.#show("", this.words.saved);
    }
  }

  #show(shape, sentence) {
    const name = `save-state ${shape}`.trim();
    if (this.state.className !== name) this.state.className = name;
    if (this.state.textContent !== sentence) this.state.textContent = sentence;
  }

  #announce(sentence) {
    const place = this.form.querySelector("[data-live-said]");
    place.textContent = sentence;
    place.hidden = false;
  }
}
