// Changes that the server hasn't committed, kept on this device until it has: a closed tab, a crash or a dead battery loses
// none of them. One entry for each page, under the log's name and the person's, so that nothing is mixed up.

import { fromBase64, toBase64 } from "lib0/buffer";

const PREFIX = "chancery-live:";

function namesInStore() {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

// Null for an entry that is damaged: it mustn't keep the others from coming back.
function read(name) {
  try {
    const kept = localStorage.getItem(name);
    // What an earlier version of the page kept is the update alone.
    const { update, texts } = kept.startsWith("{") ? JSON.parse(kept) : { update: kept, texts: {} };
    return { name, update: fromBase64(update), texts };
  } catch {
    return null;
  }
}

export class KeptChanges {
  constructor(document, person, page) {
    this.family = `${PREFIX}${document}:${person}:`;
    this.name = this.family + page;
  }

  // Whether the browser took it: private windows and full disks may refuse. `texts`, by prompt, are what the changed prompts read
  // like: where the section can't be written in, that can still be copied.
  keep(update, texts) {
    try {
      localStorage.setItem(this.name, JSON.stringify({ update: toBase64(update), texts }));
      return true;
    } catch {
      return false;
    }
  }

  drop(name = this.name) {
    try {
      localStorage.removeItem(name);
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }

  // What other pages of this person, or this one before it was closed, could not save: [{name, update, texts}].
  others() {
    return namesInStore()
      .filter((name) => name.startsWith(this.family) && name !== this.name)
      .map(read)
      .filter(Boolean);
  }
}
