// The table of all sections: arrow keys go from cell to cell, and Tab past them all.

const table = document.querySelector("[data-grid]");
const rows = [...(table?.tBodies[0].rows ?? [])];
const linkIn = (cell) => cell?.querySelector("a");
let current = rows.flatMap((row) => [...row.cells].slice(1).map(linkIn)).find(Boolean);

// One stop for Tab: the cell where one was last.
function makeCurrent(link) {
  if (current) current.tabIndex = -1;
  current = link;
  current.tabIndex = 0;
}

for (const row of rows) for (const cell of [...row.cells].slice(1)) {
  const link = linkIn(cell);
  if (link) link.tabIndex = -1;
}
if (current) current.tabIndex = 0;

// The next cell in a direction that has a link; empty ones are passed over.
function next(cell, down, right) {
  let row = cell.parentElement.sectionRowIndex;
  let column = cell.cellIndex;
  for (;;) {
    row += down;
    column += right;
    const there = rows[row]?.cells[column];
    if (!there || column < 1) return null;
    if (linkIn(there)) return linkIn(there);
  }
}

function last(cell, down, right) {
  let found = null;
  for (let at = next(cell, down, right); at; at = next(at.closest("td"), down, right)) found = at;
  return found;
}

const ways = {
  ArrowUp: (cell) => next(cell, -1, 0),
  ArrowDown: (cell) => next(cell, 1, 0),
  ArrowLeft: (cell) => next(cell, 0, document.dir === "rtl" ? 1 : -1),
  ArrowRight: (cell) => next(cell, 0, document.dir === "rtl" ? -1 : 1),
  Home: (cell) => last(cell, 0, -1),
  End: (cell) => last(cell, 0, 1),
  PageUp: (cell) => last(cell, -1, 0),
  PageDown: (cell) => last(cell, 1, 0),
};

table?.addEventListener("keydown", (event) => {
  const cell = event.target.closest("td");
  if (!cell || !(event.key in ways) || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const link = ways[event.key](cell);
  if (!link) return;
  makeCurrent(link);
  link.focus();
});

table?.addEventListener("focusin", (event) => {
  if (event.target.matches("td a")) makeCurrent(event.target);
});
