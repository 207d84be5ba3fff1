// Looks up what a query asks for besides words: fields, phrases, dates and arXiv ids, and what it leaves out.

/** @import { Fragment } from "./search-shared.js" */
/** @import { Atom, Clause, Field, Problem, Query, Word } from "./search-query.js" */
/** @import { Store } from "./search-store.js" */

import { matchesOf } from "./search-fields.js";
import { splitWords, YEAR } from "./search-query.js";
import { ARXIV_SIGN } from "./search-shared.js";

/** @typedef {{ type: string, value: string, documents: ArrayLike<number> }} Lookup */
/** @typedef {(fragment: Fragment) => boolean} Test */
/** @typedef {{ documents: ArrayLike<number>, test?: Test }} Matches notes that have an atom or, if there is a test, notes that may */
/**
 * A clause that only the texts of notes decide: the notes that have an atom for certain, and notes that may.
 * @typedef {{ negated: boolean, certain: Set<number>, unsure: { documents: Set<number>, test: Test }[] }} Check
 */
/**
 * `words` are to be ranked; each of `groups` counts as one of them, and lists what it may be, in words. `exact` are words of
 * phrases, `optional` those of phrases that a note need not have, and `marks` words to mark only. `allowed` are the only notes to show, or null for all; they are allowed `loosely` if no
 * operator says so, but a date or an arXiv id among the words.
 * @typedef {{ words: Word[], groups: Word[][][], exact: Word[], optional: Word[], marks: Word[], allowed: number[] | null, loosely: boolean, lookups: Lookup[],
 *   checks: Check[], sort: string, problems: Problem[] }} Found
 */

const SCORED = new Set(["word", "phrase", "title"]);
const DATED = new Set(["date", "from", "to", "before", "after"]);

/** Look up what a query names and the filters that were clicked. @param {Store} store @param {Query} query @param {Field[]} filters @returns {Promise<Found>} */
export async function lookUp(store, query, filters) {
  const lookup = new Lookups(store, query);
  for (const { type, value } of filters) if (type === "sort") lookup.found.sort = value === "oldest" ? "oldest" : "newest";
  const clicked = filters.filter(({ type }) => type !== "sort").map((atom) => ({ negated: false, atoms: [atom] }));
  const clauses = [...query.clauses, ...clicked, ...lookup.takeYear()];
  if (clauses.some(({ atoms }) => atoms.some(({ type }) => type === "tag" || type === "kind"))) await store.readGroups();
  for (const clause of clauses) await lookup.addClause(clause);
  lookup.addDate();
  await lookup.addArxiv();
  return lookup.finish();
}

class Lookups {
  /** @param {Store} store @param {Query} query */
  constructor(store, query) {
    this.store = store;
    this.query = query;
    /** @type {Lookup[]} */
    this.looseTags = [];
    /** @type {Set<Lookup>} */
    this.loose = new Set();
    /** @type {Set<number>} */
    this.excluded = new Set();
    /** @type {Found} */
    this.found = {
      words: [...query.words], groups: [], exact: [], optional: [], marks: [], allowed: null, loosely: false, lookups: [], checks: [], sort: query.sort, problems: [...query.problems],
    };
  }

  // Beside a tag or a kind a bare year is a lookup too: `#nerf 2020`.
  /** @returns {Clause[]} */
  takeYear() {
    const { clauses, words } = this.query;
    const isYear = words.length === 1 && YEAR.test(words[0].text) && clauses.some(({ atoms }) => atoms[0].type === "tag" || atoms[0].type === "kind");
    if (!isYear || !this.store.notesOfYear(words[0].text).length) return [];
    this.found.words = [];
    return [{ negated: false, atoms: [{ type: "year", value: words[0].text }] }];
  }

  /** @param {Clause} clause */
  async addClause({ negated, atoms }) {
    const { store, found } = this;
    if (!negated && atoms.every(({ type }) => type === "word")) {
      const operands = atoms.map(({ value }) => splitWords(value)).filter((words) => words.length);
      if (operands.length) found.groups.push(operands);
      return;
    }
    const all = await Promise.all(atoms.map((atom) => matchesOf(store, atom)));
    const isFound = all.some((matches) => matches?.documents.length);
    const [first] = atoms;
    if (!isFound && !negated && atoms.length === 1 && first.loose) {
      found.words.push(...splitWords(first.value.replace(/[-_#＃:]/g, " ")));
      return;
    }
    atoms.forEach(({ type, value }, at) => {
      const isField = type !== "word" && type !== "phrase";
      if (!isField) return;
      if (all[at] === null) found.problems.push({ type: "value", name: type, value });
      else if (!all[at].documents.length && !negated && !DATED.has(type)) found.problems.push({ type: "has", name: type, value });
    });
    // A value that says nothing asks for nothing.
    const matches = all.filter((each) => each !== null);
    if (!matches.length) return;
    if (matches.some(({ test }) => test)) found.checks.push(checkOf(negated, matches));
    if (negated) this.exclude(matches);
    else this.require(atoms, matches);
  }

  /** @param {Matches[]} matches */
  exclude(matches) {
    for (const { documents, test } of matches) if (!test) for (const number of Array.from(documents)) this.excluded.add(number);
  }

  /** @param {Atom[]} atoms @param {Matches[]} matches */
  require(atoms, matches) {
    const documents = matches.length === 1 ? matches[0].documents : union(matches.map((each) => each.documents));
    const lookup = { type: atoms[0].type, value: atoms[0].value, documents };
    this.found.lookups.push(lookup);
    if (atoms[0].loose && atoms.length === 1) this.looseTags.push(lookup);
    // A note need not have the words of one operand of several.
    for (const { type, value } of atoms) {
      if (SCORED.has(type)) this.found[atoms.length === 1 ? "exact" : "optional"].push(...splitWords(value));
      else if (type === "author") this.found.marks.push(...splitWords(value));
    }
  }

  /** @param {Lookup} lookup */
  addLoose(lookup) {
    this.loose.add(lookup);
    this.found.lookups.push(lookup);
  }

  addDate() {
    const { date } = this.query;
    if (!date) return;
    const documents = this.store.notesDated(date.test);
    if (documents.length) this.addLoose({ type: "date", value: date.label, documents });
    else this.found.words.push(...splitWords(date.text));
  }

  async addArxiv() {
    const { arxiv } = this.query;
    if (!arxiv) return;
    const documents = await notesOfArxiv(this.store, arxiv);
    if (documents.length) this.addLoose({ type: "arxiv", value: arxiv, documents });
    else this.found.words.push(...splitWords(arxiv.replace(".", " ")));
  }

  finish() {
    const { found, excluded, looseTags } = this;
    const { lookups } = found;
    let allowed = intersect(lookups);
    if (allowed && !allowed.length && looseTags.length) {
      // The notes of a year or kind may be about a tag that none of them has.
      found.lookups = lookups.filter((lookup) => !looseTags.includes(lookup));
      for (const { value } of looseTags) found.words.push(...splitWords(value.replace(/[-_]/g, " ")));
      allowed = intersect(found.lookups);
    }
    if (excluded.size || found.checks.some(({ negated }) => negated)) {
      allowed = (allowed ?? Array.from({ length: this.store.notes }, (_, number) => number)).filter((number) => !excluded.has(number));
    }
    found.allowed = allowed;
    found.loosely = found.lookups.every((lookup) => this.loose.has(lookup));
    return found;
  }
}

/** @param {boolean} negated @param {Matches[]} matches @returns {Check} */
function checkOf(negated, matches) {
  const certain = new Set(matches.filter(({ test }) => !test).flatMap(({ documents }) => Array.from(documents)));
  const unsure = matches.flatMap(({ documents, test }) => (test ? [{ documents: new Set(Array.from(documents)), test }] : []));
  return { negated, certain, unsure };
}

/** Return true if only the text of a note decides a check. @param {Check} check @param {number} number */
export const needsText = ({ certain, unsure }, number) => !certain.has(number) && unsure.some(({ documents }) => documents.has(number));

/** Return true if a note passes a check; its text is read only if the check needs it. @param {Check} check @param {number} number @param {Fragment | null} fragment */
export function passes({ negated, certain, unsure }, number, fragment) {
  const isFound = certain.has(number) || unsure.some(({ documents, test }) => documents.has(number) && fragment !== null && test(fragment));
  return isFound !== negated;
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

/** @param {ArrayLike<number>[]} lists */
const union = (lists) => [...new Set(lists.flatMap((list) => Array.from(list)))].sort((a, b) => a - b);

/** List the notes that all lookups have, in the order of the first; null stands for all notes. @param {Lookup[]} lookups */
function intersect(lookups) {
  if (!lookups.length) return null;
  const [first, ...others] = [...lookups].sort((a, b) => Number(b.type === "arxiv") - Number(a.type === "arxiv") || a.documents.length - b.documents.length);
  const within = others.map(({ documents }) => new Set(Array.from(documents)));
  return Array.from(first.documents).filter((number) => within.every((set) => set.has(number)));
}
