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
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  });
}
