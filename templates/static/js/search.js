// Answers queries from the index. A loader, a function from a path below search/ to bytes, lets a browser and Node run the same
// code. `openSearch` reads the dictionary; `rank` orders the notes; `show` reads the ones to display; `facets` counts their groups.

/** @import { Group, Load, Postings } from "./search-format.js" */
/** @import { Alternative, Expansion, Options, PlannedWord } from "./search-match.js" */
/** @import { Check, Found } from "./search-lookup.js" */
/** @import { Plan } from "./search-plan.js" */
/** @import { Field, Problem } from "./search-query.js" */
/** @import { Manifest } from "./search-shared.js" */
/** @import { Dictionary, DocumentTable } from "./search-store.js" */

import { isAnyUnreachable, Translations } from "./search-expand.js";
import { isUnreachable, readDictionary, readDocuments, readManifest } from "./search-format.js";
import { lookUp, needsText, passes } from "./search-lookup.js";
import { formsOf, planQuery, variantsOf } from "./search-plan.js";
import { parseQuery } from "./search-query.js";
import { scoreNotes } from "./search-score.js";
import { markEntry } from "./search-snippet.js";
import { Store, termKey } from "./search-store.js";
import { suggestionsFor } from "./search-suggest.js";

export { IndexError, isUnreachable } from "./search-format.js";

/** @typedef {{ term: string, value: number, lists: Int32Array[] | null }} MarkedTerm how much a term says, and the notes that have it */
/** @typedef {{ type: string, value: string, label: string, count: number }} Facet */
/**
 * The notes that answer a query, the best first; `scores` is null if they only were looked up. `unchecked` are further notes that
 * answer it if their texts pass the `checks`. It is `lacking` if files that it can do without could not be fetched.
 * @typedef {{ query: string, numbers: number[], unchecked: number[], checks: Check[], scores: Float32Array | null, words: PlannedWord[],
 *   expansions: Expansion[], lookups: Pick<Field, "type" | "value">[], sort: string, problems: Problem[], lacking: boolean, terms?: MarkedTerm[] }} Ranking
 */

// Part of the words of the best hit that a note must have to be shown by date: by date the poorest hit may come first.
const LEAST_BY_DATE = 0.8;
const FIRST_PAGE = 10;
// Texts that are read at a time, and until the reader asks for more.
const CHECKED_AT_ONCE = 12;
const MOST_CHECKED = 60;

/** Open an index; `options` switch parts off by name, for the benchmark: {typos: false}. @param {Load} load @param {Options} [options] */
export async function openSearch(load, options = {}) {
  const manifest = await readManifest(load);
  const [dictionaries, tables] = await Promise.all([
    Promise.all(manifest.parts.map((part, at) => readDictionary(load, part, at))),
    Promise.all(manifest.parts.map((part, at) => readDocuments(load, part, at))),
  ]);
  return new Search(load, manifest, dictionaries, tables, options);
}

/** A store that answers queries. */
export class Search extends Store {
  /** @param {Load} load @param {Manifest} manifest @param {Dictionary[]} dictionaries @param {DocumentTable[]} tables @param {Options} options */
  constructor(load, manifest, dictionaries, tables, options) {
    super(load, manifest, dictionaries, tables);
    this.options = options;
    this.translations = new Translations(
      {
        read: (word) => this.readKey(termKey(word)),
        lexiconsFor: (token) => this.lexiconsFor(token),
      },
      this.lexicons,
    );
  }

  /** Prepare in a quiet moment what the first unknown word would wait for. */
  prepare() {
    this.translations.prepareSounds();
    for (const lexicon of this.lexicons) lexicon.prepareMasks();
  }

  /**
   * Rank the notes for a query. `off` names the expansions that the reader took off, `filters` are the facets that were clicked.
   * @param {string} query @param {{ off?: Set<string>, filters?: Field[] }} [choices] @returns {Promise<Ranking>}
   */
  async rank(query, { off = new Set(), filters = [] } = {}) {
    const found = await lookUp(this, parseQuery(query, this.newest), filters);
    const { checks, lookups, problems, sort } = found;
    const plan = await planQuery(this, found, off);
    const { words, terms, expanded, expansions, lacking } = plan;
    const [isLost] = await Promise.all([isAnyUnreachable([this.readPostings(expanded)]), this.readPostings(terms)]);
    const { numbers, scores } = this.hits(plan, found);
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
      lacking: lacking || isLost,
    };
    await this.check(ranking, FIRST_PAGE);
    return ranking;
  }

  // The notes to show, in order. Texts are not checked yet.
  /** @param {Plan} plan @param {Found} found @returns {Pick<Ranking, "numbers" | "scores">} */
  hits(plan, { allowed, lookups, sort }) {
    const { words } = plan;
    /** @param {number[]} numbers */
    const inOrder = (numbers) => (sort ? this.byDate(numbers, sort) : numbers);
    if (words.some(({ bonus }) => !bonus)) {
      const { numbers, scores, coverage, most } = scoreNotes(words, (alternative) => this.weigh(alternative), this.notes, allowed, plan);
      const shown = sort ? numbers.filter((number) => coverage[number] >= LEAST_BY_DATE * most) : numbers;
      // If none of the looked-up notes has the words, show all of them rather than none.
      if (numbers.length || !lookups.length) return { numbers: inOrder(shown), scores };
    }
    const listed = [...(allowed ?? (sort && !words.length ? this.dates.keys() : []))].reverse();
    if (!words.some(({ alternatives }) => alternatives.length)) return { numbers: inOrder(listed), scores: null };
    // Optional words put the shown notes in order.
    const { scores } = scoreNotes(words, (alternative) => this.weigh(alternative), this.notes, allowed, plan);
    return { numbers: inOrder(listed.sort((a, b) => scores[b] - scores[a])), scores };
  }

  // Notes are numbered by date; those without a date come last.
  /** @param {number[]} numbers @param {string} sort */
  byDate(numbers, sort) {
    const dated = numbers.filter((number) => this.dates[number]).sort((a, b) => (sort === "oldest" ? a - b : b - a));
    return [...dated, ...numbers.filter((number) => !this.dates[number])];
  }

  /** Check texts until as many notes are found as wanted, there are no more, or enough were read. @param {Ranking} ranking @param {number} wanted */
  async check(ranking, wanted) {
    const { numbers, unchecked, checks } = ranking;
    for (let read = 0; read < MOST_CHECKED && numbers.length < wanted && unchecked.length; read += CHECKED_AT_ONCE) {
      const batch = unchecked.slice(0, CHECKED_AT_ONCE);
      const texts = await Promise.all(batch.map((number) => (checks.some((check) => needsText(check, number)) ? this.fragmentIfAny(number, ranking) : null)));
      // Another call may have read them in the meantime.
      if (unchecked[0] !== batch[0]) continue;
      unchecked.splice(0, batch.length);
      numbers.push(...batch.filter((number, at) => checks.every((check) => passes(check, number, texts[at]))));
    }
  }

  /** Return another query that finds something, if this one finds nothing or has a field that search lacks; or an empty string. @param {Ranking} ranking @param {Field[]} filters */
  async suggest(ranking, filters = []) {
    const isAnswered = ranking.numbers.length > 0 || ranking.unchecked.length > 0;
    if (isAnswered && !ranking.problems.some(({ type }) => type === "field")) return "";
    for (const query of suggestionsFor(this, ranking)) {
      const { numbers, problems } = await this.rank(query, { filters });
      if (numbers.length && !problems.length) return query;
    }
    return "";
  }

  /** Return the notes that an alternative finds, and its weight in each. @param {Alternative} alternative @returns {Postings[]} */
  weigh({ tokens, how, postings }) {
    if (postings) return postings;
    const isExpansion = how === "expansion";
    if (tokens.length === 1 && !isExpansion) return this.postings(tokens[0]);
    // Several tokens weigh as much as the one that weighs least; the forms of a token, as the one that weighs most.
    /** @type {Map<number, number> | null} */
    let found = null;
    for (const token of tokens) {
      const next = this.mostWeights(isExpansion ? variantsOf(this, token) : [token], found);
      if (found) for (const [number, weight] of next) next.set(number, Math.min(weight, found.get(number) ?? 0));
      found = next;
    }
    return [{ documents: Int32Array.from(found?.keys() ?? []), weights: Float32Array.from(found?.values() ?? []) }];
  }

  // The most that one of the terms weighs in each note, in the notes of `within` alone if it is given.
  /** @param {string[]} terms @param {Map<number, number> | null} within */
  mostWeights(terms, within) {
    /** @type {Map<number, number>} */
    const found = new Map();
    for (const { documents, weights } of terms.flatMap((term) => this.postings(term))) {
      for (let at = 0; at < documents.length; at++) {
        const number = documents[at];
        if (!within || within.has(number)) found.set(number, Math.max(found.get(number) ?? 0, weights[at]));
      }
    }
    return found;
  }

  /** Count the hits of each tag, kind and year; the groups of the best hits come first. @param {Pick<Ranking, "numbers" | "scores">} ranking */
  async facets({ numbers, scores }) {
    await this.readGroups();
    const value = new Float32Array(this.notes);
    for (const number of numbers) value[number] = scores ? scores[number] : 1;
    const hit = new Uint8Array(this.notes);
    for (const number of numbers) hit[number] = 1;
    /** @param {string} type @param {Group} group */
    const count = (type, { key, label, documents }) => {
      let hits = 0;
      let sum = 0;
      for (const number of documents) {
        hits += hit[number];
        sum += value[number];
      }
      return { type, value: key, label: label ?? key, count: hits, sum };
    };
    /** @param {string} type @param {Map<string, Group>} groups @returns {Facet[]} */
    const facetsOf = (type, groups) => {
      const counted = [...groups.values()].map((group) => count(type, group)).filter((facet) => facet.count);
      return counted.sort((a, b) => b.sum - a.sum || (a.value < b.value ? -1 : 1));
    };
    return { tags: facetsOf("tag", this.tags), kinds: facetsOf("kind", this.kinds), years: this.yearFacets(numbers) };
  }

  /** @param {number[]} numbers @returns {Facet[]} */
  yearFacets(numbers) {
    /** @type {Map<number, number>} */
    const counts = new Map();
    for (const number of numbers) {
      const year = Math.floor(this.dates[number] / 10000);
      if (year) counts.set(year, (counts.get(year) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[0] - a[0]).map(([year, count]) => ({ type: "year", value: String(year), label: String(year), count }));
  }

  /**
   * Read the entries at these places of a ranking, with marks in title and snippet. An entry whose text could not be fetched is
   * null, unless no text could be. @param {Ranking} ranking
   */
  async show(ranking, from = 0, count = FIRST_PAGE) {
    await this.check(ranking, from + count);
    const numbers = ranking.numbers.slice(from, from + count);
    const fragments = await Promise.all(numbers.map((number) => this.fragmentIfAny(number, ranking)));
    // With no text at all, the reader is told rather than shown empty entries.
    if (numbers.length && !fragments.some(Boolean)) await this.fragment(numbers[0]);
    const terms = (ranking.terms ??= this.markedTerms(ranking.words));
    return fragments.map((fragment, at) => fragment && markEntry(fragment, termsIn(terms, numbers[at])));
  }

  // Read a note as it is shown; null if it could not be fetched, which its ranking then says.
  /** @param {number} number @param {Ranking} ranking */
  async fragmentIfAny(number, ranking) {
    try {
      return await this.fragment(number);
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      ranking.lacking = true;
      return null;
    }
  }

  // The terms that the words stand for. The words as typed count where nothing else does.
  /** @param {PlannedWord[]} words */
  markedTerms(words) {
    /** @type {Map<string, MarkedTerm>} */
    const terms = new Map();
    for (const word of words) {
      for (const { tokens, how, factor, postings } of word.alternatives) {
        const lists = postings?.map(({ documents }) => documents);
        for (const term of how === "expansion" ? tokens.flatMap(formsOf) : tokens) {
          const known = terms.get(term);
          // Only the typed part of a longer Korean word is marked.
          const mark = word.hangul && term.includes(word.text) ? word.text : term;
          if (known) known.value = Math.max(known.value, factor);
          else terms.set(term, { term: mark, value: factor, lists: lists ?? this.postings(term).map(({ documents }) => documents) });
        }
      }
      if (word.text && !terms.has(word.text)) terms.set(word.text, { term: word.text, value: 0.1, lists: null });
    }
    return [...terms.values()];
  }
}

/** @param {MarkedTerm[]} terms @param {number} number */
function termsIn(terms, number) {
  return new Map(terms.filter(({ lists }) => !lists || lists.some((documents) => contains(documents, number))).map(({ term, value }) => [term, value]));
}

/** @param {Int32Array} sorted @param {number} number */
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
