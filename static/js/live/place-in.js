// Where somebody else is in a text.

import { createAbsolutePositionFromRelativePosition, createRelativePositionFromJSON } from "yjs";

// The place of a relative position in a text, null when it is in another one.
export function placeIn(text, json) {
  if (!json) return null;
  try {
    const position = createAbsolutePositionFromRelativePosition(createRelativePositionFromJSON(json), text.doc);
    return position?.type === text ? position.index : null;
  } catch {
    // No place in any text, whoever sent it: then nobody is shown there.
    return null;
  }
}
