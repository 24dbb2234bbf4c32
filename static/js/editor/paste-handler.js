// A paste into the editor: HTML becomes Markdown, and what can't be kept is said.

import { EditorView } from "@codemirror/view";
import { clean } from "./clean.js";
import { carryOut } from "./editor.js";
import { isAddress, setLink } from "./marks.js";
import { fitPaste, htmlToMarkdown, inert } from "./paste.js";

// The HTML of a clipboard that is worth reading. A program's own source is better pasted as it is.
function htmlOf(clipboard) {
  const isSource = Array.from(clipboard.types).some((type) => type.includes("vscode"));
  return isSource ? "" : clipboard.getData("text/html");
}

function pasteAddress(view, text) {
  const { from, to, empty } = view.state.selection.main;
  const words = view.state.sliceDoc(from, to);
  if (empty || !isAddress(text) || /[\n[\]]/.test(words) || isAddress(words)) return false;
  carryOut(view, setLink(view.state.doc.toString(), from, to, text), "input.paste");
  return true;
}

// `say(leftOut)` is told after each paste what was left out or changed: {} when it is nothing.
export function pasteAsMarkdown(say) {
  let isPlain = false;
  return EditorView.domEventHandlers({
    keydown(event) {
      // Ctrl+Shift+V: as plain text, also in browsers that hand the HTML over all the same.
      isPlain = event.shiftKey && event.key.toLowerCase() === "v";
      return false;
    },
    paste(event, view) {
      const { clipboardData: clipboard } = event;
      if (!clipboard || view.state.readOnly) return false;
      const wantsPlain = isPlain;
      isPlain = false;
      say({});
      if (wantsPlain) return false;
      if (pasteAddress(view, clipboard.getData("text/plain").trim())) {
        event.preventDefault();
        return true;
      }
      const html = htmlOf(clipboard);
      if (!html) return false;
      const read = htmlToMarkdown(
        new DOMParser().parseFromString(inert(html), "text/html").body,
      );
      const pasted = { ...read, text: clean(read.text) };
      event.preventDefault();
      if (pasted.text) {
        const { from, to } = view.state.selection.main;
        carryOut(view, fitPaste(view.state.doc.toString(), from, to, pasted), "input.paste");
      }
      say(read.leftOut);
      return true;
    },
  });
}

// A sentence from what was left out, in the words of the page: data-pictures-one, data-pictures-many and so on.
export function sentenceOf(leftOut, words, language) {
  const { headings = 0, merged = 0, ...lost } = leftOut;
  const things = Object.entries(lost).map(([name, count]) => {
    const capital = name[0].toUpperCase() + name.slice(1);
    const form = count === 1 ? words[`one${capital}`] : words[`many${capital}`];
    return form.replace("{n}", count);
  });
  const sentences = [];
  if (things.length) {
    const list = new Intl.ListFormat(language, { type: "conjunction" }).format(things);
    sentences.push(words.without.replace("{things}", list));
  }
  if (headings) sentences.push(words.headings);
  if (merged) sentences.push(words.merged);
  return sentences.join(" ");
}
