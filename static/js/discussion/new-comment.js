// From a passage that is selected in the text to a comment on it: a button beside the selection, Ctrl Alt M, and the toolbar of
// the editor, which says so by an event.

import { selectedIn } from "./words-on-page.js";

function selectedOnPage() {
  for (const text of document.querySelectorAll("[data-prompt]")) {
    const selected = selectedIn(text);
    if (selected) return { prompt: text.dataset.prompt, ...selected };
  }
  return null;
}

function begin(panel, { prompt, quote, before }) {
  const { elements } = panel.querySelector("#comment-form");
  elements.prompt_key.value = prompt;
  elements.quote.value = quote;
  elements.before.value = before;
  elements.text.scrollIntoView({ block: "center" });
  elements.text.focus();
}

export function offerComments(panel) {
  if (!panel.querySelector("#comment-form")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn on-selection";
  button.textContent = panel.dataset.comment;
  button.setAttribute("aria-keyshortcuts", "Control+Alt+M");
  button.hidden = true;
  document.body.append(button);
  // The selection stays what it is under the click.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  const start = () => {
    const selected = selectedOnPage();
    button.hidden = true;
    if (selected) begin(panel, selected);
  };
  button.addEventListener("click", start);
  document.addEventListener("selectionchange", () => {
    const selected = selectedOnPage();
    button.hidden = selected === null;
    if (button.hidden) return;
    const rects = document.getSelection().getRangeAt(0).getClientRects();
    const { bottom, right } = rects[rects.length - 1] ?? { bottom: 0, right: 0 };
    const left = Math.max(8, Math.min(right, document.documentElement.clientWidth - button.offsetWidth - 8));
    button.style.setProperty("top", `${bottom + window.scrollY + 6}px`);
    button.style.setProperty("left", `${left + window.scrollX}px`);
  });
  document.addEventListener("keydown", (event) => {
    if (!event.ctrlKey || !event.altKey || event.code !== "KeyM" || !selectedOnPage()) return;
    event.preventDefault();
    start();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-comment-on]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    begin(panel, { prompt: link.dataset.commentOn, quote: link.dataset.quote, before: "" });
  });
  document.addEventListener("comment-on", ({ detail }) => begin(panel, detail));
}
