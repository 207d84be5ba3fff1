

import { Translations } from "./search-expand.50785de41f.js";
import { isUnreachable, readDictionary, readDocuments, readManifest, readWords } from "./search-format.cc806424e4.js";
import { lookUp, needsText, passes } from "./search-lookup.717c458271.js";
import { planQuery, variantsOf } from "./search-plan.720c29234f.js";
import { parseQuery } from "./search-query.a4fa65c4f2.js";
import { scoreNotes } from "./search-score.1cb6721e68.js";
import { NAME_LENGTH } from "./search-shared.6510057e36.js";
import { markEntry } from "./search-snippet.1815521ca9.js";
import { Store, tailInitial } from "./search-store.a6d0d65dc1.js";

export { IndexError, isUnreachable } from "./search-format.cc806424e4.js";


const LEAST_BY_DATE = 0.8;
const FIRST_PAGE = 10;
const CHECKED_AT_ONCE = 12;
const MOST_CHECKED = 60;

export async function openSearch(load, options = {}) {
const manifest = await readManifest(load);
const [dictionaries, tables] = await Promise.all([
Promise.all(manifest.parts.map((part, at) => readDictionary(load, part, at))),
Promise.all(manifest.parts.map((part, at) => readDocuments(load, part, at))),
]);
return new Search(load, manifest, dictionaries, tables, options);
}

export class Search extends Store {
constructor(load, manifest, dictionaries, tables, options) {
super(load, manifest, dictionaries, tables);
this.options = options;
this.translations = new Translations(
manifest.words.length / NAME_LENGTH,
{
read: (place) => readWords(load, manifest, place),
lexiconsFor: (token) => this.lexiconsFor(token),
readRare: (token) => this.readTail(tailInitial(token)),
},
this.lexicons,
);
}

prepare() {
this.translations.prepareSounds();
for (const lexicon of this.lexicons) lexicon.prepareMasks();
}

async rank(query, { off = new Set(), filters = [] } = {}) {
const found = await lookUp(this, parseQuery(query, this.newest), filters);
const { checks, lookups, problems, sort } = found;
const { words, terms, expansions, lacking } = await planQuery(this, found, off);
await this.readPostings(terms);
const { numbers, scores } = this.hits(words, found);
const ranking = {
query,
numbers: checks.length ? [] : numbers,
unchecked: checks.length ? numbers : [],
checks,
scores,
words,
expansions: expansions.filter(({ used }) => used),
lookups: lookups.map(({ type, value }) => ({ type, value })),
sort,
problems,
lacking,
};
await this.check(ranking, FIRST_PAGE);
return ranking;
}

hits(words, { allowed, lookups, sort }) {
const inOrder = (numbers) => (sort ? this.byDate(numbers, sort) : numbers);
if (words.some(({ bonus }) => !bonus)) {
const { numbers, scores, coverage, most } = scoreNotes(words, (alternative) => this.weigh(alternative), this.notes, allowed);
const shown = sort ? numbers.filter((number) => coverage[number] >= LEAST_BY_DATE * most) : numbers;
if (numbers.length || !lookups.length) return { numbers: inOrder(shown), scores };
}
const listed = [...(allowed ?? (sort && !words.length ? this.dates.keys() : []))].reverse();
if (!words.some(({ alternatives }) => alternatives.length)) return { numbers: inOrder(listed), scores: null };
const { scores } = scoreNotes(words, (alternative) => this.weigh(alternative), this.notes, allowed);
return { numbers: inOrder(listed.sort((a, b) => scores[b] - scores[a])), scores };
}

byDate(numbers, sort) {
const dated = numbers.filter((number) => this.dates[number]).sort((a, b) => (sort === "oldest" ? a - b : b - a));
return [...dated, ...numbers.filter((number) => !this.dates[number])];
}

async check(ranking, wanted) {
const { numbers, unchecked, checks } = ranking;
for (let read = 0; read < MOST_CHECKED && numbers.length < wanted && unchecked.length; read += CHECKED_AT_ONCE) {
const batch = unchecked.slice(0, CHECKED_AT_ONCE);
const texts = await Promise.all(batch.map((number) => (checks.some((check) => needsText(check, number)) ? this.fragmentIfAny(number, ranking) : null)));
if (unchecked[0] !== batch[0]) continue;
unchecked.splice(0, batch.length);
numbers.push(...batch.filter((number, at) => checks.every((check) => passes(check, number, texts[at]))));
}
}

async suggest(ranking, filters = []) {
const isAnswered = ranking.numbers.length > 0 || ranking.unchecked.length > 0;
if (isAnswered && !ranking.problems.some(({ type }) => type === "field")) return "";
const { suggestionsFor } = await import("./search-suggest.4cbff154ae.js");
for (const query of suggestionsFor(this, ranking)) {
const { numbers, problems } = await this.rank(query, { filters });
if (numbers.length && !problems.length) return query;
}
return "";
}

weigh({ tokens, how, postings }) {
if (postings) return postings;
const isExpansion = how === "expansion";
if (tokens.length === 1 && !isExpansion) return this.postings(tokens[0]);
let found = null;
for (const token of tokens) {
const next = this.mostWeights(isExpansion ? variantsOf(this, token) : [token], found);
if (found) for (const [number, weight] of next) next.set(number, Math.min(weight, found.get(number) ?? 0));
found = next;
}
return [{ documents: Int32Array.from(found?.keys() ?? []), weights: Float32Array.from(found?.values() ?? []) }];
}

mostWeights(terms, within) {
const found = new Map();
for (const { documents, weights } of terms.flatMap((term) => this.postings(term))) {
for (let at = 0; at < documents.length; at++) {
const number = documents[at];
if (!within || within.has(number)) found.set(number, Math.max(found.get(number) ?? 0, weights[at]));
}
}
return found;
}

async facets({ numbers, scores }) {
await this.readGroups();
const value = new Float32Array(this.notes);
for (const number of numbers) value[number] = scores ? scores[number] : 1;
const hit = new Uint8Array(this.notes);
for (const number of numbers) hit[number] = 1;
const count = (type, { key, label, documents }) => {
let hits = 0;
let sum = 0;
for (const number of documents) {
hits += hit[number];
sum += value[number];
}
return { type, value: key, label: label ?? key, count: hits, sum };
};
const facetsOf = (type, groups) => {
const counted = [...groups.values()].map((group) => count(type, group)).filter((facet) => facet.count);
return counted.sort((a, b) => b.sum - a.sum || (a.value < b.value ? -1 : 1));
};
return { tags: facetsOf("tag", this.tags), kinds: facetsOf("kind", this.kinds), years: this.yearFacets(numbers) };
}

yearFacets(numbers) {
const counts = new Map();
for (const number of numbers) {
const year = Math.floor(this.dates[number] / 10000);
if (year) counts.set(year, (counts.get(year) ?? 0) + 1);
}
return [...counts].sort((a, b) => b[0] - a[0]).map(([year, count]) => ({ type: "year", value: String(year), label: String(year), count }));
}

async show(ranking, from = 0, count = FIRST_PAGE) {
await this.check(ranking, from + count);
const numbers = ranking.numbers.slice(from, from + count);
const fragments = await Promise.all(numbers.map((number) => this.fragmentIfAny(number, ranking)));
if (numbers.length && !fragments.some(Boolean)) await this.fragment(numbers[0]);
const terms = (ranking.terms ??= this.markedTerms(ranking.words));
return fragments.map((fragment, at) => fragment && markEntry(fragment, termsIn(terms, numbers[at])));
}

async fragmentIfAny(number, ranking) {
try {
return await this.fragment(number);
} catch (error) {
if (!isUnreachable(error)) throw error;
ranking.lacking = true;
return null;
}
}

markedTerms(words) {
const terms = new Map();
for (const word of words) {
for (const { tokens, how, factor } of word.alternatives) {
for (const term of how === "expansion" ? tokens.flatMap((token) => variantsOf(this, token)) : tokens) {
const known = terms.get(term);
const mark = word.hangul && term.includes(word.text) ? word.text : term;
if (known) known.value = Math.max(known.value, factor);
else terms.set(term, { term: mark, value: factor, lists: this.postings(term).map(({ documents }) => documents) });
}
}
if (word.text && !terms.has(word.text)) terms.set(word.text, { term: word.text, value: 0.1, lists: null });
}
return [...terms.values()];
}
}

function termsIn(terms, number) {
return new Map(terms.filter(({ lists }) => !lists || lists.some((documents) => contains(documents, number))).map(({ term, value }) => [term, value]));
}

function contains(sorted, number) {
let low = 0;
let high = sorted.length - 1;
while (low <= high) {
const middle = (low + high) >> 1;
if (sorted[middle] === number) return true;
if (sorted[middle] < number) low = middle + 1;
else high = middle - 1;
}
return false;
}
