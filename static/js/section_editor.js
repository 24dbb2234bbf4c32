// The page of a section, written in with the editor.

import { EditorBox } from "./editor/editor-box.js";
import { startDesk } from "./modules/desk.js";

// The editor brings its own few styles, which the policy takes with the page's nonce only.
const { nonce } = document.currentScript;

startDesk((area) => new EditorBox(area, { nonce, words: document.getElementById("paste-words").dataset }));
