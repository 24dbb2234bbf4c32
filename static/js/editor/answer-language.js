// The grammar of answers as a language of the editor.

import { Language, defineLanguageFacet } from "@codemirror/language";
import { grammar } from "./grammar.js";

export const answerLanguage = new Language(defineLanguageFacet(), grammar, [], "answer");
