// The words of a text on the page as one line, as the server counts them, and where each of them stands.

const UNREAD = "del, sup, h2, .form-check, .visually-hidden, .at, summary, .look-picture";

// {words, at}: at[n] is [text node, offset] of the nth character.
export function wordsOnPage(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let words = "";
  const at = [];
  let block = null;
  let isGap = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest(UNREAD)) continue;
    const here = node.parentElement.closest("p, li, td, th, blockquote, pre, div");
    isGap ||= here !== block;
    block = here;
    for (let offset = 0; offset < node.data.length; offset += 1) {
      const sign = node.data[offset];
      if (/\s/.test(sign)) {
        isGap = true;
        continue;
      }
      if (isGap && words) {
        words += " ";
        at.push([node, offset]);
      }
      isGap = false;
      words += sign;
      at.push([node, offset]);
    }
  }
  return { words, at };
}

// The range of a passage, of several alike the one nearest to `start`; null where it isn't.
export function rangeOf({ words, at }, passage, start) {
  let found = -1;
  for (let index = words.indexOf(passage); index >= 0; index = words.indexOf(passage, index + 1)) {
    if (found < 0 || Math.abs(index - start) < Math.abs(found - start)) found = index;
  }
  if (found < 0 || !passage) return null;
  const range = document.createRange();
  range.setStart(...at[found]);
  const [node, offset] = at[found + passage.length - 1];
  range.setEnd(node, offset + 1);
  return range;
}

// What is selected within a text: {quote, before} as words; null where nothing is, or not all of it is in the text.
export function selectedIn(root) {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!root.contains(range.commonAncestorContainer)) return null;
  const { words, at } = wordsOnPage(root);
  const isIn = ([node, offset]) => range.isPointInRange(node, offset) && range.comparePoint(node, offset + 1) <= 0;
  const from = at.findIndex(isIn);
  if (from < 0) return null;
  const to = at.findLastIndex(isIn) + 1;
  const quote = words.slice(from, to).trim();
  return quote ? { quote, before: words.slice(Math.max(0, from - 40), from) } : null;
}
