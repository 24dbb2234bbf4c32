// What may stand in a text at all. The server turns the rest into U+FFFD, and a live room would close on it.

const UNUSABLE =
  /[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

// Lines end with LF alone; control characters and halves of letters are gone.
export function clean(text) {
  return text.replace(/\r\n?/g, "\n").replace(UNUSABLE, "");
}

// A change that would part a letter beyond U+FFFF, as one that takes in the whole letter: whoever picks 😁 over 😀 is seen to change
// its second half alone, and half a letter may stand in no text. `between` gives what stands from one place to another.
export function wholeChange(between, { from, to, insert }) {
  const isWithin = (place) => place > 0 && /^[\ud800-\udbff][\udc00-\udfff]$/.test(between(place - 1, place + 1));
  const [start, end] = [isWithin(from) ? from - 1 : from, isWithin(to) ? to + 1 : to];
  return { from: start, to: end, insert: between(start, from) + insert + between(to, end) };
}
