// A page that looks on and writes nothing: it says hello, and hears what is the case. While nobody looks at the page it lets go
// of the connection, so that many tabs in the background hold none.
//
// Events: "facts" (what was said last; all of it is in `facts`), "lost", "end" (with the code).

import { ObservableV2 } from "lib0/observable";
import { addressOf, LiveSocket } from "./socket.js";
import * as wire from "./wire.js";

const REST_AFTER = 20000;

export class Looking extends ObservableV2 {
  // `client` is the number under which the page says hello: in a section each page has its own.
  constructor(path, person, client = 0) {
    super();
    this.facts = {};
    this.socket = new LiveSocket(addressOf(path));
    this.socket.on("open", () => this.socket.send(wire.hello(client, "", person)));
    this.socket.on("message", (bytes) => this.#hear(bytes));
    this.socket.on("lost", () => this.emit("lost", []));
    this.socket.on("end", (code) => this.emit("end", [code]));
    document.addEventListener("visibilitychange", () => this.#mind());
    this.#mind();
  }

  #hear(bytes) {
    const { kind, decoder } = wire.read(bytes);
    if (kind !== wire.STATE) return;
    const facts = wire.readFacts(decoder);
    if (facts.hello) this.socket.settle();
    Object.assign(this.facts, facts);
    // Who isn't let in hears only what it means that the connection ends.
    if (this.facts.hello) this.emit("facts", [facts]);
  }

  #mind() {
    clearTimeout(this.resting);
    if (document.hidden) this.resting = setTimeout(() => this.socket.rest(), REST_AFTER);
    else this.socket.hurry();
  }
}
