

import { Translations } from "./search-expand.6c1be9463e.js";
import { readDictionary, readDocuments, readManifest, readWords } from "./search-format.0fb1cd7cf7.js";
import { lookUp } from "./search-lookup.08c064bcfb.js";
import { planQuery, variantsOf } from "./search-plan.29fc52967c.js";
import { parseQuery } from "./search-query.710c1b5bde.js";
import { scoreNotes } from "./search-score.cac17f48a0.js";
import { markEntry } from "./search-snippet.b40a5c99bd.js";
import { Store, tailInitial } from "./search-store.4b089a65d3.js";

export { IndexError } from "./search-format.0fb1cd7cf7.js";


export async function openSearch(load, options = {}) {
  const manifest = await readManifest(load);
  const [dictionaries, tables] = await Promise.all([
    Promise.all(manifest.segments.map((segment) => readDictionary(load, segment))),
    Promise.all(manifest.segments.map((segment) => readDocuments(load, segment))),
  ]);
  return new Search(load, manifest, dictionaries, tables, options);
}

export class Search extends Store {
  constructor(load, manifest, dictionaries, tables, options) {
    super(load, manifest, dictionaries, tables);
    this.options = options;
    this.translations = new Translations(
      manifest.words.length,
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
    const { words: wanted, allowed, lookups } = await lookUp(this, parseQuery(query), filters);
    const { words, terms, expansions } = await planQuery(this, wanted, off);
    await this.readPostings(terms);
    let hits = { numbers: allowed ? [...allowed].reverse() : [], scores: null };
    if (words.length) {
      const scored = scoreNotes(words, (alternative) => this.weigh(alternative), this.notes, allowed);
      if (scored.numbers.length || !allowed) hits = scored;
    }
    return {
      query,
      ...hits,
      total: hits.numbers.length,
      words,
      expansions: expansions.filter(({ used }) => used),
      lookups: lookups.map(({ type, value }) => ({ type, value })),
    };
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

  async show(ranking, from = 0, count = 10) {
    const numbers = ranking.numbers.slice(from, from + count);
    const fragments = await Promise.all(numbers.map((number) => this.fragment(number)));
    const terms = (ranking.terms ??= this.markedTerms(ranking.words));
    return fragments.map((fragment, at) => markEntry(fragment, termsIn(terms, numbers[at])));
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
