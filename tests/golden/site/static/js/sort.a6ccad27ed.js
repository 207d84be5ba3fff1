
const { compare } = new Intl.Collator(document.documentElement.lang, { numeric: true });

function valueOf(cell) {
const text = cell?.dataset.number ?? cell?.querySelector("time")?.dateTime ?? cell?.querySelector("a")?.textContent ?? "";
return text.trim();
}

function makeSortable(table) {
const [body] = table.tBodies;
const headings = /** @type {HTMLTableCellElement[]} */ ([...table.querySelectorAll("th[data-sort]")]);
if (!body) return;
const written = [...body.rows];

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
const now = heading.getAttribute("aria-sort");
const first = heading.dataset.sort === "number" ? "descending" : "ascending";
sort(heading, now ? (now === "ascending" ? "descending" : "ascending") : first);
});
}
}

for (const table of document.querySelectorAll("table[data-sortable]")) makeSortable(/** @type {HTMLTableElement} */ (table));
