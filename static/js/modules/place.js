// Where somebody was when they saved, kept in this tab until the page is there again: a save is a new page, on which the
// focus would begin at the top.

const PREFIX = "chancery-place:";

export class Place {
  // A box is what a field is written in with.
  constructor(name, boxes) {
    this.name = PREFIX + name;
    this.boxes = boxes;
  }

  remember() {
    const box = this.boxes.find(({ hasFocus }) => hasFocus);
    const place = box ? { field: box.area.name, ...box.selection } : { id: document.activeElement.id };
    try {
      sessionStorage.setItem(this.name, JSON.stringify(place));
    } catch {
      // A browser that keeps nothing begins at the top.
    }
  }

  goBack() {
    const place = this.take();
    const box = this.boxes.find(({ area }) => area.name === place?.field);
    if (box) {
      const end = box.text.length;
      box.focus();
      box.goTo({ from: Math.min(place.from, end), to: Math.min(place.to, end) });
    } else if (place?.id) {
      document.getElementById(place.id)?.focus();
    }
  }

  take() {
    try {
      const place = JSON.parse(sessionStorage.getItem(this.name));
      sessionStorage.removeItem(this.name);
      return place;
    } catch {
      return null;
    }
  }
}
