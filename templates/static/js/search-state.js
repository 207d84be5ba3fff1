// What a reader asks, and how an address holds it.

/** @import { Field } from "./search-query.js" */

/** @typedef {{ query: string, filters: Field[], off: Set<string> }} State `off` are the ids of expansions taken off */

/** Filters of which there is one at a time. */
export const SINGLE = new Set(["kind", "year", "from", "to", "sort"]);
const FILTERS = ["tag", ...SINGLE];

/** Return true if a query or a filter asks for entries; an order alone does not. @param {State} state */
export const asks = ({ query, filters }) => Boolean(query.trim()) || filters.some(({ type }) => type !== "sort");

/** Return the text that stands for a filter. @param {Field} filter */
export const labelOf = ({ type, value }) => (type === "tag" ? `#${value}` : type === "from" || type === "to" ? `${type}:${value}` : value);

/** The words that an expansion was found by and leads to. @param {string} id */
export function expansionOf(id) {
  const [from, to] = id.split("→");
  return { id, from, to };
}

/** Write a state as a query string. @param {State} state */
export function addressOf({ query, filters, off }) {
  const parameters = new URLSearchParams();
  if (query.trim()) parameters.set("q", query);
  for (const { type, value } of filters) parameters.append(type, value);
  for (const id of off) if (query.includes(expansionOf(id).from)) parameters.append("off", id);
  const text = parameters.toString();
  return text ? `?${text}` : "";
}

/** Read a state from a query string. @param {string} search @returns {State} */
export function stateOf(search) {
  const parameters = new URLSearchParams(search);
  const filters = FILTERS.flatMap((type) => parameters.getAll(type).map((value) => ({ type, value, label: labelOf({ type, value }) })));
  return { query: parameters.get("q") ?? "", filters, off: new Set(parameters.getAll("off")) };
}

/** Name a search by its query and its filters. @param {State} state */
export const nameOf = ({ query, filters }) => [query.trim(), ...filters.filter(({ type }) => type !== "sort").map(labelOf)].filter(Boolean).join(" · ");
