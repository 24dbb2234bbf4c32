// The socket of one section: brings what is typed here to the server and what others type to here, comes back by itself,
// and knows what the server has committed.
//
// Events: "facts" (what the server says is the case), "change" (connected, synced or unsaved changed), "lost" (closed, and to
// be tried again), "end" (closed for good, with the code).

import * as encoding from "lib0/encoding";
import { ObservableV2 } from "lib0/observable";
import { applyAwarenessUpdate, Awareness, removeAwarenessStates } from "y-protocols/awareness";
import { readSyncMessage } from "y-protocols/sync";
import { applyUpdate, mergeUpdates } from "yjs";
import { LiveSocket } from "./socket.js";
import * as wire from "./wire.js";

const SEND_EVERY = 40;
const PRESENCE_EVERY = 80;
const SERVER_ASKS = 0;
const SERVER_ANSWERS = 1;

export class LiveConnection extends ObservableV2 {
  constructor(address, doc, person) {
    super();
    this.doc = doc;
    this.person = person;
    this.awareness = new Awareness(doc);
    this.document = "";
    this.isConnected = false;
    this.isSynced = false;
    // Updates made here that the server hasn't committed; the last of them may not have been sent.
    this.pending = [];
    this.touched = new Set();
    this.made = 0;
    this.unsent = 0;
    // The messages of this socket that wait for their acknowledgement: their number, and how many updates go with it.
    this.sent = 0;
    this.marks = [];
    this.socket = new LiveSocket(address);
    this.socket.on("open", () => this.#greet());
    this.socket.on("message", (bytes) => this.#hear(bytes));
    this.socket.on("lost", () => this.#lost());
    this.socket.on("end", (code) => this.#end(code));
    doc.on("update", (update, origin, _doc, transaction) => this.#noteUpdate(update, origin, transaction));
    this.awareness.on("update", (_changes, origin) => {
      if (origin !== this) this.#presenceSoon();
    });
    window.addEventListener("pagehide", () => this.#sayGoodbye());
    this.socket.connect();
  }

  // How many changes of this page the server hasn't committed.
  get waiting() {
    return this.isSaved ? 0 : this.made;
  }

  get isSaved() {
    return this.pending.length === 0;
  }

  // All that isn't committed, as one update; null when there is nothing.
  get unsaved() {
    if (this.isSaved) return null;
    // Nothing of it waits for an acknowledgement: then it may as well be one, and hours offline stay quick.
    if (!this.marks.length && this.pending.length > 1) this.pending = [mergeUpdates(this.pending)];
    return mergeUpdates(this.pending);
  }

  // How the prompts read in which something isn't committed.
  get unsavedTexts() {
    const touched = [...this.doc.share].filter(([, text]) => this.touched.has(text));
    return Object.fromEntries(touched.map(([prompt, text]) => [prompt, text.toString()]));
  }

  // Brings back what another page, or this one before it was closed, could not save.
  bringBack(update) {
    applyUpdate(this.doc, update, "brought back");
  }

  // The server gives the text a revision; it answers with "named".
  name() {
    return this.#send(wire.name());
  }

  get isEnded() {
    return this.socket.isEnded;
  }

  end() {
    this.socket.end();
  }

  #greet() {
    this.sent = 0;
    this.marks = [];
    this.#send(wire.hello(this.doc.clientID, this.document, this.person));
    this.#set({ isConnected: true });
  }

  #noteUpdate(update, origin, transaction) {
    if (origin === this) return;
    if (this.isSaved) {
      this.made = 0;
      this.touched.clear();
    }
    for (const text of transaction.changed.keys()) this.touched.add(text);
    this.made += 1;
    this.pending.push(update);
    this.unsent += 1;
    this.emit("change", []);
    this.sending ??= setTimeout(() => this.#flush(), SEND_EVERY);
  }

  #flush() {
    clearTimeout(this.sending);
    this.sending = null;
    // Until the first exchange is over, the answer to the server's question carries it.
    if (!this.isSynced || !this.unsent) return;
    const updates = this.pending.slice(-this.unsent);
    if (this.#send(wire.change(updates.length === 1 ? updates[0] : mergeUpdates(updates)))) this.#markSent();
  }

  #markSent() {
    this.unsent = 0;
    this.sent += 1;
    this.marks.push({ message: this.sent, updates: this.pending.length });
  }

  #hear(bytes) {
    const { kind, decoder } = wire.read(bytes);
    if (kind === wire.SYNC) this.#exchange(decoder);
    else if (kind === wire.AWARENESS) applyAwarenessUpdate(this.awareness, wire.readBytes(decoder), this);
    else if (kind === wire.ACK) this.#settle(wire.readNumber(decoder));
    else if (kind === wire.STATE) this.#learn(wire.readFacts(decoder));
  }

  #learn(facts) {
    if (facts.document) this.document = facts.document;
    this.emit("facts", [facts]);
  }

  #exchange(decoder) {
    const answer = encoding.createEncoder();
    encoding.writeVarUint(answer, wire.SYNC);
    const step = readSyncMessage(decoder, answer, this.doc, this);
    if (step === SERVER_ASKS) {
      this.#send(encoding.toUint8Array(answer));
      this.#markSent();
      this.#send(wire.asking(this.doc));
    } else if (step === SERVER_ANSWERS) {
      this.socket.settle();
      this.#set({ isSynced: true });
      // Peers dropped our state with the connection, and would ignore it under its old clock.
      this.awareness.setLocalState(this.awareness.getLocalState());
      this.#flush();
    }
  }

  // The first so many messages are committed, and with them all updates that were made before the last of these was sent.
  #settle(number) {
    let settled = 0;
    while (this.marks.length && this.marks[0].message <= number) settled = this.marks.shift().updates;
    if (!settled) return;
    this.pending.splice(0, settled);
    for (const mark of this.marks) mark.updates -= settled;
    this.emit("change", []);
  }

  #presenceSoon() {
    this.telling ??= setTimeout(() => {
      this.telling = null;
      if (this.isSynced) this.#send(wire.presence(this.awareness, [this.doc.clientID]));
    }, PRESENCE_EVERY);
  }

  #sayGoodbye() {
    this.#flush();
    removeAwarenessStates(this.awareness, [this.doc.clientID], "goodbye");
    if (this.isSynced) this.#send(wire.presence(this.awareness, [this.doc.clientID]));
  }

  #lost() {
    this.#disconnect();
    this.emit("lost", []);
  }

  #end(code) {
    this.#disconnect();
    this.emit("end", [code]);
  }

  #disconnect() {
    const others = [...this.awareness.getStates().keys()].filter((one) => one !== this.doc.clientID);
    removeAwarenessStates(this.awareness, others, this);
    this.#set({ isConnected: false, isSynced: false });
  }

  #send(bytes) {
    return this.socket.send(bytes);
  }

  #set(states) {
    const isNew = Object.entries(states).some(([key, value]) => this[key] !== value);
    Object.assign(this, states);
    if (isNew) this.emit("change", []);
  }
}
