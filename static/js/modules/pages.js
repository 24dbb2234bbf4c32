// Pages of the PDF as pictures: the newest are asked for, and those before them given up.

import { giveUp, newToken } from "./tokens.js";

export class Pages {
  constructor(root, { progressUrl, csrf }) {
    this.root = root;
    this.list = root.querySelector("[data-list]");
    this.said = root.querySelector("[data-said]");
    this.progressUrl = progressUrl;
    this.csrf = csrf;
    this.current = null;
  }

  // Asks at an address, with what `ask` gives for fetch(), and says what is wrong.
  async show(address, ask = {}) {
    this.giveUp();
    const mine = { token: newToken(), control: new AbortController() };
    this.current = mine;
    this.say(this.root.dataset.wait);
    this.root.setAttribute("aria-busy", "true");
    try {
      const headers = { Accept: "application/json", "X-Token": mine.token, ...ask.headers };
      const answer = await fetch(address, { ...ask, headers, signal: mine.control.signal });
      const said = await answer.json();
      if (this.current !== mine) return;
      if (said.pages) this.draw(said.pages);
      this.say(said.sentence || mistakesIn(said), { isRefusal: true });
    } catch {
      if (this.current === mine) this.say(this.root.dataset.broken, { isRefusal: true });
    } finally {
      if (this.current === mine) {
        this.current = null;
        this.root.removeAttribute("aria-busy");
      }
    }
  }

  giveUp() {
    if (!this.current) return;
    const { token, control } = this.current;
    this.current = null;
    control.abort();
    giveUp(this.progressUrl, token, this.csrf);
  }

  // A page that is the same keeps its picture, so nothing flickers; one that couldn't be fetched is asked for anew.
  draw(addresses) {
    const rows = [...this.list.children];
    addresses.forEach((address, index) => {
      const row = rows[index] ?? this.list.appendChild(document.createElement("li"));
      const picture = row.querySelector("img") ?? row.appendChild(new Image());
      const isMissing = picture.complete && !picture.naturalWidth;
      if (picture.getAttribute("src") !== address || isMissing) picture.src = address;
      picture.alt = this.root.dataset.alt
        .replace("{number}", index + 1)
        .replace("{count}", addresses.length);
    });
    rows.slice(addresses.length).forEach((row) => row.remove());
  }

  say(sentence, { isRefusal = false } = {}) {
    this.said.textContent = sentence;
    this.said.className = isRefusal && sentence ? "say is-changes" : "soft small";
  }
}

// What the form's fields have wrong, by field.
const mistakesIn = (said) => Object.values(said.mistakes ?? {}).flat().join(" ");

// Calls `act` when nothing came for so many milliseconds.
export function later(act, pause) {
  let waiting = 0;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(act, pause);
  };
}
