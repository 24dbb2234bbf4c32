// A picture on its way into the text: chosen, pasted or dropped, said what it shows, sent, and put where the cursor is.

import { closeOver } from "./close-over.js";
import { insertPicture } from "./pictures.js";
import { sendForm } from "./send-form.js";

const MOST_BYTES = 5 * 1024 * 1024;
const SEEN_WIDTH = 480;

export class PictureDialog {
  constructor(dialog) {
    this.dialog = dialog;
    this.form = dialog.querySelector("form");
    this.file = this.form.elements.file;
    this.alt = this.form.elements.alt;
    this.canvas = dialog.querySelector("canvas");
    this.status = dialog.querySelector("[data-said]");
    this.put = dialog.querySelector("[data-put]");
    this.file.addEventListener("change", () => this.choose(this.file.files[0] ?? null));
    this.alt.addEventListener("input", () => {
      this.isWarned = false;
      this.showMistakes({ alt: [] });
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    dialog.querySelector("[data-give-up]").addEventListener("click", () => this.skip());
    dialog.addEventListener("cancel", (event) => this.leave(event));
    dialog.addEventListener("close", () => this.sending?.abort());
  }

  // `files` are the pictures that came; none, and one is chosen here. Several are asked about one after the other.
  open(box, files = []) {
    if (this.dialog.open) return;
    this.box = box;
    this.waiting = [...files];
    this.count = files.length;
    this.next();
  }

  next() {
    this.form.reset();
    this.isWarned = false;
    this.showMistakes({ file: [], alt: [] });
    this.say(this.count > 1 ? this.words("sayWhich", { k: this.count - this.waiting.length + 1, n: this.count }) : "");
    this.choose(this.waiting.shift() ?? null);
    // What came by itself needs no choosing; a file that is no good can still be exchanged for another.
    this.form.querySelector("[data-choosing]").hidden = this.picture !== null && this.isGood;
    if (!this.dialog.open) this.dialog.showModal();
    (this.picture ? this.alt : this.file).focus();
  }

  choose(picture) {
    this.picture = picture;
    this.isGood = picture === null || picture.size <= MOST_BYTES;
    this.showMistakes({ file: this.isGood ? [] : [this.dialog.dataset.sayTooBig] });
    this.draw();
  }

  // Drawn and not loaded: the page's policy takes pictures from its own address only.
  async draw() {
    const { picture, canvas } = this;
    canvas.hidden = true;
    if (!picture || !this.isGood) return;
    let image;
    try {
      image = await createImageBitmap(picture);
    } catch {
      // Not a picture that can be drawn: the server will say what is wrong with it.
      return;
    }
    if (picture !== this.picture) return;
    const scale = Math.min(1, SEEN_WIDTH / image.width);
    canvas.width = Math.ceil(image.width * scale);
    canvas.height = Math.ceil(image.height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.hidden = false;
  }

  async send() {
    const { alt, picture } = this;
    const { sayNoFile, sayNoAlt } = this.dialog.dataset;
    const mistakes = { file: picture ? [] : [sayNoFile], alt: alt.value.trim() ? [] : [sayNoAlt] };
    this.showMistakes({ ...mistakes, file: this.isGood ? mistakes.file : [this.dialog.dataset.sayTooBig] });
    if (!picture || !this.isGood || !alt.value.trim()) {
      (alt.value.trim() ? this.file : alt).focus();
      return;
    }
    const body = new FormData(this.form);
    body.set("file", picture, picture.name || "picture");
    this.setSending(true);
    try {
      this.sending = sendForm(this.form.action, body, (share) => this.say(this.words("saySending", { share })));
      this.take(await this.sending.answer);
    } catch (failure) {
      if (failure.name !== "AbortError") this.showMistakes({ file: [this.dialog.dataset.sayNotSent] });
    } finally {
      this.setSending(false);
    }
  }

  take(answer) {
    this.say("");
    if (answer.mistakes) {
      this.form.querySelector("[data-choosing]").hidden = false;
      this.showMistakes(answer.mistakes);
      (answer.mistakes.file ? this.file : this.alt).focus();
      return;
    }
    if (this.box.isReadOnly) {
      this.showMistakes({ file: [this.dialog.dataset.sayLocked] });
      return;
    }
    // Beneath an open dialog a text box takes no edit.
    closeOver(this.dialog, this.box);
    this.box.edit(insertPicture(this.box.text, this.box.selection.to, answer.markdown));
    this.box.notice(answer.said);
    if (this.waiting.length) this.next();
  }

  // Without this one; the others are asked about all the same.
  skip() {
    this.sending?.abort();
    if (this.waiting.length) this.next();
    else closeOver(this.dialog, this.box);
  }

  leave(event) {
    event.preventDefault();
    if (this.alt.value.trim() && !this.isWarned) {
      this.isWarned = true;
      this.say(this.dialog.dataset.sayLeave);
      return;
    }
    this.waiting = [];
    this.skip();
  }

  setSending(isSending) {
    this.put.disabled = isSending;
    this.form.setAttribute("aria-busy", String(isSending));
    if (!isSending) this.sending = null;
  }

  showMistakes(mistakes) {
    for (const [name, sentences] of Object.entries(mistakes)) {
      const place = this.form.querySelector(`[data-mistake="${name}"]`);
      place.textContent = sentences.join(" ");
      this.form.elements[name].setAttribute("aria-invalid", String(sentences.length > 0));
      this.form.elements[name].classList.toggle("is-invalid", sentences.length > 0);
    }
  }

  words(name, values) {
    return Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), this.dialog.dataset[name]);
  }

  say(sentence) {
    this.status.textContent = sentence;
  }
}
