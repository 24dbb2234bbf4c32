// A file is asked for without leaving the page: it says how far the file is, and lets one cancel. Without
// this script the form does the same, and the browser waits.

import { addressOf, giveUp, newToken } from "./modules/tokens.js";

const LOOKS_EVERY = 700;

const named = (name, within = document) => within.querySelector(`[data-${name}]`);

function save(content, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function fileName(answer) {
  const said = answer.headers.get("Content-Disposition") ?? "";
  const encoded = /filename\*=utf-8''([^;]+)/i.exec(said);
  return encoded ? decodeURIComponent(encoded[1]) : (/filename="([^"]+)"/.exec(said)?.[1] ?? "brief");
}

function say(form, sentence, notes = []) {
  const made = named("made", form);
  made.replaceChildren(...[sentence, ...notes].map((line) => {
    const row = document.createElement("span");
    row.className = "d-block";
    row.textContent = line;
    return row;
  }));
  made.hidden = false;
}

// The page that came instead of a file says what is wrong, beside the fields.
async function showRefusal(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [here, there] = [document.querySelector("main"), page.querySelector("main")];
  if (!there) return window.location.reload();
  here.replaceChildren(...there.childNodes);
  (here.querySelector("[autofocus]") ?? here).focus(); // the browser heeds it only of a page that it opens
}

async function look(form, address) {
  try {
    const answer = await fetch(address);
    const { sentence } = await answer.json();
    if (sentence) named("stage", form).textContent = sentence;
  } catch {
    // No connection just now: the file itself will tell.
  }
}

async function make(form, button) {
  const token = newToken();
  const address = addressOf(form.dataset.progressUrl, token);
  const headers = { "X-Requested-With": "fetch", "X-Token": token };
  const body = new FormData(form, button);
  const buttons = [...form.querySelectorAll("[type=submit]")];
  const progress = named("progress", form);
  const control = new AbortController();
  const cancel = () => {
    giveUp(form.dataset.progressUrl, token, body.get("csrfmiddlewaretoken"));
    control.abort();
  };
  const looking = setInterval(look, LOOKS_EVERY, form, address);
  named("made", form).hidden = true;
  progress.hidden = false;
  named("cancel", form).addEventListener("click", cancel, { once: true });
  progress.focus(); // the button that was pressed can't be pressed meanwhile, and a second press is to cancel nothing
  for (const each of buttons) each.disabled = true;
  try {
    const answer = await fetch(button.getAttribute("formaction") ?? form.action, { method: "POST", body, headers, signal: control.signal });
    if (!answer.headers.get("Content-Disposition")) return await showRefusal(answer);
    const name = fileName(answer);
    save(await answer.blob(), name);
    say(form, `${named("made", form).dataset.sentence} ${name}`, JSON.parse(answer.headers.get("X-Notes") ?? "[]"));
  } catch (error) {
    const { cancelled, broken } = named("made", form).dataset;
    say(form, control.signal.aborted ? cancelled : `${broken} (${error.message})`);
  } finally {
    clearInterval(looking);
    progress.hidden = true;
    named("cancel", form).removeEventListener("click", cancel);
    for (const each of buttons) each.disabled = false;
  }
  button.focus();
}

// A key that stays down would ask anew as soon as the file is there.
document.addEventListener("keydown", (event) => {
  if (event.repeat && event.key === "Enter" && event.target.closest("[data-export]")) event.preventDefault();
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-export]") || !event.submitter) return;
  event.preventDefault();
  make(event.target, event.submitter);
});
