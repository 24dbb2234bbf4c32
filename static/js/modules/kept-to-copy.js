// Text that this device has kept, on the page of a section that can't be written in now: to be read and copied.

// `textOf` gives what was kept for a textarea, undefined when nothing was.
export function showToCopy(place, textOf) {
  for (const area of place.querySelectorAll("textarea")) {
    const text = textOf(area);
    if (!text || text === area.value) continue;
    const isSecond = !area.parentElement.hidden;
    area.value = isSecond ? `${area.value}\n\n${text}` : text;
    area.parentElement.hidden = false;
    place.hidden = false;
  }
}
