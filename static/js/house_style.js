// The first pages in a house style, as the form says it, saved or not.

import { later, Pages } from "./modules/pages.js";

const PAUSE = 500;
const form = document.querySelector("[data-house-style]");
const pages = new Pages(document.querySelector("[data-pages]"), {
  progressUrl: form.dataset.progressUrl,
  csrf: form.elements.csrfmiddlewaretoken.value,
});

const show = () => pages.show(form.dataset.preview, { method: "POST", body: new FormData(form) });

form.addEventListener("input", later(show, PAUSE));
form.addEventListener("change", later(show, PAUSE));
show();
