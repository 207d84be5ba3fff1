

import { make } from "./search-dom.f052d08305.js";


const MOST_FACETS = [["tags", 8], ["kinds", 6], ["years", 12]];

export const isoDay = (day) => String(day).replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");

const group = (legend, ...children) => make("fieldset", { class: "search-group" }, make("legend", { text: legend }), ...children);

export class Side {
constructor(words, id, actions) {
this.words = words;
this.actions = actions;
const orders = [["", words.relevance], ["newest", words.newest], ["oldest", words.oldest]];
this.order = make("select", { class: "search-order", "aria-label": words.order }, ...orders.map(([value, text]) => make("option", { value, text })));
this.from = make("input", { type: "date", class: "search-day" });
this.to = make("input", { type: "date", class: "search-day" });
const labelled = (text, control) => make("label", {}, make("span", { text }), control);
this.facets = make("div", { class: "search-facets" });
this.element = make("div", { class: "search-side", id, role: "group", "aria-label": words.narrow }, group(words.order, this.order), group(words.period, labelled(words.from, this.from), labelled(words.to, this.to)), this.facets);
this.toggle = make("button", { type: "button", class: "search-toggle", text: words.narrow, "aria-expanded": "false", "aria-controls": id });
this.listen();
}

listen() {
this.order.addEventListener("change", () => this.actions.onSet("sort", this.order.value));
for (const [type, input] of this.days()) {
input.addEventListener("change", () => input.validity.valid && this.actions.onSet(type, input.value));
}
this.toggle.addEventListener("click", () => this.open(this.toggle.getAttribute("aria-expanded") !== "true"));
this.element.addEventListener("keydown", (event) => {
if (event.key !== "Escape" || !this.isOpen) return;
event.preventDefault();
event.stopPropagation();
this.open(false);
this.toggle.focus();
});
}

get isOpen() {
return this.element.classList.contains("open");
}

open(isOpen) {
this.element.classList.toggle("open", isOpen);
this.toggle.setAttribute("aria-expanded", String(isOpen));
}

days() {
return [["from", this.from], ["to", this.to]];
}

show(index, filters, sort) {
this.order.value = sort;
const oldest = index.dates.find((day) => day > 0) ?? 0;
for (const [type, input] of this.days()) {
input.min = isoDay(oldest);
const value = filters.find((filter) => filter.type === type)?.value ?? "";
if (input.value !== value && input !== document.activeElement) input.value = value;
}
}

showFacets(facets, filters) {
const groups = MOST_FACETS.map(([name, most]) => {
const open = facets[name].filter((facet) => !filters.some(({ type, value }) => type === facet.type && value === facet.value)).slice(0, most);
if (open.length < (name === "tags" ? 1 : 2)) return "";
if (name !== "years") open.sort((a, b) => b.count - a.count);
return group(this.words[name], make("ul", { class: `search-${name}` }, ...open.map((facet) => make("li", {}, this.facet(facet)))));
});
this.facets.replaceChildren(...groups.filter(Boolean));
}

failFacets() {
const retry = make("button", { type: "button", class: "button", text: this.words.retry });
retry.addEventListener("click", () => this.actions.onRetry());
this.facets.replaceChildren(make("p", { class: "search-lacking", role: "status", text: this.words.unnarrowed }), retry);
}

facet(facet) {
const { type, label, count } = facet;
const shown = type === "tag" ? `#${label}` : label;
const button = make("button", { type: "button", class: "search-facet" }, make("span", { text: shown }), " ", make("span", { class: "n", text: String(count) }));
button.addEventListener("click", () => this.actions.onFacet({ ...facet, label: shown }));
return button;
}
}
