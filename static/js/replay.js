// Going through the steps in which a section was written.

const root = document.getElementById("replay");

function textsUntil(steps, count) {
  const texts = {};
  for (const { changes } of steps.slice(0, count)) {
    for (const [prompt, [from, to, insert]] of Object.entries(changes)) {
      const text = texts[prompt] ?? "";
      texts[prompt] = text.slice(0, from) + insert + text.slice(to);
    }
  }
  return texts;
}

function marked(tag, text) {
  if (!text) return [];
  const element = document.createElement(tag);
  element.textContent = text;
  return [element];
}

function setUp() {
  const steps = JSON.parse(document.getElementById("replay-steps").textContent);
  const slider = document.getElementById("replay-step");
  const saying = root.querySelector("[data-saying]");
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;

  function show() {
    const number = Number(slider.value);
    const step = steps[number - 1];
    const before = textsUntil(steps, number - 1);
    for (const place of root.querySelectorAll("[data-prompt]")) {
      const text = before[place.dataset.prompt] ?? "";
      const [from, to, insert] = step.changes[place.dataset.prompt] ?? [text.length, text.length, ""];
      place.replaceChildren(
        text.slice(0, from),
        ...marked("del", text.slice(from, to)),
        ...marked("ins", insert),
        text.slice(to),
      );
    }
    const at = new Date(step.at).toLocaleString(language, { dateStyle: "long", timeStyle: "short" });
    const words = root.dataset.said
      .replace("{steps}", steps.length)
      .replace("{step}", number)
      .replace("{name}", step.name || root.dataset.nobody)
      .replace("{at}", at);
    const revision = step.revision ? `, ${root.dataset.revision.replace("{n}", step.revision)}` : "";
    saying.textContent = words + revision;
    slider.setAttribute("aria-valuetext", saying.textContent);
    root.querySelector("[data-back]").disabled = number === 1;
    root.querySelector("[data-on]").disabled = number === steps.length;
  }

  function go(by) {
    slider.value = Number(slider.value) + by;
    show();
  }

  slider.addEventListener("input", show);
  root.querySelector("[data-back]").addEventListener("click", () => go(-1));
  root.querySelector("[data-on]").addEventListener("click", () => go(1));
  root.hidden = false;
  show();
}

if (root) setUp();
