// The marks of Markdown for those who don't know them: each button wraps or prefixes what is selected.

function replace(area, start, end, text, selectFrom, selectTo) {
  area.focus();
  area.setSelectionRange(start, end);
  // The old command is the one way that keeps the browser's own undo.
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  area.setSelectionRange(start + selectFrom, start + selectTo);
}

export function wrap(area, mark) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const selected = value.slice(start, end);
  const isWrapped =
    selected.length >= 2 * mark.length && selected.startsWith(mark) && selected.endsWith(mark);
  const text = isWrapped ? selected.slice(mark.length, -mark.length) : mark + selected + mark;
  const inner = isWrapped ? 0 : mark.length;
  replace(area, start, end, text, inner, text.length - inner);
}

export function prefixLines(area, prefix) {
  const { value } = area;
  const start = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const after = value.indexOf("\n", area.selectionEnd);
  const end = after === -1 ? value.length : after;
  const isNumbered = /^\d/.test(prefix);
  const lines = value.slice(start, end).split("\n");
  const marked = lines.map((line, index) => (isNumbered ? `${index + 1}. ` : prefix) + line);
  const needsGap = start > 1 && value[start - 2] !== "\n" && prefix !== "> ";
  const text = (needsGap ? "\n" : "") + marked.join("\n");
  replace(area, start, end, text, text.length, text.length);
}

export function link(area) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const words = value.slice(start, end);
  const text = `[${words}](https://)`;
  const cursor = words ? text.length - 1 : 1;
  replace(area, start, end, text, cursor, cursor);
}

export function notKnown(area, marker) {
  if (area.value.startsWith(marker.trim())) {
    area.focus();
    return;
  }
  replace(area, 0, 0, marker, marker.length, marker.length);
}
