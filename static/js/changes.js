// From change to change: the two buttons, and the keys j and k where nobody is typing; a goes to the decision, which it never
// takes by itself, and n to the next section in review.

const changes = [...document.querySelectorAll(".change[id]")];
let current = changes.findIndex((change) => `#${change.id}` === location.hash);

function go(step) {
  if (!changes.length) return;
  changes[current]?.classList.remove("current");
  current = current < 0 && step < 0 ? changes.length - 1 : (current + step + changes.length) % changes.length;
  const change = changes[current];
  change.classList.add("current");
  change.focus({ preventScroll: true });
  change.scrollIntoView({ block: "center" });
}

const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "j") go(1);
  if (event.key === "k") go(-1);
  if (event.key === "a") document.getElementById("approve")?.focus();
  if (event.key === "n") document.querySelector("[data-next-waiting]")?.click();
});

for (const part of document.querySelectorAll("[data-steps]")) part.hidden = false;
for (const button of document.querySelectorAll("[data-step]")) {
  button.addEventListener("click", () => go(Number(button.dataset.step)));
}
if (current >= 0) changes[current].classList.add("current");
