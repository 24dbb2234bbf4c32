// The pages of a brief follow what is written, while somebody looks at them.

import { Pages } from "./modules/pages.js";

const LOOKS_EVERY = 10_000;
const root = document.querySelector("[data-brief-pages]");
const pages = new Pages(root.querySelector("[data-pages]"), { progressUrl: root.dataset.progressUrl, csrf: "" });

setInterval(() => {
  if (document.visibilityState === "visible" && !pages.current) pages.show(window.location.href);
}, LOOKS_EVERY);
