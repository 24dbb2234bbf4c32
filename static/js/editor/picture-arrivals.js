// Pictures that are pasted into a field or dropped on it. The same for the editor and for a plain text box.

const isPicture = (file) => file.type.startsWith("image/");
const picturesOf = (transfer) => [...(transfer?.files ?? [])].filter(isPicture);
const hasFiles = (transfer) => [...(transfer?.types ?? [])].includes("Files");

// `open(box, files)` is told of what came. In the capture phase: the editor would read a file as text.
export function takePictures(field, box, open) {
  const take = (event, files) => {
    event.preventDefault();
    event.stopPropagation();
    open(box, files);
  };
  field.addEventListener(
    "paste",
    (event) => {
      const files = picturesOf(event.clipboardData);
      // Word and Excel add a picture of the text that was copied; then it is the text that is meant.
      if (files.length && !box.isReadOnly && !event.clipboardData.getData("text/plain").trim()) take(event, files);
    },
    true,
  );
  field.addEventListener("dragover", (event) => {
    if (!hasFiles(event.dataTransfer) || box.isReadOnly) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  });
  field.addEventListener(
    "drop",
    (event) => {
      const files = picturesOf(event.dataTransfer);
      if (!files.length || box.isReadOnly) return;
      box.placeAt(event);
      take(event, files);
    },
    true,
  );
}

// A file that is dropped beside a field would open in place of the page.
export function refuseStrayFiles() {
  for (const kind of ["dragover", "drop"]) {
    document.addEventListener(kind, (event) => {
      if (event.defaultPrevented || !hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "none";
    });
  }
}
