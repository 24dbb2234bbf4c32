// A socket that comes back by itself, after a pause that grows, unless the server has decided that it mustn't.
//
// Events: "open", "message" (its bytes), "lost" (closed, and to be tried again), "end" (closed for good, with the code).

import { ObservableV2 } from "lib0/observable";

const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 8000;
const SILENCE = 45000;

// 44xx: the server has decided, and asking again changes nothing.
const isFinal = (code) => code >= 4400 && code < 4500;

export function addressOf(path) {
  const scheme = window.location.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${window.location.host}${path}`;
}

export class LiveSocket extends ObservableV2 {
  constructor(address) {
    super();
    this.address = address;
    this.isEnded = false;
    this.attempts = 0;
    window.addEventListener("online", () => this.hurry());
    window.addEventListener("offline", () => this.drop());
    this.watch = setInterval(() => this.#dropIfSilent(), 5000);
  }

  connect() {
    if (this.socket || this.isEnded) return;
    clearTimeout(this.retry);
    const socket = new WebSocket(this.address);
    this.socket = socket;
    socket.binaryType = "arraybuffer";
    this.heardAt = Date.now();
    socket.onopen = () => this.emit("open", []);
    socket.onmessage = ({ data }) => {
      this.heardAt = Date.now();
      if (this.socket === socket) this.emit("message", [new Uint8Array(data)]);
    };
    socket.onclose = ({ code }) => {
      this.#lost(socket, code);
    };
  }

  send(bytes) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(bytes);
    return true;
  }

  // The server has let us in: the next pause is a short one again.
  settle() {
    this.attempts = 0;
  }

  hurry() {
    this.attempts = 0;
    this.connect();
  }

  // Gives the connection up, to be tried again.
  drop() {
    const { socket } = this;
    if (!socket) return;
    socket.onclose = null;
    socket.onmessage = null;
    socket.close();
    this.#lost(socket, 1006);
  }

  // Lets go of the connection until `hurry()`.
  rest() {
    this.drop();
    clearTimeout(this.retry);
  }

  end(code = 0) {
    if (this.isEnded) return;
    this.isEnded = true;
    clearTimeout(this.retry);
    clearInterval(this.watch);
    this.socket?.close();
    this.socket = null;
    this.emit("end", [code]);
  }

  #dropIfSilent() {
    if (this.socket && Date.now() - this.heardAt > SILENCE) this.drop();
  }

  #lost(socket, code) {
    if (this.socket !== socket) return;
    this.socket = null;
    if (isFinal(code)) {
      this.end(code);
      return;
    }
    this.attempts += 1;
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (this.attempts - 1));
    // Spread out, so that a server that comes back isn't met by everybody at once.
    this.retry = setTimeout(() => this.connect(), pause * (0.5 + Math.random() / 2));
    this.emit("lost", []);
  }
}
