// Finds the notes that have a word, a phrase, or a value of a field.

/** @import { Atom } from "./search-query.js" */
/** @import { Matches, Test } from "./search-lookup.js" */
/** @import { Store } from "./search-store.js" */
/** @import { Fragment } from "./search-shared.js" */

import { boundedBy, contains, findPeriod, rangeOf, spanOf } from "./search-dates.js";
import { plurals } from "./search-match.js";
import { tagKey } from "./search-query.js";
import { AUTHOR_SIGN, FEATURE_SIGN, NAME_SIGN, TITLE_SIGN } from "./search-shared.js";
import { namesBySound } from "./search-names.js";
import { koreanSound } from "./search-sound.js";
import { termKey } from "./search-store.js";
import { carriesEnding, isHangul, jamo, stems, tokenize } from "./search-tokens.js";

const MOST_INFLECTED = 64;
/** @type {Record<string, string>} */
const FEATURES = { code: "code", 코드: "code", math: "math", 수식: "math" };

/** @type {Record<string, (store: Store, atom: Atom) => Matches | null | Promise<Matches | null>>} */
const FINDERS = {
  word: (store, { value }) => phraseMatches(store, value, { inflected: true }),
  phrase: (store, { value }) => phraseMatches(store, value, { inflected: false }),
  title: titleMatches,
  author: authorMatches,
  tag: (store, { value }) => ({ documents: notesTagged(store, value) }),
  kind: (store, { value }) => ({ documents: notesOfKind(store, value) }),
  year: yearMatches,
  date: dateMatches,
  from: boundMatches,
  to: boundMatches,
  before: boundMatches,
  after: boundMatches,
  has: featureMatches,
};

/** Find the notes that have an atom; null stands for a value that says nothing. @param {Store} store @param {Atom} atom */
export const matchesOf = async (store, atom) => FINDERS[atom.type](store, atom);

// Notes with a word, or with all words of a phrase, whose texts then show whether they stand side by side.
/** @param {Store} store @param {string} text @param {{ inflected: boolean }} as @returns {Promise<Matches | null>} */
async function phraseMatches(store, text, { inflected }) {
  const tokens = tokenize(text, false);
  if (!tokens.length) return null;
  const lists = await Promise.all(tokens.map((token) => notesWithToken(store, token, { inflected, whole: tokens.length === 1 })));
  const documents = common(lists);
  return tokens.length > 1 ? { documents, test: hasPhrase(tokens) } : { documents };
}

// Notes with a token: in Hangul with any ending. In a phrase a token may itself carry an ending, which the text decides.
/** @param {Store} store @param {string} token @param {{ inflected: boolean, whole: boolean }} as */
async function notesWithToken(store, token, { inflected, whole }) {
  const forms = [token, ...(isHangul(token) ? stems(token).map(([stem]) => stem) : [])];
  await Promise.all([...new Set(forms.map(termKey))].map((key) => store.readTail(key)));
  const terms = literalTerms(store, token, { inflected, whole });
  await store.readPostings(terms);
  return union(terms.flatMap((term) => store.postings(term)).map(({ documents }) => documents));
}

/** List the terms that are a token, in Hangul with any ending. @param {Store} store @param {string} token @param {{ inflected: boolean, whole: boolean }} as */
export function literalTerms(store, token, { inflected, whole }) {
  const lexicons = store.lexiconsFor(token);
  if (!isHangul(token)) return [token, ...(inflected ? plurals(token) : [])].filter((term) => store.has(term));
  const carrying = lexicons.flatMap((lexicon) => lexicon.prefixes(jamo(token), MOST_INFLECTED)).filter((term) => term === token || carriesEnding(term, token));
  const shorter = whole && carrying.includes(token) ? [] : stems(token).map(([stem]) => stem).filter((stem) => store.has(stem));
  return [...new Set([...carrying, ...(whole ? shorter.slice(0, 1) : shorter)])];
}

// Words side by side in a text; the last may carry an ending if it is Hangul.
/** @param {string[]} tokens @returns {(text: string) => boolean} */
function standsIn(tokens) {
  const wanted = ` ${tokens.join(" ")}${isHangul(tokens[tokens.length - 1]) ? "" : " "}`;
  return (text) => ` ${tokenize(text, false).join(" ")} `.includes(wanted);
}

/** @param {string[]} tokens @returns {Test} */
function hasPhrase(tokens) {
  const isIn = standsIn(tokens);
  return ({ title, authors, commentary, abstract, translations, tags }) => [title, commentary, abstract, translations, authors, tags.join(" ")].some(isIn);
}

/** @param {Store} store @param {Atom} atom @returns {Promise<Matches | null>} */
async function titleMatches(store, { value, quoted }) {
  const tokens = tokenize(value, false);
  if (!tokens.length) return null;
  const lists = await Promise.all(tokens.map((token) => notesSigned(store, TITLE_SIGN, token, quoted ? [] : plurals(token))));
  const isIn = standsIn(tokens);
  // The index has the words of all of an entry's titles, in no order.
  const test = (/** @type {Fragment} */ { title, abstract }) => isIn(title) || abstract.split("\n").some(isIn);
  return quoted && tokens.length > 1 ? { documents: common(lists), test } : { documents: common(lists) };
}

/** @param {Store} store @param {Atom} atom @returns {Promise<Matches | null>} */
async function authorMatches(store, { value }) {
  const tokens = tokenize(value, false);
  if (!tokens.length) return null;
  const name = NAME_SIGN + tokens.join(" ");
  if (tokens.length > 1 && (await store.readTail(termKey(name))).lexicon.has(name)) return { documents: postingsOf(store, [name]) };
  const documents = common(await Promise.all(tokens.map((token) => notesSigned(store, AUTHOR_SIGN, token, []))));
  if (documents.length || !tokens.every(isHangul)) return { documents };
  return { documents: postingsOf(store, await namesBySound(store, tokens.map(koreanSound))) };
}

// Notes with a term behind a sign: one of its forms, or else one that begins like it. Hangul may carry endings.
/** @param {Store} store @param {string} sign @param {string} token @param {string[]} forms */
async function notesSigned(store, sign, token, forms) {
  const { lexicon } = await store.readTail(termKey(sign + token));
  const shorter = isHangul(token) ? stems(token).map(([stem]) => stem) : [];
  const known = [token, ...forms].map((form) => sign + form).filter((term) => lexicon.has(term));
  const begun = lexicon.terms.filter((term) => term.startsWith(sign + token));
  if (isHangul(token)) return postingsOf(store, begun.length ? begun : shorter.map((form) => sign + form).filter((term) => lexicon.has(term)));
  return postingsOf(store, known.length ? known : begun);
}

/** @param {Store} store @param {string[]} terms */
const postingsOf = (store, terms) => union(terms.flatMap((term) => store.postings(term)).map(({ documents }) => documents));

/** @param {Store} store @param {Atom} atom @returns {Promise<Matches | null>} */
async function featureMatches(store, { value }) {
  const feature = FEATURES[value.toLowerCase()];
  if (!feature) return null;
  await store.readTail(FEATURE_SIGN);
  return { documents: store.has(FEATURE_SIGN + feature) ? postingsOf(store, [FEATURE_SIGN + feature]) : [] };
}

// A tag has the notes of the tags below it; an unfinished one those of all tags that begin like it.
/** @param {Store} store @param {string} value */
function notesTagged(store, value) {
  const key = tagKey(value);
  const beginning = store.tags.has(key) ? `${key}/` : key;
  const meant = [...store.tags.values()].filter((tag) => tag.key === key || (key && tag.key.startsWith(beginning)));
  return meant.length === 1 ? meant[0].documents : union(meant.map(({ documents }) => documents));
}

// The notes of a kind, by its name or its label, or of all kinds that begin like it.
/** @param {Store} store @param {string} value */
function notesOfKind(store, value) {
  const key = tagKey(value);
  const kinds = [...store.kinds.values()];
  const named = kinds.filter((kind) => kind.key === key || tagKey(kind.label ?? "") === key);
  const meant = named.length ? named : kinds.filter((kind) => kind.key.startsWith(key) || tagKey(kind.label ?? "").startsWith(key));
  return union(meant.map(({ documents }) => documents));
}

/** @param {Store} store @param {Atom} atom @returns {Matches | null} */
function yearMatches(store, { value }) {
  const years = /^(\d{4})\s*[-–]\s*(\d{4})$/.exec(value);
  const text = value.replace(/년(?:도)?$/, "");
  if (/^\d{1,4}$/.test(text)) return { documents: store.notesDated((day) => day > 0 && String(Math.floor(day / 10000)).startsWith(text)) };
  const span = rangeOf(years ? `${years[1]}..${years[2]}` : text);
  return span && { documents: store.notesDated((day) => day >= span.from && day <= span.to) };
}

/** @param {Store} store @param {Atom} atom @returns {Matches | null} */
function dateMatches(store, { value }) {
  const span = rangeOf(value, store.newest) ?? spanOf(value, store.newest);
  if (span) return { documents: store.notesDated((day) => day >= span.from && day <= span.to) };
  const period = findPeriod(value, store.newest);
  return period && { documents: store.notesDated((day) => contains(period, day)) };
}

/** @param {Store} store @param {Atom} atom @returns {Matches | null} */
function boundMatches(store, { type, value }) {
  const span = spanOf(value, store.newest);
  if (!span) return null;
  const { from, to } = boundedBy(type, span);
  return { documents: store.notesDated((day) => day >= from && day <= to) };
}

/** @param {ArrayLike<number>[]} lists */
function union(lists) {
  if (lists.length === 1) return Array.from(lists[0]);
  return [...new Set(lists.flatMap((list) => Array.from(list)))].sort((a, b) => a - b);
}

/** @param {number[][]} lists */
function common(lists) {
  const [first, ...others] = [...lists].sort((a, b) => a.length - b.length);
  const within = others.map((list) => new Set(list));
  return first.filter((number) => within.every((set) => set.has(number)));
}
