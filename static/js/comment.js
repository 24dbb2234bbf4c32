// A comment that is being written outlives an ended session: it is kept in this tab until it is sent.

const field = document.querySelector("textarea[data-keep]:not([readonly])");
const prefix = "comment:";

if (field) {
  const key = prefix + field.dataset.keep;
  if (!field.value) field.value = sessionStorage.getItem(key) ?? "";
  field.addEventListener("input", () => sessionStorage.setItem(key, field.value));
} else {
  // There is nothing to decide here any more, so what was kept has arrived or is of no use.
  const key = document.querySelector("[data-kept]")?.dataset.kept;
  if (key) sessionStorage.removeItem(prefix + key);
}
