// Lets readers sort tables by a column. Without this script, a table stands in the order in which it was written.

const { compare } = new Intl.Collator(document.documentElement.lang, { numeric: true });

/** The text of a cell, or its number or date; an empty string if it is unknown. @param {HTMLTableCellElement | undefined} cell */
function valueOf(cell) {
  const text = cell?.dataset.number ?? cell?.querySelector("time")?.dateTime ?? cell?.querySelector("a")?.textContent ?? "";
  return text.trim();
}

/** @param {HTMLTableElement} table */
function makeSortable(table) {
  const [body] = table.tBodies;
  const headings = /** @type {HTMLTableCellElement[]} */ ([...table.querySelectorAll("th[data-sort]")]);
  if (!body) return;
  const written = [...body.rows];

  /** Sort the rows, those without a value last. Rows of equal values stay as written. @param {HTMLTableCellElement} heading @param {string} order */
  function sort(heading, order) {
    const sign = order === "ascending" ? 1 : -1;
    const isNumber = heading.dataset.sort === "number";
    const rows = written.map((row) => ({ row, value: valueOf(row.cells[heading.cellIndex]) }));
    rows.sort((a, b) => {
      if (!a.value || !b.value) return Number(!a.value) - Number(!b.value);
      return sign * (isNumber ? Number(a.value) - Number(b.value) : compare(a.value, b.value));
    });
    body?.append(...rows.map(({ row }) => row));
    for (const each of headings) each.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", order);
  }

  for (const heading of headings) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      // A number is sorted with the largest first, words from A to Z; a second click turns the order round.
      const now = heading.getAttribute("aria-sort");
      const first = heading.dataset.sort === "number" ? "descending" : "ascending";
      sort(heading, now ? (now === "ascending" ? "descending" : "ascending") : first);
    });
  }
}

for (const table of document.querySelectorAll("table[data-sortable]")) makeSortable(/** @type {HTMLTableElement} */ (table));
