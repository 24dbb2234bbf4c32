// Many pages in one process, on the stock yjs and y-protocols that a browser has: they type, and measure how long it takes until
// another page shows a character, and until the server has acknowledged it. Reads its plan as JSON from the first argument,
// and prints one line of JSON when typing begins, one when it ends, and one with the figures.

import { monitorEventLoopDelay } from "node:perf_hooks";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as sync from "y-protocols/sync";
import * as Y from "yjs";

const SYNC = 0;
const AWARENESS = 1;
const ACK = 100;
const HELLO = 102;
const PRESENCE_EVERY = 80;
const SECONDS_TO_SETTLE = 60;
const LETTERS = "abcdefghijklmnopqrstuvwxyz      ";

const plan = JSON.parse(process.argv[2]);
const seen = [];
const acknowledged = [];
let isMeasuring = false;
let messages = 0;

class Page {
  constructor({ section, prompt, person, session }) {
    this.section = section;
    this.prompt = prompt;
    this.doc = new Y.Doc();
    this.text = this.doc.getText(prompt);
    this.awareness = new Awareness(this.doc);
    this.typedAt = new Map();
    this.sentAt = [];
    this.acked = 0;
    this.made = 0;
    this.doc.on("update", (update, origin) => {
      if (origin !== this) this.#sendChange(update);
    });
    this.doc.on("afterTransaction", (transaction) => this.#noteSeen(transaction));
    this.awareness.on("update", (_changes, origin) => {
      if (origin !== this) this.#presenceSoon();
    });
    const headers = { cookie: `sessionid=${session}`, origin: `http://127.0.0.1:${plan.port}` };
    this.socket = new WebSocket(`ws://127.0.0.1:${plan.port}/live/${section}/`, { headers });
    this.socket.binaryType = "arraybuffer";
    this.socket.onmessage = ({ data }) => this.#hear(new Uint8Array(data));
    this.socket.onclose = ({ code }) => {
      if (!this.isLeaving) throw new Error(`closed with ${code}`);
    };
    this.isJoined = new Promise((resolve) => (this.joined = resolve));
    this.socket.onopen = () => {
      const hello = encoding.createEncoder();
      encoding.writeVarUint(hello, HELLO);
      encoding.writeVarUint(hello, this.doc.clientID);
      encoding.writeVarString(hello, "");
      encoding.writeVarUint(hello, person);
      this.socket.send(encoding.toUint8Array(hello));
    };
  }

  get isSaved() {
    return this.acked === this.sentAt.length;
  }

  // One character behind the last of this page's own, or first to the end; and the cursor behind it.
  type() {
    const clock = Y.getState(this.doc.store, this.doc.clientID);
    const place = this.place && Y.createAbsolutePositionFromRelativePosition(this.place, this.doc);
    const index = place ? place.index : this.text.length;
    this.typedAt.set(clock, performance.now());
    this.text.insert(index, LETTERS[Math.floor(Math.random() * LETTERS.length)]);
    this.place = Y.createRelativePositionFromTypeIndex(this.text, index + 1, -1);
    const cursor = { anchor: this.place, head: this.place };
    this.awareness.setLocalStateField("cursor", cursor);
    this.made += 1;
  }

  leave() {
    this.isLeaving = true;
    clearTimeout(this.telling);
    this.awareness.destroy();
    this.socket.close();
  }

  #sendChange(update) {
    const message = encoding.createEncoder();
    encoding.writeVarUint(message, SYNC);
    sync.writeUpdate(message, update);
    this.#sendCounted(message);
  }

  #sendCounted(message) {
    this.sentAt.push(performance.now());
    this.socket.send(encoding.toUint8Array(message));
  }

  #presenceSoon() {
    this.telling ??= setTimeout(() => {
      this.telling = null;
      const message = encoding.createEncoder();
      encoding.writeVarUint(message, AWARENESS);
      encoding.writeVarUint8Array(message, encodeAwarenessUpdate(this.awareness, [this.doc.clientID]));
      this.socket.send(encoding.toUint8Array(message));
    }, PRESENCE_EVERY);
  }

  #hear(bytes) {
    messages += 1;
    const decoder = decoding.createDecoder(bytes);
    const kind = decoding.readVarUint(decoder);
    if (kind === SYNC) this.#exchange(decoder);
    else if (kind === AWARENESS) applyAwarenessUpdate(this.awareness, decoding.readVarUint8Array(decoder), this);
    else if (kind === ACK) this.#settle(decoding.readVarUint(decoder));
  }

  #exchange(decoder) {
    const answer = encoding.createEncoder();
    encoding.writeVarUint(answer, SYNC);
    const step = sync.readSyncMessage(decoder, answer, this.doc, this);
    if (step === sync.messageYjsSyncStep1) {
      this.#sendCounted(answer);
      const question = encoding.createEncoder();
      encoding.writeVarUint(question, SYNC);
      sync.writeSyncStep1(question, this.doc);
      this.socket.send(encoding.toUint8Array(question));
    } else if (step === sync.messageYjsSyncStep2) {
      this.joined();
    }
  }

  #settle(number) {
    const now = performance.now();
    for (let sent = this.acked; sent < number; sent += 1) {
      if (isMeasuring) acknowledged.push(now - this.sentAt[sent]);
    }
    this.acked = number;
  }

  // Every page watches the one before it in its section.
  #noteSeen(transaction) {
    if (!this.watched || !isMeasuring) return;
    const client = this.watched.doc.clientID;
    const first = transaction.beforeState.get(client) ?? 0;
    const end = transaction.afterState.get(client) ?? 0;
    const now = performance.now();
    for (let clock = first; clock < end; clock += 1) {
      const at = this.watched.typedAt.get(clock);
      if (at !== undefined) seen.push(now - at);
    }
  }
}

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const say = (facts) => process.stdout.write(`${JSON.stringify(facts)}\n`);

const at = (times, share) => {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
};

const bySection = (pages) => Object.values(Object.groupBy(pages, (page) => page.section));

const isEqual = (pages) => bySection(pages).every((those) => new Set(those.map((page) => `${page.text}`)).size === 1);

async function open() {
  const pages = [];
  for (const seat of plan.seats) {
    const page = new Page(seat);
    await page.isJoined;
    pages.push(page);
  }
  for (const those of bySection(pages)) {
    those.forEach((page, index) => {
      page.watched = those.length > 1 ? those.at(index - 1) : null;
    });
  }
  return pages;
}

async function typeFor(pages, seconds) {
  const pause = 1000 / plan.perSecond;
  const start = performance.now();
  await Promise.all(
    pages.map(async (page, index) => {
      // Spread over the pause, and never later for having been late.
      let due = start + (pause * index) / pages.length;
      while (due < start + seconds * 1000) {
        await sleep(Math.max(0, due - performance.now()));
        page.type();
        due += pause * (0.5 + Math.random());
      }
    }),
  );
}

const pages = await open();
await typeFor(pages, plan.warmUp);
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
isMeasuring = true;
messages = 0;
const before = process.cpuUsage();
const start = performance.now();
say({ event: "begin" });
await typeFor(pages, plan.seconds);
const seconds = (performance.now() - start) / 1000;
const used = process.cpuUsage(before);
say({ event: "end" });
delay.disable();
const heard = messages;
const end = performance.now() + SECONDS_TO_SETTLE * 1000;
while (performance.now() < end && !(pages.every((page) => page.isSaved) && isEqual(pages))) await sleep(100);
say({
  event: "figures",
  seen: [at(seen, 0.5), at(seen, 0.99), seen.length],
  acknowledged: [at(acknowledged, 0.5), at(acknowledged, 0.99), acknowledged.length],
  unacknowledged: pages.reduce((sum, page) => sum + page.sentAt.length - page.acked, 0),
  isEqual: isEqual(pages),
  texts: Object.fromEntries(pages.map((page) => [page.section, `${page.text}`])),
  made: pages.reduce((sum, page) => sum + page.made, 0),
  heardPerSecond: heard / seconds,
  ownDelay: (delay.percentile(99) - 5e6) / 1e6,
  ownCpu: (used.user + used.system) / 1e6 / seconds,
});
for (const page of pages) page.leave();
