// One section, written in by several people at once: its text by prompt, and the connection behind it.

import { Doc } from "yjs";
import { LiveConnection } from "./connection.js";
import { KeptChanges } from "./kept-changes.js";
import { OwnPlace } from "./own-place.js";
import { addressOf } from "./socket.js";

// Longer than this nobody should look at a text that can't be written in: the form is there, and saves as well.
const PATIENCE = 4000;
const KEEP_EVERY = 300;

export class LiveSection {
  constructor(address, person) {
    this.doc = new Doc();
    this.connection = new LiveConnection(address, this.doc, person);
    this.place = new OwnPlace(this.connection.awareness);
    this.facts = { write: true, locked: false, saving: "ok", people: [], you: null, revision: null, seq: null };
    this.isKept = true;
    this.isGivenUp = false;
    this.brought = [];
    this.connection.on("facts", (facts) => this.#learn(facts));
    this.connection.on("change", () => this.#keepSoon());
    window.addEventListener("pagehide", () => this.#keep());
  }

  // The section as it is on the server now; null where there is no live writing just now, and with it `why`, the server's
  // sentence where it has decided so.
  static async open(path, person) {
    const section = new LiveSection(addressOf(path), person);
    let why = "";
    section.connection.once("end", (code) => (why = section.facts.ends?.[code] ?? ""));
    const isThere = await section.#synced();
    if (isThere && section.facts.write && !section.facts.locked) return { section };
    section.connection.end();
    return { section: null, why };
  }

  textOf(prompt) {
    return this.doc.getText(prompt);
  }

  // How many changes wait for the server.
  get waiting() {
    return this.connection.waiting;
  }

  #synced() {
    return new Promise((resolve) => {
      const { connection } = this;
      setTimeout(() => resolve(false), PATIENCE);
      for (const event of ["lost", "end"]) connection.once(event, () => resolve(false));
      const look = () => {
        if (!connection.isSynced) return;
        connection.off("change", look);
        resolve(true);
      };
      connection.on("change", look);
    });
  }

  #learn(facts) {
    Object.assign(this.facts, facts);
    if (facts.you) this.kept ??= new KeptChanges(this.connection.document, facts.you.id, this.doc.clientID);
  }

  // What could not be saved before joins in, to be saved now; whether there was anything.
  bringBack() {
    this.brought = this.kept?.others() ?? [];
    const { made } = this.connection;
    for (const { update } of this.brought) this.connection.bringBack(update);
    return this.connection.made > made;
  }

  // Nothing of it is to be sent again from this device, whatever the server hasn't committed: the text is kept in another way.
  giveUp() {
    this.isGivenUp = true;
    clearTimeout(this.keeping);
    this.#forgetKept();
  }

  #forgetKept() {
    this.kept?.drop();
    for (const { name } of this.brought.splice(0)) this.kept.drop(name);
  }

  // A few times a second is enough, and what is saved is forgotten at once.
  #keepSoon() {
    if (this.connection.isSaved) this.#keep();
    else this.keeping ??= setTimeout(() => this.#keep(), KEEP_EVERY);
  }

  #keep() {
    clearTimeout(this.keeping);
    this.keeping = null;
    if (!this.kept || this.isGivenUp) return;
    const { unsaved, unsavedTexts } = this.connection;
    if (unsaved) {
      this.isKept = this.kept.keep(unsaved, unsavedTexts);
      return;
    }
    this.#forgetKept();
    this.isKept = true;
  }
}
