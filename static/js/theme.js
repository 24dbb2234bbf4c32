// The theme: "auto" follows the device, and the masthead's switch changes it without a new page.

const root = document.documentElement;
const device = window.matchMedia("(prefers-color-scheme: dark)");

function shownTheme() {
  if (root.dataset.theme === "auto") return device.matches ? "dark" : "light";
  return root.dataset.theme;
}

function show() {
  root.dataset.bsTheme = shownTheme();
  const form = document.querySelector("[data-theme-switch]");
  if (!form) return;
  const button = form.querySelector("button");
  button.value = shownTheme() === "dark" ? "light" : "dark";
  button.textContent = form.dataset[button.value];
}

async function change(event) {
  const form = event.target.closest("[data-theme-switch]");
  if (!form) return;
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  root.dataset.theme = body.get("theme");
  show();
  // Should the server not be reached, this page keeps the theme and the next one has the old one.
  const headers = { Accept: "application/json" };
  await fetch(form.action, { method: "POST", body, headers }).catch(() => undefined);
}

show();
device.addEventListener("change", show);
document.addEventListener("DOMContentLoaded", show);
document.addEventListener("submit", change);
