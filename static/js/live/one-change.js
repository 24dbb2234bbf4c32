// The one stretch in which two texts differ: what somebody did to a text box since it was last looked at.

const isLowHalf = (code) => code >= 0xdc00 && code <= 0xdfff;
const isHighHalf = (code) => code >= 0xd800 && code <= 0xdbff;

// As {from, to, insert}: the old text's from..to gave way to `insert`; null when they are equal. Never cuts a character in two.
export function oneChange(before, after) {
  if (before === after) return null;
  const shortest = Math.min(before.length, after.length);
  let head = 0;
  while (head < shortest && before[head] === after[head]) head += 1;
  if (head && isHighHalf(before.charCodeAt(head - 1))) head -= 1;
  let tail = 0;
  while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  if (tail && isLowHalf(before.charCodeAt(before.length - tail))) tail -= 1;
  return { from: head, to: before.length - tail, insert: after.slice(head, after.length - tail) };
}

// Where a place in a text is after changes as Yjs tells them ([{retain}, {insert}, {delete}]).
export function placeAfter(place, delta) {
  let at = 0;
  let moved = place;
  for (const { retain = 0, insert = "", delete: gone = 0 } of delta) {
    if (at > moved) break;
    if (insert) {
      if (at < moved || (at === moved && at < place)) moved += insert.length;
      at += insert.length;
    } else if (gone) {
      moved -= Math.min(gone, Math.max(0, moved - at));
    } else {
      at += retain;
    }
  }
  return moved;
}
