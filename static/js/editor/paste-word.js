// What Word says of its lists and footnotes in styles of its own.

const LIST = /\bl\d+\s+level(\d+)/;
const NOTE = /^_(?:ftn|edn)(ref)?(\d+)$/;

// {level, ordered, start} of a paragraph that is an item of a list; null of any other.
export function itemOfWord(element, style) {
  const found = LIST.exec(style["mso-list"] ?? "");
  if (!found) return null;
  const marker = markerOf(element);
  // Without a marker in sight it is the second paragraph of something, or a list that was switched off.
  if (marker === null) return null;
  const number = /^\(?(\d+|[a-z]{1,4})[.)]/i.exec(marker)?.[1];
  const start = number && /^\d+$/.test(number) ? Number(number) : 1;
  return { level: Number(found[1]), ordered: number !== undefined, start };
}

// The bullet or number that Word put into the text for programs without lists.
function markerOf(element) {
  const marked = Array.from(element.getElementsByTagName("span")).find((span) =>
    /mso-list:\s*ignore/i.test(span.getAttribute("data-style") ?? ""),
  );
  return marked ? marked.textContent.trim() : null;
}

// The label of a footnote's own text; null of any other block.
export function noteOfWord(element, style) {
  if (!["footnote", "endnote"].includes(style["mso-element"])) return null;
  const found = /^(ftn|edn)(\d+)$/.exec(element.getAttribute("id") ?? "");
  return found ? labelOf(found[1] === "edn", found[2]) : null;
}

// {label} of a reference to a footnote, {isBack} of the way back from it, null of any other element.
export function referenceOfWord(element) {
  if (element.tagName.toUpperCase() !== "A") return null;
  const target = (element.getAttribute("href") ?? "").split("#")[1] ?? "";
  const found = NOTE.exec(target);
  if (!found) return null;
  return found[1] ? { isBack: true } : { label: labelOf(target.startsWith("_edn"), found[2]) };
}

const labelOf = (isEnd, number) => (isEnd ? `e${number}` : number);
