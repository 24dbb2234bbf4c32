// The page of a brief: who is here now, and in which section, as they come and go.

import { hueOf } from "./live/hues.js";
import { Looking } from "./live/looking.js";
import { ComingAndGoing } from "./modules/coming-and-going.js";

const panel = document.querySelector("[data-here]");
const words = panel.dataset;
const list = panel.querySelector("ul");
const rows = [...document.querySelectorAll("[data-here-in]")];
const sectionOf = new Map(rows.map((row) => [Number(row.dataset.hereIn), row]));
const said = new ComingAndGoing(document.querySelector("[data-here-said]"), words);

const own = Number(words.person);
let shown = "";

function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

function nameOf({ name }) {
  return element("bdi", "", name);
}

// To that section, and to where the person is in it.
function wayTo(person, row, label, text) {
  const link = element("a", "", text);
  link.href = `${row.dataset.url}#with-${person.id}`;
  link.dataset.way = `${label}-${person.id}-${row.dataset.hereIn}`;
  if (label === "row") link.setAttribute("aria-label", fill(words.go, person.name, row.dataset.title));
  return link;
}

function fill(sentence, name, section = "") {
  return sentence.replace("{name}", () => name).replace("{section}", () => section);
}

// In the words of the page's language: "in A and B", however many.
function joined(parts) {
  const made = [];
  for (const [at, part] of parts.entries()) made.push(...(at ? [", ", part] : [part]));
  return made;
}

function showList(people) {
  const items = people.map(({ id, name, rows: theirs }) => {
    const item = element("li", `person ${hueOf(id)}`, nameOf({ name }), " ");
    if (theirs.length) {
      const ways = theirs.map((row) => wayTo({ id, name }, row, "list", element("bdi", "", row.dataset.title)));
      item.append(`${words.in} `, ...joined(ways));
    } else {
      item.append(element("span", "soft", words.looking));
    }
    return item;
  });
  list.replaceChildren(...items);
  panel.hidden = !items.length;
}

function showRows(people) {
  for (const row of rows) {
    const there = people.filter(({ rows: theirs }) => theirs.includes(row));
    const ways = there.map((person) => {
      const way = wayTo(person, row, "row", nameOf(person));
      return element("span", `person ${hueOf(person.id)}`, way);
    });
    row.replaceChildren(...joined(ways), ...(ways.length ? [` ${ways.length === 1 ? words.one : words.many}`] : []));
    row.hidden = !ways.length;
  }
}

// One entry for each other person: {id, name, rows} with the rows of the sections they have open.
function others(here) {
  const people = new Map();
  for (const { id, name, section } of here) {
    if (id === own) continue;
    if (!people.has(id)) people.set(id, { id, name, rows: [] });
    const row = sectionOf.get(section);
    if (row) people.get(id).rows.push(row);
  }
  return [...people.values()];
}

function show(here) {
  // Who typed lately is in the page as it was made; who is here now is known better.
  for (const lately of document.querySelectorAll("[data-lately]")) lately.hidden = true;
  const news = JSON.stringify(here);
  if (news === shown) return;
  shown = news;
  const people = others(here);
  const focused = document.activeElement?.dataset.way;
  showList(people);
  showRows(people);
  if (focused) (document.querySelector(`[data-way="${focused}"]`) ?? panel).focus();
}

function end(sentence) {
  show([]);
  const place = document.querySelector("[data-here-ended]");
  place.textContent = sentence;
  place.hidden = false;
}

const looking = new Looking(words.live, own);
looking.on("facts", ({ here }) => {
  if (!here) return;
  show(here);
  said.hear(others(here));
});
looking.on("lost", () => show([]));
looking.on("end", (code) => end(looking.facts.ends?.[code] ?? words.ended));
