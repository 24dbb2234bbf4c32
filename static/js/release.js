// Releasing takes seconds: the button says so, and takes no second press meanwhile. (A second press would make nothing twice.)

for (const form of document.querySelectorAll("form[data-busy]")) {
  const button = form.querySelector("button[type=submit]");
  const label = button.textContent;
  form.addEventListener("submit", (event) => {
    if (button.getAttribute("aria-disabled") === "true") {
      event.preventDefault();
      return;
    }
    button.setAttribute("aria-disabled", "true");
    button.textContent = form.dataset.busy;
    form.querySelector("[role=status]").textContent = form.dataset.busy;
  });
  // Back to the page as it was left: the button works again.
  addEventListener("pageshow", () => {
    button.removeAttribute("aria-disabled");
    button.textContent = label;
    form.querySelector("[role=status]").textContent = "";
  });
}
