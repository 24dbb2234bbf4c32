// A menu is a <details>: it opens without script. Script closes it: Escape, a click elsewhere, the focus leaving.

const openMenus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

for (const name of ["click", "focusin"]) {
  document.addEventListener(name, (event) => {
    const left = [...openMenus()].filter((menu) => !menu.contains(event.target));
    for (const menu of left) menu.open = false;
    // A long menu had the page scrolled: without it, what has the focus now may be out of sight.
    if (left.length && name === "focusin") {
      requestAnimationFrame(() => document.activeElement?.scrollIntoView({ block: "nearest" }));
    }
  });
}
