// Who else is in the section, where they are, and going where they go.

import { hueOf } from "./hues.js";
import { placeIn } from "./place-in.js";

export class Others {
  // `fields` as [{box, text}]: what each prompt is written in with, and its text.
  constructor(list, section, fields) {
    this.list = list;
    this.section = section;
    this.fields = fields;
    // A link from the brief's page leads to somebody: "#with-7".
    this.followed = Number(/^#with-(\d+)$/.exec(window.location.hash)?.[1]) || null;
    this.rows = list.appendChild(document.createElement("ul"));
    const { awareness } = section.connection;
    awareness.on("change", () => this.refresh());
    for (const event of ["facts", "change"]) section.connection.on(event, () => this.refresh());
    for (const event of ["keydown", "pointerdown"]) {
      document.addEventListener(event, ({ target }) => {
        if (!this.list.contains(target)) this.#follow(null);
      });
    }
    this.refresh();
  }

  refresh() {
    const me = this.section.facts.you?.id;
    const { isConnected } = this.section.connection;
    const others = isConnected ? this.section.facts.people.filter(({ id }) => id !== me) : [];
    const rows = others.map((person) => ({ ...person, at: this.#placeOf(person.id) }));
    const said = JSON.stringify([rows.map(({ id, name, at }) => [id, name, at?.box.name]), this.followed]);
    if (said !== this.said) {
      this.said = said;
      this.list.hidden = !rows.length;
      const hadFocus = this.list.contains(document.activeElement) && document.activeElement.dataset.person;
      this.rows.replaceChildren(...rows.map((row) => this.#row(row)));
      if (hadFocus) this.list.querySelector(`[data-person="${hadFocus}"]`)?.focus();
    }
    this.#goAlong(rows);
  }

  #row({ id, name, at }) {
    const { dataset } = this.list;
    const item = document.createElement("li");
    item.className = `person ${hueOf(id)}`;
    const who = document.createElement("bdi");
    who.textContent = name;
    item.append(who);
    if (at) {
      const follow = document.createElement("button");
      follow.type = "button";
      follow.className = "btn-link-quiet";
      follow.dataset.person = id;
      follow.textContent = dataset.at.replace("{prompt}", at.box.name);
      follow.setAttribute("aria-pressed", String(this.followed === id));
      follow.setAttribute("aria-label", dataset.follow.replace("{name}", name).replace("{prompt}", at.box.name));
      follow.addEventListener("click", () => this.#follow(this.followed === id ? null : id));
      item.append(" ", follow);
    } else {
      item.append(` ${dataset.present}`);
    }
    return item;
  }

  #placeOf(person) {
    const { awareness } = this.section.connection;
    for (const [client, state] of awareness.getStates()) {
      if (client === awareness.clientID || state.user?.id !== person || !state.cursor) continue;
      for (const field of this.fields) {
        const place = placeIn(field.text, state.cursor.head);
        if (place !== null) return { ...field, place };
      }
    }
    return null;
  }

  #follow(person) {
    if (this.followed === person) return;
    this.followed = person;
    this.refresh();
  }

  #goAlong(rows) {
    const at = rows.find(({ id }) => id === this.followed)?.at;
    if (at) queueMicrotask(() => at.box.show(at.place));
  }
}
