

import { make } from "./search-dom.f052d08305.js";
import { FIELDS } from "./search-query.a4fa65c4f2.js";
import { fill } from "./search-words.29a7285ec4.js";

export function notesOf(words, state, ranking, suggestion, onChange) {
const { problems, numbers, unchecked } = ranking;
const forms = { field: words.unknown, value: words.unclear, has: words.unfit };
const found = problems.map(({ type, name, value }) => fill(forms[type], { name, fields: FIELDS.join(", "), value: `${name}:${value}` }));
const notes = [...new Set(found)].map((text) => make("p", { text }));
const isEmpty = !numbers.length && !unchecked.length;
if (!numbers.length) notes.push(make("p", { text: isEmpty ? words.tip : words.unread }));
if (suggestion) {
const button = make("button", { type: "button", class: "search-meant", text: suggestion });
button.addEventListener("click", () => onChange(() => ({ query: suggestion })));
notes.push(make("p", {}, `${words.meant} `, button));
} else if (problems.some(({ type }) => type === "field") && !isEmpty) {
notes.push(make("p", { class: "search-kept-place" }));
}
if (isEmpty && state.filters.some(({ type }) => type !== "sort")) {
const button = make("button", { type: "button", class: "button", text: words.unfilter });
button.addEventListener("click", () => onChange(() => ({ filters: [] })));
notes.push(make("p", {}, button));
}
return notes;
}
