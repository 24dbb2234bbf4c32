// What may stand in a text at all. The server turns the rest into U+FFFD, and a live room would close on it.

const UNUSABLE =
  /[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

// Lines end with LF alone; control characters and halves of letters are gone.
export function clean(text) {
  return text.replace(/\r\n?/g, "\n").replace(UNUSABLE, "");
}
