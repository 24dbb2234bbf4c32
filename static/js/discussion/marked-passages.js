// The passages that open comments are on, marked in the text where the browser can, and the way from a comment to its passage.

import { rangeOf, wordsOnPage } from "./words-on-page.js";

const CAN_MARK = "highlights" in CSS;
// On the page for writing the text stands in fields: those show a passage themselves.
const IS_WRITTEN = document.getElementById("section-form") !== null;

function rangeFor(thread) {
  const text = document.querySelector(`[data-prompt="${CSS.escape(thread.dataset.of)}"]`);
  return text && rangeOf(wordsOnPage(text), thread.dataset.passage, Number(thread.dataset.start));
}

export function markPassages(panel) {
  const ranges = [];
  for (const thread of panel.querySelectorAll(".thread[data-passage]")) {
    const range = rangeFor(thread);
    if (range && !thread.classList.contains("is-resolved")) ranges.push(range);
    if (range || IS_WRITTEN) makeWay(thread);
  }
  if (CAN_MARK) CSS.highlights.set("commented", new Highlight(...ranges));
}

// The quote becomes a button that shows where it stands.
function makeWay(thread) {
  const quote = thread.querySelector(".quoted q");
  if (!quote || quote.closest("button")) return;
  const way = document.createElement("button");
  way.type = "button";
  way.className = "to-passage";
  quote.replaceWith(way);
  way.append(quote);
  way.addEventListener("click", () => show(thread));
}

function show(thread) {
  // The text may have been drawn anew since.
  const range = rangeFor(thread);
  if (!range) {
    const { of: prompt, passage } = thread.dataset;
    document.dispatchEvent(new CustomEvent("show-passage", { detail: { prompt, passage } }));
    return;
  }
  range.startContainer.parentElement.scrollIntoView({ block: "center" });
  const selection = document.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}
