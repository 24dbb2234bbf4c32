import assert from "node:assert/strict";
import { test } from "node:test";

class FakeSocket {
  static OPEN = 1;
  static made = [];
  constructor() {
    FakeSocket.made.push(this);
  }
  close() {}
}

globalThis.window = { addEventListener() {} };
globalThis.WebSocket = FakeSocket;
const { LiveSocket } = await import("../../static/js/live/socket.js");

// Each pause until the next attempt, in milliseconds, with chance at its longest.
function pausesOf(context, count, between = () => {}) {
  context.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  context.mock.method(Math, "random", () => 1);
  FakeSocket.made = [];
  const live = new LiveSocket("ws://here/");
  live.connect();
  const pauses = [];
  for (let attempt = 0; attempt < count; attempt++) {
    between(live, attempt);
    const before = FakeSocket.made.length;
    FakeSocket.made.at(-1).onclose({ code: 1006 });
    let waited = 0;
    while (FakeSocket.made.length === before) {
      context.mock.timers.tick(100);
      waited += 100;
    }
    pauses.push(waited);
  }
  live.end();
  return pauses;
}

test("the pause before coming back grows, up to eight seconds", (context) => {
  assert.deepEqual(pausesOf(context, 7), [300, 600, 1200, 2400, 4800, 8000, 8000]);
});

test("once the server has let the page in, the next pause is short again", (context) => {
  const settled = (live, attempt) => attempt === 3 && live.settle();
  assert.deepEqual(pausesOf(context, 5, settled), [300, 600, 1200, 300, 600]);
});

test("what the server has decided for good is not tried again", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  FakeSocket.made = [];
  const live = new LiveSocket("ws://here/");
  const codes = [];
  live.on("end", (code) => codes.push(code));
  live.connect();
  FakeSocket.made[0].onclose({ code: 4403 });
  context.mock.timers.tick(60_000);
  assert.deepEqual(codes, [4403]);
  assert.equal(FakeSocket.made.length, 1);
});
