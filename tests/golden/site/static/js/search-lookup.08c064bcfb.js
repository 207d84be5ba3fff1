

import { splitWords, tagKey, YEAR } from "./search-query.710c1b5bde.js";
import { ARXIV_SIGN } from "./search-shared.0ea0428364.js";


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
  const others = found.filter(({ type }) => type !== "tag");
  for (const { type, value } of found) if (type === "tag") words.push(...splitWords(value.replace(/[-_]/g, " ")));
  return { words, allowed: others.length ? intersect(others) : null, lookups: others };
}

function takeYear({ fields, words }) {
  const isYear = fields.length > 0 && words.length === 1 && YEAR.test(words[0].text);
  return isYear ? { words: [], year: [{ type: "year", value: words[0].text }] } : { words: [...words], year: [] };
}

function lookUpField(store, { type, value }) {
  const documents = documentsOf(store, type, value);
  return documents ? { type, value, documents } : value.replace(/[-_#＃:]/g, " ");
}

function lookUpDate(store, { date }) {
  if (!date) return [];
  const documents = store.notesDated(date.test);
  return [documents.length ? { type: "date", value: date.label, documents } : date.text];
}

async function lookUpArxiv(store, { arxiv }) {
  if (!arxiv) return [];
  const documents = await notesOfArxiv(store, arxiv);
  return [documents.length ? { type: "arxiv", value: arxiv, documents } : arxiv.replace(".", " ")];
}

async function notesOfArxiv(store, id) {
  const { lexicon } = await store.readTail(ARXIV_SIGN + id.slice(0, 2));
  const weight = new Map();
  for (const term of lexicon.terms.filter((each) => each.startsWith(ARXIV_SIGN + id))) {
    for (const { documents, weights } of store.postings(term)) documents.forEach((number, at) => weight.set(number, weights[at]));
  }
  return [...weight].sort(([a, first], [b, second]) => first - second || a - b).map(([number]) => number);
}

function documentsOf(store, type, value) {
  if (type === "year") {
    const found = store.notesOfYear(value);
    return found.length ? found : null;
  }
  const key = tagKey(value);
  if (type === "kind") return [...store.kinds.values()].find((kind) => kind.key === key || kind.label === value)?.documents ?? null;
  const tags = [...store.tags.values()];
  const meant = tags.filter((tag) => tag.key.startsWith(store.tags.has(key) ? `${key}/` : key) || tag.key === key);
  if (meant.length < 2) return meant[0]?.documents ?? null;
  return [...new Set(meant.flatMap(({ documents }) => [...documents]))].sort((a, b) => a - b);
}

function intersect(lookups) {
  const [first, ...others] = [...lookups].sort((a, b) => a.documents.length - b.documents.length);
  const within = others.map(({ documents }) => new Set(Array.from(documents)));
  return Array.from(first.documents).filter((number) => within.every((set) => set.has(number)));
}
