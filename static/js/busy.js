// What is sent takes seconds: the button says so, and takes no second press meanwhile. (A second press would make nothing twice.)

for (const form of document.querySelectorAll("form[data-busy]")) {
  const button = [...form.elements].find((element) => element.type === "submit"); // in the form, or of it
  const label = button.textContent;
  const status = form.querySelector("[role=status]");
  form.addEventListener("submit", (event) => {
    if (button.getAttribute("aria-disabled") === "true") {
      event.preventDefault();
      return;
    }
    button.setAttribute("aria-disabled", "true");
    button.textContent = form.dataset.busy;
    status.textContent = form.dataset.busy;
  });
  // Back to the page as it was left: the button works again.
  addEventListener("pageshow", () => {
    button.removeAttribute("aria-disabled");
    button.textContent = label;
    status.textContent = "";
  });
}
