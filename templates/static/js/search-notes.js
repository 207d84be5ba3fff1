// What is said about a query: what is wrong with it, what may have been meant, and what to do if nothing was found.

/** @import { State } from "./search-state.js" */
/** @import { Words } from "./search-words.js" */
/** @import { Ranking } from "./search.js" */
/** @import { Change } from "./search-line.js" */

import { make } from "./search-dom.js";
import { FIELDS } from "./search-query.js";
import { fill } from "./search-words.js";

/** List what is said above the results; `suggestion` is empty if there is none, or none yet. @param {Words} words @param {State} state @param {Ranking} ranking @param {string} suggestion @param {Change} onChange */
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
    // A suggestion comes later than the results, and must not move them.
    notes.push(make("p", { class: "search-kept-place" }));
  }
  if (isEmpty && state.filters.some(({ type }) => type !== "sort")) {
    const button = make("button", { type: "button", class: "button", text: words.unfilter });
    button.addEventListener("click", () => onChange(() => ({ filters: [] })));
    notes.push(make("p", {}, button));
  }
  return notes;
}
