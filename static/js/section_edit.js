// Writing a section: nothing typed is lost, lengths are counted, the text can be read as it will be, keys save and turn pages.

import { KeptText } from "./modules/kept-text.js";
import { sayLength } from "./modules/length.js";
import { link, notKnown, prefixLines, wrap } from "./modules/toolbar.js";

const form = document.getElementById("section-form");

function turnPage(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const rel = { PageUp: "prev", PageDown: "next" }[event.key];
  const target = rel && document.querySelector(`.pager a[rel="${rel}"]`);
  if (!target) return;
  event.preventDefault();
  target.click();
}

function startWriting() {
  const areas = [...form.querySelectorAll("textarea")];
  const startedFrom = form.elements.started_from;
  const state = form.querySelector("[data-save-state]");
  const kept = new KeptText(form.dataset.draft);
  const isBound = form.dataset.isBound === "yes";
  const sameLines = (text) => text.replace(/\r\n?/g, "\n");
  const stored = Object.fromEntries(areas.map((area) => [area.name, sameLines(area.value)]));
  const current = () => Object.fromEntries(areas.map((area) => [area.name, sameLines(area.value)]));
  const differs = (texts) => areas.some(({ name }) => (texts[name] ?? stored[name]) !== stored[name]);

  function sayState(name, shape = "") {
    state.className = `save-state ${shape}`;
    state.textContent = state.dataset[name];
  }

  function keep() {
    if (!isBound && !differs(current())) {
      kept.drop();
      sayState("clean");
    } else if (kept.keep(startedFrom.value, current())) {
      sayState("dirty", "delayed");
    } else {
      sayState("alone", "offline");
    }
  }

  function offerKept() {
    const entry = kept.read();
    if (!entry) return;
    // A save that joined a colleague's words has stored this text, though it doesn't stand there as it was.
    const isSaved = entry.isSent && document.querySelector(`.saved-${form.dataset.section}`);
    if (isSaved || !differs(entry.texts)) {
      kept.drop();
      return;
    }
    const offer = form.querySelector("[data-kept]");
    const time = offer.querySelector("[data-kept-at]");
    const at = new Date(entry.at);
    time.dateTime = entry.at;
    // English as the pages write it: day before month, and hours to 24.
    const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
    time.textContent = at.toLocaleString(language, { dateStyle: "long", timeStyle: "short" });
    waitForChoice(true);
    offer.querySelector("[data-kept-restore]").addEventListener("click", () => {
      // The save must name the version under this text, or a colleague's later words would count as deleted.
      startedFrom.value = entry.startedFrom;
      for (const area of areas) {
        if (area.name in entry.texts) area.value = entry.texts[area.name];
      }
      waitForChoice(false);
      refresh();
      areas.find((area) => area.value !== stored[area.name])?.focus();
    });
    offer.querySelector("[data-kept-drop]").addEventListener("click", () => {
      kept.drop();
      waitForChoice(false);
      areas[0]?.focus();
    });
  }

  // Nothing typed may stay unkept, and the place for it is taken: the choice comes before writing.
  function waitForChoice(isWaiting) {
    form.querySelector("[data-kept]").hidden = !isWaiting;
    for (const area of areas) {
      area.readOnly = isWaiting;
      for (const button of area.closest(".field").querySelectorAll(".tools button")) button.disabled = isWaiting;
    }
  }

  function sayLengths() {
    for (const area of areas) {
      const place = area.closest(".text").querySelector("[data-count]");
      sayLength(place, area.value);
    }
  }

  function refresh() {
    sayLengths();
    keep();
  }

  for (const area of areas) {
    area.addEventListener("input", refresh);
    const tools = area.closest(".field").querySelector(".tools");
    tools.hidden = false;
    tools.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.mark) wrap(area, button.dataset.mark);
      else if (button.dataset.line) prefixLines(area, button.dataset.line);
      else if (button.dataset.notKnown) notKnown(area, button.dataset.notKnown);
      else link(area);
    });
  }

  form.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const mark = { b: "**", i: "*" }[event.key.toLowerCase()];
    if (mark && event.target.matches("textarea")) {
      event.preventDefault();
      wrap(event.target, mark);
    }
  });

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector(".btn-primary"));
    }
  });

  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("data-preview-button")) {
      event.preventDefault();
      togglePreview(event.submitter);
      return;
    }
    kept.markSent();
    sayState("saving", "saving");
  });

  async function togglePreview(button) {
    const writing = form.querySelector("[data-writing]");
    const reading = form.querySelector("[data-reading]");
    if (!reading.hidden) {
      reading.hidden = true;
      writing.hidden = false;
      button.textContent = button.dataset.read;
      return;
    }
    button.disabled = true;
    try {
      const answer = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const preview = page.getElementById("preview");
      if (!preview) throw new Error("no preview on the page");
      reading.replaceChildren(...preview.children);
      writing.hidden = true;
      reading.hidden = false;
      button.textContent = button.dataset.write;
    } catch {
      // Signed out or no connection: the plain way shows the page that says so. The text is kept here.
      form.action = form.dataset.preview;
      form.submit();
    } finally {
      button.disabled = false;
    }
  }

  if (isBound) keep();
  else offerKept();
  sayLengths();
}

document.addEventListener("keydown", turnPage);
if (form) startWriting();
