// What a page says of the last act is read out. A live region speaks of what changes in it, not of what it came with.

const PAUSE = 150; // milliseconds, in which the region becomes known

for (const said of document.querySelectorAll(".say[role]:not([hidden])")) {
  const words = [...said.childNodes];
  said.style.minHeight = `${said.offsetHeight}px`;
  said.replaceChildren();
  setTimeout(() => {
    said.replaceChildren(...words);
    said.style.minHeight = "";
  }, PAUSE);
}
