// The pages of a section as they are printed, beside the form that it is written in.

import { later, Pages } from "./modules/pages.js";

const PAUSE = 800;
const panel = document.querySelector("[data-section-pages]");
const form = document.getElementById("section-form");

if (panel && form) {
  const pages = new Pages(panel.querySelector("[data-pages]"), {
    progressUrl: panel.dataset.progressUrl,
    csrf: form.elements.csrfmiddlewaretoken.value,
  });
  let shown = "";
  const show = () => {
    if (!panel.open) return;
    const body = new FormData(form);
    const typed = JSON.stringify([...body].filter(([name]) => name.startsWith("text-")));
    if (typed === shown) return;
    shown = typed;
    pages.show(panel.dataset.address, { method: "POST", body });
  };
  panel.hidden = false;
  // Opened once more, it asks once more: what went wrong before may be over.
  panel.addEventListener("toggle", () => {
    shown = "";
    show();
  });
  form.addEventListener("input", later(show, PAUSE));
  // What others write comes without an event of the form's.
  setInterval(show, 3000);
}
