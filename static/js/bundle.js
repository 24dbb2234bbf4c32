// While a file is made, its page looks every two seconds how far it is.

const PAUSE = 2000;

async function look() {
  const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return true;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const isMaking = Boolean(page.querySelector("progress")); // asked before its nodes move over
  for (const name of ["[data-progress]", "[data-bundle]"]) {
    const [here, there] = [document.querySelector(name), page.querySelector(name)];
    if (!there) return false;
    if (here.textContent === there.textContent) continue;
    // Whoever stands on a button there stays on one, or else on the heading.
    const isInside = here.contains(document.activeElement);
    here.replaceChildren(...there.childNodes);
    if (!isInside) continue;
    const next = here.querySelector("a, button") ?? document.querySelector("h1");
    if (next.matches("h1")) next.tabIndex = -1;
    next.focus();
  }
  return isMaking;
}

async function goOn() {
  let isMaking = true;
  try {
    isMaking = await look();
  } catch {
    // No connection just now: the next look will tell.
  }
  if (isMaking) setTimeout(goOn, PAUSE);
}

setTimeout(goOn, PAUSE);
