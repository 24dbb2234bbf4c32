// Text that was typed and never saved, kept on this device: it outlives a reload, a refused save and a signed-out session.
// One entry for each person, brief and section; it goes when what it holds is what the server has.

const PREFIX = "chancery-text:";

export class KeptText {
  constructor(name) {
    this.name = PREFIX + name;
  }

  // Whether the browser took it: private windows and full disks may refuse. `reason` says why it was not saved, where that is
  // known.
  keep(startedFrom, texts, reason) {
    try {
      const entry = { startedFrom, texts, at: new Date().toISOString(), reason };
      localStorage.setItem(this.name, JSON.stringify(entry));
      return true;
    } catch {
      return false;
    }
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.name));
    } catch {
      return null;
    }
  }

  // Sent is not yet saved: only the server's word on the next page makes it so.
  markSent() {
    this.mark({ isSent: true });
  }

  // The next page takes the text up without asking.
  markMoved() {
    this.mark({ isMoved: true });
  }

  mark(mark) {
    const entry = this.read();
    if (!entry) return;
    try {
      localStorage.setItem(this.name, JSON.stringify({ ...entry, ...mark }));
    } catch {
      // The text is kept all the same, and is offered once more than it need be.
    }
  }

  drop() {
    try {
      localStorage.removeItem(this.name);
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }
}
