// After an @ the members of the brief are offered: typing narrows them down, arrows choose, Enter takes one, Escape leaves it.

const BEGUN = /(^|[^\p{L}\p{N}_])@([^@\n]{0,40})$/u;
const MOST = 8;

export function completeMentions(panel) {
  const people = () => Array.from(panel.querySelectorAll("[data-people] li"), (item) => item.textContent.trim());
  const list = document.createElement("ul");
  list.className = "mention-list";
  list.id = "mention-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", panel.dataset.members);
  list.hidden = true;
  // A text of several lines can't be a combobox: what there is to choose is said.
  const told = document.createElement("p");
  told.className = "visually-hidden";
  told.setAttribute("role", "status");
  document.body.append(list, told);
  let field = null;
  let chosen = 0;

  function begunIn(area) {
    const found = BEGUN.exec(area.value.slice(0, area.selectionStart));
    return found && found[2];
  }

  function close() {
    list.hidden = true;
    told.textContent = "";
    if (!field) return;
    field.removeAttribute("aria-activedescendant");
  }

  function draw() {
    const begun = field && begunIn(field);
    const wanted = begun === null ? [] : people().filter((name) => name.toLowerCase().includes(begun.toLowerCase())).slice(0, MOST);
    if (!field || !wanted.length || wanted.includes(begun)) {
      close();
      return;
    }
    chosen = Math.min(chosen, wanted.length - 1);
    list.replaceChildren(
      ...wanted.map((name, index) => {
        const item = document.createElement("li");
        item.id = `mention-${index}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", String(index === chosen));
        item.textContent = name;
        return item;
      }),
    );
    const sentence = panel.dataset.peopleFound.replace("{n}", wanted.length);
    if (told.textContent !== sentence) told.textContent = sentence;
    field.setAttribute("aria-activedescendant", `mention-${chosen}`);
    field.after(list);
    list.hidden = false;
  }

  function take(name) {
    const end = field.selectionStart;
    const start = end - begunIn(field).length;
    field.setRangeText(`${name} `, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    close();
    field.focus();
  }

  panel.addEventListener("focusin", ({ target }) => {
    if (!target.matches("[data-mentions]")) return;
    field = target;
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
  });
  panel.addEventListener("focusout", ({ target }) => {
    if (target === field) close();
  });
  panel.addEventListener("input", ({ target }) => {
    if (target !== field) return;
    chosen = 0;
    draw();
  });
  panel.addEventListener("keydown", (event) => {
    if (event.target !== field || list.hidden || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      chosen = (chosen + step + list.children.length) % list.children.length;
      draw();
    } else if (event.key === "Enter" || event.key === "Tab") {
      take(list.children[chosen].textContent);
    } else if (event.key === "Escape") {
      close();
    } else {
      return;
    }
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const item = event.target.closest("li");
    if (item) take(item.textContent);
  });
}
