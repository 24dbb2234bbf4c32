// Where words that a reader sees stand in the Markdown of a text: {from, to}, or null.

export function passageIn(text, passage) {
  const words = passage.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (!words.length) return null;
  // Between two words there may be marks, line ends and addresses of links.
  const found = new RegExp(words.join("[^\\p{L}\\p{N}]+?(?:\\([^()\\s]*\\)[^\\p{L}\\p{N}]*?)?"), "u").exec(text);
  return found && { from: found.index, to: found.index + found[0].length };
}
