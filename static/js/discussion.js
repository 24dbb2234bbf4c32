// What is said of a section, beside its text.

import { markPassages } from "./discussion/marked-passages.js";
import { completeMentions } from "./discussion/mentions.js";
import { offerComments } from "./discussion/new-comment.js";
import { sendBeside } from "./discussion/sending.js";

const panel = document.querySelector("[data-discussion]");
const refresh = () => markPassages(panel);

refresh();
offerComments(panel);
sendBeside(panel, refresh);
completeMentions(panel);
// The address may name a comment that is among the resolved ones.
const target = document.getElementById(window.location.hash.slice(1));
if (panel.contains(target)) {
  target.closest("details")?.setAttribute("open", "");
  target.scrollIntoView();
}
