// A section's page joins those of others when it can. Until then, and where there is no connection, the form is written in and
// saved by itself; whoever has begun to type in it stays with it.

import { LiveSection } from "./live-section.js";

export async function joinOthers(form, desk) {
  if (!form.dataset.live || !desk.isUntouched) return;
  const { section, why } = await LiveSection.open(form.dataset.live, Number(form.dataset.person));
  if (!section && why) sayApart(form, why);
  if (!section) return;
  if (desk.isUntouched) desk.goLive(section);
  else section.connection.end();
}

function sayApart(form, why) {
  const place = form.querySelector("[data-live-said]");
  place.textContent = `${why} ${form.querySelector("[data-live-words]").dataset.apart}`;
  place.hidden = false;
}
