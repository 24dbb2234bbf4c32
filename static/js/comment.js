// A comment that is being written outlives an ended session and a request that was withdrawn meanwhile: it is kept in this
// tab until a decision has arrived.

const field = document.querySelector("textarea[data-keep]:not([readonly])");
const prefix = "comment:";
const decided = document.querySelector(".say[class*=' decided-']")?.className.match(/ decided-(\S+)/)?.[1];

if (decided) sessionStorage.removeItem(prefix + decided);
if (field) {
  const key = prefix + field.dataset.keep;
  if (!field.value) field.value = sessionStorage.getItem(key) ?? "";
  field.addEventListener("input", () => sessionStorage.setItem(key, field.value));
}
