// Looks up the tags, kinds, years, dates and arXiv ids of a query; what the notes lack is searched as words.

/** @import { Field, Query, Word } from "./search-query.js" */
/** @import { Store } from "./search-store.js" */

import { splitWords, tagKey, YEAR } from "./search-query.js";
import { ARXIV_SIGN } from "./search-shared.js";

/** @typedef {{ type: string, value: string, documents: ArrayLike<number> }} Lookup */
/** @typedef {{ words: Word[], allowed: number[] | null, lookups: Lookup[] }} Found `allowed` are the only notes to show, or null for all */

/** Look up what a query names and the filters that were clicked. @param {Store} store @param {Query} query @param {Field[]} filters @returns {Promise<Found>} */
export async function lookUp(store, query, filters) {
  const { words, year } = takeYear(query);
  const fields = [...query.fields, ...filters, ...year];
  if (fields.length) await store.readGroups();
  const lookups = [...fields.map((field) => lookUpField(store, field)), lookUpDate(store, query), await lookUpArxiv(store, query)].flat();
  const found = lookups.filter((each) => typeof each !== "string");
  for (const text of lookups) if (typeof text === "string") words.push(...splitWords(text));
  if (!found.length) return { words, allowed: null, lookups: [] };
  const allowed = intersect(found);
  if (allowed.length || !found.some(({ type }) => type === "tag")) return { words, allowed, lookups: found };
  // The notes of a year or kind may be about a tag that none of them has.
  const others = found.filter(({ type }) => type !== "tag");
  for (const { type, value } of found) if (type === "tag") words.push(...splitWords(value.replace(/[-_]/g, " ")));
  return { words, allowed: others.length ? intersect(others) : null, lookups: others };
}

// Beside a tag or a kind a bare year is a lookup too: `#nerf 2020`.
/** @param {Query} query @returns {{ words: Word[], year: Field[] }} */
function takeYear({ fields, words }) {
  const isYear = fields.length > 0 && words.length === 1 && YEAR.test(words[0].text);
  return isYear ? { words: [], year: [{ type: "year", value: words[0].text }] } : { words: [...words], year: [] };
}

// Each of these gives a lookup, or the text to search instead.
/** @param {Store} store @param {Field} field @returns {Lookup | string} */
function lookUpField(store, { type, value }) {
  const documents = documentsOf(store, type, value);
  return documents ? { type, value, documents } : value.replace(/[-_#＃:]/g, " ");
}

/** @param {Store} store @param {Query} query @returns {(Lookup | string)[]} */
function lookUpDate(store, { date }) {
  if (!date) return [];
  const documents = store.notesDated(date.test);
  return [documents.length ? { type: "date", value: date.label, documents } : date.text];
}

/** @param {Store} store @param {Query} query @returns {Promise<(Lookup | string)[]>} */
async function lookUpArxiv(store, { arxiv }) {
  if (!arxiv) return [];
  const documents = await notesOfArxiv(store, arxiv);
  return [documents.length ? { type: "arxiv", value: arxiv, documents } : arxiv.replace(".", " ")];
}

// Notes about an arXiv id or the beginning of one. Lists are shown from the end, so the notes that only mention it come first.
/** @param {Store} store @param {string} id */
async function notesOfArxiv(store, id) {
  const { lexicon } = await store.readTail(ARXIV_SIGN + id.slice(0, 2));
  /** @type {Map<number, number>} */
  const weight = new Map();
  for (const term of lexicon.terms.filter((each) => each.startsWith(ARXIV_SIGN + id))) {
    for (const { documents, weights } of store.postings(term)) documents.forEach((number, at) => weight.set(number, weights[at]));
  }
  return [...weight].sort(([a, first], [b, second]) => first - second || a - b).map(([number]) => number);
}

/** List the notes of a tag, kind or year; null if there are none. @param {Store} store @param {string} type @param {string} value @returns {ArrayLike<number> | null} */
function documentsOf(store, type, value) {
  if (type === "year") {
    const found = store.notesOfYear(value);
    return found.length ? found : null;
  }
  const key = tagKey(value);
  if (type === "kind") return [...store.kinds.values()].find((kind) => kind.key === key || kind.label === value)?.documents ?? null;
  const tags = [...store.tags.values()];
  // A tag has the notes of the tags below it; an unfinished one those of all tags that begin like it.
  const meant = tags.filter((tag) => tag.key.startsWith(store.tags.has(key) ? `${key}/` : key) || tag.key === key);
  if (meant.length < 2) return meant[0]?.documents ?? null;
  return [...new Set(meant.flatMap(({ documents }) => [...documents]))].sort((a, b) => a - b);
}

/** List the notes that all lookups have. @param {Lookup[]} lookups */
function intersect(lookups) {
  const [first, ...others] = [...lookups].sort((a, b) => a.documents.length - b.documents.length);
  const within = others.map(({ documents }) => new Set(Array.from(documents)));
  return Array.from(first.documents).filter((number) => within.every((set) => set.has(number)));
}
