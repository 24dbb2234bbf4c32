// A picture where a text names it: small, behind its description. The cursor passes over its name as over one letter.

import { Decoration, EditorView, ViewPlugin, WidgetType } from "@codemirror/view";
import { picturesIn } from "./pictures.js";

class Thumbnail extends WidgetType {
  constructor(address, missing) {
    super();
    this.address = address;
    this.missing = missing;
  }

  eq(other) {
    return other.address === this.address;
  }

  toDOM() {
    const place = document.createElement("span");
    place.className = "look-picture";
    const image = new Image();
    image.alt = "";
    image.src = this.address;
    image.addEventListener("error", () => place.replaceChildren(this.missing));
    place.append(image);
    return place;
  }
}

// `addressOf(name)` is where the picture of that SHA-256 is loaded from; `missing` is said where there is none.
export function pictureLook(addressOf, missing) {
  const decorate = (view) => {
    const found = view.visibleRanges.flatMap(({ from, to }) =>
      picturesIn(view.state.sliceDoc(from, to)).map((one) =>
        Decoration.replace({ widget: new Thumbnail(addressOf(one.name), missing) }).range(from + one.from, from + one.to),
      ),
    );
    return Decoration.set(found, true);
  };
  const plugin = ViewPlugin.fromClass(
    class {
      constructor(view) {
        this.decorations = decorate(view);
      }

      update(update) {
        if (update.docChanged || update.viewportChanged) this.decorations = decorate(update.view);
      }
    },
    {
      decorations: (value) => value.decorations,
      provide: (value) => EditorView.atomicRanges.of((view) => view.plugin(value)?.decorations ?? Decoration.none),
    },
  );
  return plugin;
}
