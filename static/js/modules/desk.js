// Writing a section: lengths are counted, the text can be read as it will be, keys save and turn pages. The textareas hold
// what is posted; what a field is written in with is a box (editor-box.js or plain-box.js), and what becomes of what is typed
// is a keeping: form-keeping.js, and live-keeping.js as soon as the page is connected with those of others.

import { FindPanel } from "../editor/find-panel.js";
import { refuseStrayFiles, takePictures } from "../editor/picture-arrivals.js";
import { PictureDialog } from "../editor/picture-dialog.js";
import { TableDialog } from "../editor/table-dialog.js";
import { passageIn } from "../editor/passage.js";
import { promptOf } from "../editor/plain-box.js";
import { setUpToolbar } from "../editor/toolbar.js";
import { joinOthers } from "../live/join-others.js";
import { LiveKeeping } from "../live/live-keeping.js";
import { FormKeeping } from "./form-keeping.js";
import { KeptText } from "./kept-text.js";
import { showToCopy } from "./kept-to-copy.js";
import { sayLength } from "./length.js";
import { setUpPreview } from "./preview.js";

const form = document.getElementById("section-form");
const keptToRead = document.getElementById("kept");

function turnPage(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const rel = { PageUp: "prev", PageDown: "next" }[event.key];
  const target = rel && document.querySelector(`.pager a[rel="${rel}"]`);
  if (!target) return;
  event.preventDefault();
  target.click();
}

// A long text takes longer to count than a key to press.
const COUNT_WITHIN = 100;

function startWriting(boxFor) {
  const areas = [...form.querySelectorAll("textarea")];
  const boxes = areas.map(boxFor);
  const panel = new FindPanel(form.querySelector("[data-find]"), boxes);
  const dialog = new TableDialog(document.getElementById("table-dialog"));
  const pictures = new PictureDialog(document.getElementById("picture-dialog"));
  const toolbars = boxes.map((box) =>
    setUpToolbar(box.area.closest(".field").querySelector(".tools"), box, {
      openTable: (one) => dialog.open(one),
      openPicture: (one) => pictures.open(one),
      openFind: (one) => panel.open(one),
    }),
  );
  for (const box of boxes) takePictures(box.area.closest(".field"), box, (one, files) => pictures.open(one, files));
  refuseStrayFiles();

  let counting = null;

  function refresh() {
    counting ||= setTimeout(sayLengths, COUNT_WITHIN);
    keeping.changed();
  }

  function sayLengths() {
    clearTimeout(counting);
    counting = null;
    for (const area of areas) sayLength(area.closest(".text").querySelector("[data-count]"), area.value);
  }

  const parts = { form, areas, boxes, toolbars, refresh };
  let keeping = new FormKeeping(parts);
  const preview = setUpPreview(form);
  for (const area of areas) area.addEventListener("input", refresh);

  document.addEventListener("show-passage", ({ detail: { prompt, passage } }) => {
    const box = boxes.find(({ area }) => promptOf(area) === prompt);
    const place = box && passageIn(box.text, passage);
    if (!place) return;
    box.focus();
    box.goTo(place);
  });

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(document.getElementById("save"));
    }
  });

  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("data-preview-button")) {
      event.preventDefault();
      preview.toggle(event.submitter);
    } else {
      keeping.submit(event);
    }
  });

  keeping.start();
  sayLengths();
  return {
    // Nothing was typed yet, and nothing waits to be put back.
    get isUntouched() {
      return keeping.isUntouched;
    },
    // From now on it is written in together with others.
    goLive(section) {
      keeping.end();
      for (const box of boxes) box.goLive(section);
      keeping = new LiveKeeping(parts, section);
      keeping.start();
      if (section.bringBack()) keeping.sayBroughtBack();
      sayLengths();
    },
  };
}

// While the section is in review its text can't be put back; it can still be read and copied.
function showKept() {
  const entry = new KeptText(keptToRead.dataset.draft).read();
  if (entry) showToCopy(keptToRead, (area) => entry.texts[area.name]);
}

// `boxFor` makes of a textarea what it is written in with. A section that can't be written in has keys alone.
export function startDesk(boxFor) {
  document.addEventListener("keydown", turnPage);
  if (form) joinOthers(form, startWriting(boxFor));
  else if (keptToRead) showKept();
}
