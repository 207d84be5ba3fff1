// Plans a query: the alternatives of every word, the words the query is expanded by, and the terms whose postings that takes.

/** @import { Translations } from "./search-expand.js" */
/** @import { Postings } from "./search-format.js" */
/** @import { Alternative, Expansion, Options, PlannedWord } from "./search-match.js" */
/** @import { Found } from "./search-lookup.js" */
/** @import { Word } from "./search-query.js" */
/** @import { Store } from "./search-store.js" */

import { isSentence, isTelling, weighEveryday } from "./search-everyday.js";
import { expansionsOf } from "./search-expand.js";
import { literalTerms } from "./search-fields.js";
import { FACTORS, alternativesOf, isKnown, joinedAlternatives, longestPart, plurals, switchedAlternatives } from "./search-match.js";
import { namesOf } from "./search-names.js";
import { YEAR } from "./search-query.js";
import { ARXIV_SIGN, COMPOUND_SIGN, NAME_SIGN, PHRASE_SIGN, ROW_SCALE } from "./search-shared.js";
import { takeApart, versionOf } from "./search-split.js";
import { termKey } from "./search-store.js";
import { isHangul, switchKeyboard } from "./search-tokens.js";

/** @typedef {Store & { translations: Translations, options: Options, weigh: (alternative: Alternative) => Postings[] }} Reader */
/** @typedef {{ term: string, from: number, to: number, factor: number }} Neighbours a term behind a sign, and the places of the words that it covers */
/**
 * `terms` are those of the words, and `expanded` those of expansions, which results can do without. It is `lacking` if words across
 * languages could not be fetched. `inSentence` is true if the words are a sentence.
 * @typedef {{ words: PlannedWord[], terms: Set<string>, expanded: Set<string>, expansions: Expansion[], inSentence: boolean, lacking: boolean }} Plan
 */

const SIGNS = new Set([ARXIV_SIGN, NAME_SIGN, COMPOUND_SIGN, PHRASE_SIGN]);
// Alternatives of a word that are tried as part of a phrase.
const PHRASE_WORDS = 3;
const MOST_COMPOUNDS = 4;
const MOST_LABELS = 2;
// Fewer keys begin too many words of the other script.
const LEAST_KEYS = 4;
const CORRECTED = new Set(["typo", "keyboard", "piece"]);
const MOST_NAMES = 8;

/**
 * Plan a query; `off` holds the ids of expansions that the reader took off.
 * @param {Reader} reader @param {Pick<Found, "words" | "groups" | "exact" | "optional" | "marks">} wanted @param {Set<string>} off @returns {Promise<Plan>}
 */
export async function planQuery(reader, { words: typed, groups, exact, optional, marks }, off) {
  const words = await takeApart(reader, typed);
  const neighbours = neighboursOf(reader, words);
  const lacking = await readVocabulary(reader, [...words, ...groups.flat(2)], neighbours);
  const inSentence = isSentence(typed);
  const planned = await Promise.all(words.map((word, at) => planWord(reader, word, inSentence && at < words.length - 1)));
  weighEveryday(planned);
  const corrections = addCorrections(reader, planned, off);
  addJoined(reader, planned, words);
  addNeighbours(reader, planned, neighbours);
  addYears(reader, planned);
  const exactly = exact.map((word) => planExactly(reader, word));
  const optionally = optional.map((word) => ({ ...planExactly(reader, word), bonus: true }));
  const phrases = [...(await phrasesOf(reader, planned)), ...(await phrasesOf(reader, exactly))];
  const others = [...(await Promise.all(groups.map((group) => planGroup(reader, group)))), ...exactly, ...optionally];
  const names = await namesOf(reader, planned);
  const expansions = [...names, ...expansionsOf(reader.translations, planned, reader.options)].filter((each) => !off.has(each.id) && each.words.some((at) => isTelling(planned[at])));
  const terms = new Set([...planned, ...others].flatMap(({ alternatives }) => alternatives.flatMap(({ tokens }) => tokens)));
  const expanded = new Set(expansions.flatMap((each) => each.phrases.flat()).flatMap((token) => variantsOf(reader, token)));
  addExpansions(planned, expansions);
  const marked = marks.map(({ text, hangul }) => ({ text, hangul, alternatives: [], bonus: true }));
  return { words: [...planned, ...others, ...phrases, ...marked], terms, expanded, expansions: [...corrections, ...expansions], inSentence, lacking };
}

// What was typed wrong is shown like an expansion, and can be taken off like one.
/** @param {Reader} reader @param {PlannedWord[]} planned @param {Set<string>} off @returns {Expansion[]} */
function addCorrections(reader, planned, off) {
  return planned.flatMap((word, at) => {
    const guesses = word.alternatives.filter(({ how }) => CORRECTED.has(how));
    if (!guesses.length) return [];
    const frequency = (/** @type {Alternative} */ { tokens, factor }) => factor * (1 + Math.max(...reader.lexicons.map((lexicon) => lexicon.class(tokens[0]))));
    const best = [...guesses].sort((a, b) => frequency(b) - frequency(a)).slice(0, guesses[0].how === "typo" ? MOST_LABELS : 1);
    const to = best.map(({ tokens }) => tokens.join(" ")).join(", ");
    /** @type {Expansion} */
    const correction = { id: `${word.text}→${to}`, from: word.text, to, words: [at], phrases: [], factor: 1, used: false };
    if (off.has(correction.id)) {
      word.alternatives = word.alternatives.filter(({ how }) => !CORRECTED.has(how));
      return [];
    }
    for (const guess of guesses) guess.expansion = correction;
    return [correction];
  });
}

// One of several words: their alternatives together. An operand of several words means notes that have all of them.
/** @param {Reader} reader @param {Word[][]} group @returns {Promise<PlannedWord>} */
async function planGroup(reader, group) {
  const found = await Promise.all(
    group.map(async (words) => {
      if (words.length === 1) return alternativesOfWord(reader, words[0]);
      const tokens = words.map(({ text }) => text);
      return tokens.every((token) => reader.has(token)) ? [{ tokens, factor: FACTORS.exact, how: "exact" }] : [];
    }),
  );
  return { text: "", hangul: false, alternatives: found.flat() };
}

// A word of a phrase means itself alone. What the lookup read has all of its terms.
/** @param {Reader} reader @param {Word} word @returns {PlannedWord} */
function planExactly(reader, { text, hangul }) {
  const terms = literalTerms(reader, text, { inflected: false, whole: true });
  return { text, hangul, alternatives: terms.map((term) => ({ tokens: [term], factor: term === text ? FACTORS.exact : FACTORS.ending, how: "exact" })) };
}

// Read the rare terms and the words across languages that these words may meet. Return true if some of the latter could not be fetched.
/** @param {Reader} reader @param {Word[]} words @param {Neighbours[]} neighbours */
async function readVocabulary(reader, words, neighbours) {
  const rare = words.filter((word) => !isKnown(reader.lexicons, word)).map((word) => word.text);
  const keys = new Set([...rare, ...neighbours.map(({ term }) => term)].map(termKey));
  const [isLacking] = await Promise.all([reader.translations.prepare(words), ...[...keys].map((key) => reader.readTail(key))]);
  return isLacking;
}

/** @param {Reader} reader @param {Word} word @param {boolean} isWritten @returns {Promise<PlannedWord>} */
async function planWord(reader, word, isWritten) {
  return { text: word.text, hangul: word.hangul, alternatives: await alternativesOfWord(reader, word, isWritten) };
}

// The terms a word may mean: as typed, or else as typed on the other keyboard, or else the longest part of it that is a term.
// Another word of a sentence follows a word that `isWritten`.
/** @param {Reader} reader @param {Word} word @returns {Promise<Alternative[]>} */
async function alternativesOfWord(reader, word, isWritten = false) {
  const isTerm = reader.translations.knows(word.text);
  const found = alternativesOf(reader.lexiconsFor(word.text), { ...word, isTerm, isWritten }, reader.options);
  found.push(...(await versionAlternatives(reader, word)));
  if (found.length || isTerm) return found;
  const switched = reader.options.keyboard === false ? "" : switchKeyboard(word.text);
  if (switched.length >= LEAST_KEYS) {
    await reader.readTail(termKey(switched));
    const meant = switchedAlternatives(reader.lexiconsFor(switched), switched);
    if (meant.length) return meant;
  }
  return isWritten ? [] : longestPart(reader.lexiconsFor(word.text), word);
}

// A name and its version that the notes write as one and apart: llama2 is Llama 2, above all in a title.
/** @param {Reader} reader @param {Word} word @returns {Promise<Alternative[]>} */
async function versionAlternatives(reader, { text, hangul }) {
  const parts = hangul ? null : versionOf(text);
  if (!parts) return [];
  const title = PHRASE_SIGN + parts.join(" ");
  await Promise.all([title, ...parts].map((term) => reader.readTail(termKey(term))));
  /** @type {Alternative[]} */
  const found = [];
  if (reader.has(title)) found.push({ tokens: [title], factor: FACTORS.version, how: "joined" });
  if (parts.every((part) => reader.has(part))) found.push({ tokens: parts, factor: FACTORS.apart, how: "parts" });
  return found;
}

// Neighbouring words that the notes write as one.
/** @param {Reader} reader @param {PlannedWord[]} planned @param {Word[]} words */
function addJoined(reader, planned, words) {
  words.forEach((word, first) => {
    for (const { last, alternative } of joinedAlternatives(reader.lexiconsFor(word.text), words, first)) {
      for (let at = first; at <= last; at++) planned[at].alternatives.push(alternative);
    }
  });
}

// The whole names, and the compounds that the notes write apart, that the words may be.
/** @param {Reader} reader @param {Word[]} words */
function neighboursOf(reader, words) {
  /** @type {Neighbours[]} */
  const found = [];
  /** @param {string} text */
  const isCommon = (text) => reader.lexicons.some((lexicon) => lexicon.has(text));
  words.forEach((word, at) => {
    if (word.hangul && word.text.length > 3 && !isCommon(word.text)) {
      const parts = reader.lexicons[0]?.segment(word.text, true) ?? [];
      if (parts.length === 2) found.push({ term: COMPOUND_SIGN + parts.join(""), from: at, to: at, factor: 1.5 });
    }
    const next = words[at + 1];
    if (!next || next.hangul !== word.hangul) return;
    if (word.hangul) {
      if (words.length === 2) found.push({ term: COMPOUND_SIGN + word.text + next.text, from: at, to: at + 1, factor: 1 });
    } else if (words.length <= 3 || !isCommon(word.text) || !isCommon(next.text)) {
      const rest = words.slice(at);
      const name = rest.every((each) => !each.hangul) && rest.length <= 4 ? rest : [word, next];
      found.push({ term: NAME_SIGN + name.map((each) => each.text).join(" "), from: at, to: at + name.length - 1, factor: 2 });
    }
  });
  return found;
}

/** @param {Reader} reader @param {PlannedWord[]} planned @param {Neighbours[]} neighbours */
function addNeighbours(reader, planned, neighbours) {
  for (const { term, from, to, factor } of neighbours) {
    for (const found of matchNeighbours(reader, term)) {
      for (let at = from; at <= to; at++) planned[at].alternatives.push({ tokens: [found], factor, how: "joined" });
    }
  }
}

// A name or compound of the notes, or those that begin like it; of names also those with the same first and last part.
/** @param {Reader} reader @param {string} term */
function matchNeighbours(reader, term) {
  const lexicon = reader.tails.get(termKey(term))?.lexicon;
  if (!lexicon) return [];
  if (lexicon.has(term)) return [term];
  if (term[0] === COMPOUND_SIGN) return lexicon.terms.filter((each) => each.startsWith(term)).slice(0, MOST_COMPOUNDS);
  const last = term.slice(term.lastIndexOf(" "));
  const first = term.slice(0, term.indexOf(" ") + 1);
  return lexicon.terms.filter((each) => each.startsWith(term) || (each.startsWith(first) && each.endsWith(last))).slice(0, MOST_NAMES);
}

// A year also means the notes of that year.
/** @param {Reader} reader @param {PlannedWord[]} planned */
function addYears(reader, planned) {
  for (const word of planned) {
    if (!YEAR.test(word.text)) continue;
    const documents = Int32Array.from(reader.notesOfYear(word.text));
    word.alternatives.push({ tokens: [], factor: 1, how: "year", postings: [{ documents, weights: new Float32Array(documents.length).fill(1) }] });
  }
}

// Neighbouring words that stand side by side in a title, as words that add to a score and need not be found.
/** @param {Reader} reader @param {PlannedWord[]} words */
async function phrasesOf(reader, words) {
  /** @type {PlannedWord[]} */
  const found = [];
  for (let at = 0; at + 1 < words.length; at++) {
    const seconds = words[at + 1].alternatives.filter(({ tokens }) => tokens.length === 1);
    if (words[at].hangul || !seconds.length) continue;
    const alternatives = await phraseAlternatives(reader, firstWords(words[at]), new Map(seconds.map(({ tokens, factor }) => [tokens[0], factor])));
    if (alternatives.length) found.push({ text: "", hangul: false, alternatives, bonus: true });
  }
  return found;
}

// The likeliest words that may begin a phrase; one that is typed in full is the only one.
/** @param {PlannedWord} word */
function firstWords({ alternatives }) {
  const single = alternatives.filter(({ tokens, how }) => tokens.length === 1 && how !== "inside" && !SIGNS.has(tokens[0][0]));
  single.sort((a, b) => b.factor - a.factor);
  return single.slice(0, single[0]?.factor === 1 ? 1 : PHRASE_WORDS);
}

/** @param {Reader} reader @param {Alternative[]} firsts @param {Map<string, number>} seconds factors by token */
async function phraseAlternatives(reader, firsts, seconds) {
  /** @type {Alternative[]} */
  const alternatives = [];
  for (const { tokens, factor } of firsts) {
    const beginning = `${PHRASE_SIGN}${tokens[0]} `;
    const { lexicon } = await reader.readTail(termKey(beginning));
    for (const [second, other] of seconds) {
      if (lexicon.has(beginning + second)) alternatives.push({ tokens: [beginning + second], factor: factor * other, how: "phrase" });
    }
  }
  return alternatives;
}

/** @param {PlannedWord[]} planned @param {Expansion[]} expansions */
function addExpansions(planned, expansions) {
  for (const expansion of expansions) {
    for (const at of expansion.words) {
      for (const tokens of expansion.phrases) {
        planned[at].alternatives.push({ tokens, factor: expansion.factor, how: "expansion", expansion });
      }
      if (expansion.others) planned[at].alternatives.push({ ...expansion.others, factor: ROW_SCALE * expansion.factor, how: "expansion", expansion });
    }
  }
}

/** List the forms of an expansion's token: an English one also in the plural or singular. @param {string} token */
export const formsOf = (token) => (isHangul(token) ? [token] : [token, ...plurals(token)]);

/** List the forms of an expansion's token that the notes have. @param {Store} store @param {string} token */
export const variantsOf = (store, token) => formsOf(token).filter((term) => store.has(term));
