// Where this person is in the section, told to the others.

import { createRelativePositionFromTypeIndex, relativePositionToJSON } from "yjs";

export class OwnPlace {
  constructor(awareness) {
    this.awareness = awareness;
    this.text = null;
  }

  tell(text, anchor, head) {
    const json = (place) => relativePositionToJSON(createRelativePositionFromTypeIndex(text, place));
    this.text = text;
    this.awareness.setLocalStateField("cursor", { anchor: json(anchor), head: json(head) });
  }

  // Unless it is in another text by now.
  leave(text) {
    if (this.text !== text) return;
    this.text = null;
    this.awareness.setLocalStateField("cursor", null);
  }
}
