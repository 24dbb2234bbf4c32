// The text as it will be read, in place of the fields, and back.

export function setUpPreview(form) {
  const writing = form.querySelector("[data-writing]");
  const reading = form.querySelector("[data-reading]");

  async function show(button) {
    const answer = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const preview = page.getElementById("preview");
    if (!preview) throw new Error("no preview on the page");
    reading.replaceChildren(...preview.children);
    writing.hidden = true;
    reading.hidden = false;
    button.textContent = button.dataset.write;
  }

  async function toggle(button) {
    if (!reading.hidden) {
      reading.hidden = true;
      writing.hidden = false;
      button.textContent = button.dataset.read;
      return;
    }
    const hadFocus = document.activeElement === button;
    button.disabled = true;
    try {
      await show(button);
    } catch {
      // Signed out or no connection: the plain way shows the page that says so. The text is kept here.
      form.action = form.dataset.preview;
      form.submit();
    } finally {
      button.disabled = false;
      if (hadFocus) button.focus();
    }
  }

  return { toggle };
}
