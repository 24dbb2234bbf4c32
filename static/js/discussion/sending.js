// Comments are sent beside the page, so that the text that somebody writes on it, and their place in it, stay as they are. Without
// a connection nothing is lost, as nothing is cleared before the answer is here.

async function send(form) {
  const body = new FormData(form);
  body.delete("here");
  const answer = await fetch(form.action, { method: "POST", body });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const panel = page.querySelector("[data-discussion]");
  if (!panel) throw new Error("no comments on the page");
  return { panel, isGood: answer.ok, place: new URL(answer.url).hash.slice(1), page };
}

// What was begun elsewhere in the panel goes on in the new one.
function carryOver(from, to, sent) {
  for (const field of from.querySelectorAll("textarea")) {
    if (sent.contains(field) || !field.value) continue;
    const other = to.querySelector(`#${CSS.escape(field.id)}`);
    if (!other) continue;
    other.value = field.value;
    other.closest("details:not(.resolved)")?.setAttribute("open", "");
  }
}

// `refresh` is told when the panel has new contents.
export function sendBeside(panel, refresh) {
  const { here } = panel.querySelector("#comment-form")?.elements ?? {};
  panel.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const buttons = form.querySelectorAll("button");
    for (const button of buttons) button.disabled = true;
    const unsent = panel.querySelector("[data-unsent-said]");
    try {
      const { panel: now, isGood, page } = await send(form);
      carryOver(panel, now, form);
      const refused = page.querySelector(".say.is-changes:not([hidden])");
      if (refused) now.prepend(refused);
      for (const input of now.querySelectorAll('[name="here"]')) input.value = here?.value ?? "";
      const label = form.closest(".thread")?.id;
      panel.replaceChildren(...now.childNodes);
      refresh();
      const target = panel.querySelector('[aria-invalid="true"]') ?? (label && document.getElementById(label)) ?? panel;
      if (isGood || target !== panel) target.focus();
    } catch {
      for (const button of buttons) button.disabled = false;
      unsent.textContent = panel.dataset.unsent;
      unsent.hidden = false;
      unsent.scrollIntoView({ block: "center" });
    }
  });
}
