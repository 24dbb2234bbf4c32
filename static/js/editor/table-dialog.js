// A table as a table: a grid of fields in a dialog, written back as tidy Markdown.

import { closeOver } from "./close-over.js";
import { emptyTable, insertBlock, placesOf, tableAt, writeTable } from "./tables.js";

export class TableDialog {
  constructor(dialog) {
    this.dialog = dialog;
    this.grid = dialog.querySelector("[data-grid]");
    this.alignment = dialog.querySelector("[data-alignment]");
    this.status = dialog.querySelector("[data-said]");
    this.current = { row: 0, column: 0 };
    for (const button of dialog.querySelectorAll("[data-act]")) {
      button.addEventListener("click", () => this[button.dataset.act]());
    }
    this.alignment.addEventListener("change", () => {
      this.table.alignments[this.current.column] = this.alignment.value;
      this.isChanged = true;
      this.draw();
    });
    this.grid.addEventListener("focusin", (event) => this.arrive(event.target));
    this.grid.addEventListener("input", (event) => this.take(event.target));
    this.grid.addEventListener("keydown", (event) => this.walk(event));
    dialog.addEventListener("cancel", (event) => this.leave(event));
  }

  // Opens the table at the cursor, or a new one that is put there.
  open(box) {
    this.box = box;
    const found = tableAt(box.text, box.selection.from);
    this.origin = found && box.text.slice(found.from, found.to);
    this.cursorWithin = found && box.selection.from - found.from;
    this.isAlone = found && placesOf(box.text, this.origin).length === 1;
    this.table = found ?? emptyTable();
    this.isChanged = false;
    this.isWarned = false;
    this.current = { row: 0, column: 0 };
    this.say("");
    this.draw();
    this.dialog.showModal();
    this.go(0, 0);
  }

  apply() {
    const { box, table } = this;
    if (box.isReadOnly) {
      this.say(this.dialog.dataset.sayLocked);
      return;
    }
    const text = writeTable(table);
    // Somebody may have moved the text meanwhile: the table is where its words are now.
    const from = this.origin === null ? null : this.place();
    if (from === null && this.origin !== null) {
      this.say(this.dialog.dataset.sayChanged);
      return;
    }
    closeOver(this.dialog, box);
    if (from === null) {
      box.edit(insertBlock(box.text, box.selection.from, box.selection.to, text));
    } else if (text !== this.origin) {
      const to = from + this.origin.length;
      const end = from + text.length;
      box.edit({ changes: [{ from, to, insert: text }], from: end, to: end });
    }
  }

  // The cursor moves along with the words that it stands in. Only where there never was another of the same words is it enough that
  // they stand somewhere.
  place() {
    const { box, origin, cursorWithin } = this;
    const expected = Math.max(0, box.selection.from - cursorWithin);
    if (box.text.startsWith(origin, expected)) return expected;
    const places = placesOf(box.text, origin);
    return this.isAlone && places.length === 1 ? places[0] : null;
  }

  giveUp() {
    closeOver(this.dialog, this.box);
  }

  leave(event) {
    event.preventDefault();
    if (!this.isChanged || this.isWarned) {
      this.giveUp();
      return;
    }
    this.isWarned = true;
    this.say(this.dialog.dataset.sayLeave);
  }

  addRow() {
    const { alignments, rows } = this.table;
    rows.splice(this.current.row + 1, 0, Array(alignments.length).fill(""));
    this.changed("sayRowAdded", this.current.row + 1, this.current.column);
  }

  removeRow() {
    const { rows } = this.table;
    if (rows.length === 1 || this.current.row === 0) {
      this.say(this.dialog.dataset.sayHead);
      return;
    }
    rows.splice(this.current.row, 1);
    this.changed("sayRowRemoved", Math.min(this.current.row, rows.length - 1), this.current.column);
  }

  addColumn() {
    const { alignments, rows } = this.table;
    const at = this.current.column + 1;
    alignments.splice(at, 0, "");
    for (const row of rows) row.splice(at, 0, "");
    this.changed("sayColumnAdded", this.current.row, at);
  }

  removeColumn() {
    const { alignments, rows } = this.table;
    if (alignments.length === 1) {
      this.say(this.dialog.dataset.sayLast);
      return;
    }
    alignments.splice(this.current.column, 1);
    for (const row of rows) row.splice(this.current.column, 1);
    const column = Math.min(this.current.column, alignments.length - 1);
    this.changed("sayColumnRemoved", this.current.row, column);
  }

  changed(sentence, row, column) {
    this.isChanged = true;
    this.draw();
    this.go(row, column);
    this.say(this.dialog.dataset[sentence]);
  }

  say(sentence) {
    this.status.textContent = sentence;
  }

  draw() {
    const { rows } = this.table;
    const lines = rows.map((cells, row) => {
      const line = document.createElement("tr");
      line.append(...cells.map((cell, column) => this.cell(cell, row, column)));
      return line;
    });
    this.grid.replaceChildren(...lines);
  }

  cell(text, row, column) {
    const place = document.createElement(row ? "td" : "th");
    if (!row) place.scope = "col";
    const input = document.createElement("input");
    input.type = "text";
    input.value = text;
    input.dir = "auto";
    input.spellcheck = true;
    input.className = `form-control align-${this.table.alignments[column] || "start"}`;
    input.dataset.row = row;
    input.dataset.column = column;
    input.setAttribute("aria-label", this.nameOf(row, column));
    place.append(input);
    return place;
  }

  nameOf(row, column) {
    const { headOf, cellOf, columnOf } = this.dialog.dataset;
    if (!row) return headOf.replace("{n}", column + 1);
    const head = this.table.rows[0][column].trim() || columnOf.replace("{n}", column + 1);
    return cellOf.replace("{n}", row).replace("{column}", head);
  }

  inputAt(row, column) {
    return this.grid.rows[row]?.cells[column]?.firstElementChild;
  }

  go(row, column, isAtEnd = true) {
    const input = this.inputAt(row, column);
    if (!input) return;
    input.focus();
    const at = isAtEnd ? input.value.length : 0;
    input.setSelectionRange(at, at);
  }

  arrive(input) {
    if (!input.dataset.row) return;
    this.current = { row: Number(input.dataset.row), column: Number(input.dataset.column) };
    this.alignment.value = this.table.alignments[this.current.column];
  }

  take(input) {
    this.table.rows[input.dataset.row][input.dataset.column] = input.value;
    this.isChanged = true;
    this.isWarned = false;
    if (input.dataset.row !== "0") return;
    for (let row = 1; row < this.table.rows.length; row += 1) {
      const below = this.inputAt(row, input.dataset.column);
      below.setAttribute("aria-label", this.nameOf(row, Number(input.dataset.column)));
    }
  }

  walk(event) {
    const { row, column } = this.current;
    const input = event.target;
    if (event.isComposing || event.shiftKey || event.altKey || event.metaKey) return;
    const isRightToLeft = getComputedStyle(input).direction === "rtl";
    const isAtStart = input.selectionStart === 0 && input.selectionEnd === 0;
    const isAtEnd = input.selectionStart === input.value.length;
    const side = { ArrowLeft: isRightToLeft ? 1 : -1, ArrowRight: isRightToLeft ? -1 : 1 }[event.key];
    if (event.key === "Enter") {
      event.preventDefault();
      if (event.ctrlKey) this.apply();
      else if (row === this.table.rows.length - 1) this.addRow();
      else this.go(row + 1, column);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.go(row + (event.key === "ArrowDown" ? 1 : -1), column);
    } else if ((side === -1 && isAtStart) || (side === 1 && isAtEnd)) {
      if (!this.inputAt(row, column + side)) return;
      event.preventDefault();
      this.go(row, column + side, side === -1);
    }
  }
}
