// From a passage that is selected in the text to a comment on it: a button beside the selection, Ctrl Alt M, and the toolbar of
// the editor, which says so by an event. Where other words can be suggested, a second button leads there, as does Ctrl Alt G.

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

// To the page on which the passage is written differently.
function suggest(form, { prompt, quote, before }) {
  const address = new URL(form.action);
  address.search = new URLSearchParams({ prompt, quote, before });
  window.location.assign(address);
}

function waysFrom(panel) {
  const form = document.getElementById("suggest-form");
  const ways = [];
  if (panel.querySelector("#comment-form")) {
    ways.push({ label: panel.dataset.comment, key: "KeyM", keys: "Control+Alt+M", go: (found) => begin(panel, found) });
  }
  if (form) {
    ways.push({ label: form.dataset.suggest, key: "KeyG", keys: "Control+Alt+G", go: (found) => suggest(form, found) });
  }
  return ways;
}

export function offerComments(panel) {
  const ways = waysFrom(panel);
  if (!ways.length) return;
  const bar = document.createElement("div");
  bar.className = "on-selection";
  bar.hidden = true;
  // The selection stays what it is under the click.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  const take = (way) => {
    const selected = selectedOnPage();
    bar.hidden = true;
    if (selected) way.go(selected);
  };
  for (const way of ways) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.textContent = way.label;
    button.setAttribute("aria-keyshortcuts", way.keys);
    button.addEventListener("click", () => take(way));
    bar.append(button);
  }
  document.body.append(bar);
  document.addEventListener("selectionchange", () => {
    const selected = selectedOnPage();
    bar.hidden = selected === null;
    if (bar.hidden) return;
    const rects = document.getSelection().getRangeAt(0).getClientRects();
    const { bottom, right } = rects[rects.length - 1] ?? { bottom: 0, right: 0 };
    const left = Math.max(8, Math.min(right, document.documentElement.clientWidth - bar.offsetWidth - 8));
    bar.style.setProperty("top", `${bottom + window.scrollY + 6}px`);
    bar.style.setProperty("left", `${left + window.scrollX}px`);
  });
  document.addEventListener("keydown", (event) => {
    const way = event.ctrlKey && event.altKey && ways.find(({ key }) => key === event.code);
    if (!way || !selectedOnPage()) return;
    event.preventDefault();
    take(way);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-comment-on]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    begin(panel, { prompt: link.dataset.commentOn, quote: link.dataset.quote, before: "" });
  });
  document.addEventListener("comment-on", ({ detail }) => begin(panel, detail));
}
