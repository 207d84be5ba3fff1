// What a typed word may mean: terms of the notes, each with how much it counts. The factors were chosen on the development
// queries; docs/search.md says which of them matter.

/** @import { Postings } from "./search-format.js" */
/** @import { Lexicon } from "./search-lexicon.js" */
/** @import { Word } from "./search-query.js" */

import { carriesEnding, isHangul, jamo, stems } from "./search-tokens.js";

/**
 * A way to read a word. All `tokens` must occur in a note. `how` is exact, ending, joined, prefix, inside, parts, typo, keyboard,
 * piece, initials, year, phrase or expansion. `postings` stand in for those of the tokens. A correction has an `expansion` too.
 * @typedef {{ tokens: string[], factor: number, how: string, expansion?: Expansion, postings?: Postings[] }} Alternative
 */
/**
 * Terms that a run of words is also searched by; `words` are the places of the run, `used` says that a note has one of the terms. `others`
 * are further tokens, whose postings are one list.
 * @typedef {{ id: string, from: string, to: string, words: number[], phrases: string[][], others?: { tokens: string[], postings: Postings[] }, factor: number, used: boolean }} Expansion
 */
/** @typedef {{ text: string, hangul: boolean, alternatives: Alternative[], bonus?: boolean, weight?: number }} PlannedWord a `bonus` adds to scores but need not be found; `weight` is how much the word counts, 1 if left out */
/** @typedef {Word & { isTerm: boolean, isWritten: boolean }} WrittenWord a word that the glossary has (`isTerm`), or that is complete, since another word of a sentence follows (`isWritten`) */
/** @typedef {Partial<Record<"jamo" | "typos" | "keyboard" | "glossary" | "alignment" | "transliteration", boolean>>} Options parts that are switched off by false */

export const FACTORS = { exact: 1, ending: 0.9, plural: 0.85, joined: 1, prefix: 0.75, inside: 0.65, parts: 0.6, typo: 0.6, typo2: 0.4, keyboard: 0.9, initials: 0.8, piece: 0.3, version: 3, apart: 0.5 };

// A beginning of one syllable or two letters begins many terms, of which few are meant, and the postings of all are fetched.
const MOST_SHORT = 5;
const MOST = 16;
const MOST_JOINED_PREFIXES = 4;
// A shorter Hangul word of a sentence is not corrected: it looks like too many others.
const LEAST_CORRECTED = 4;
// Class of terms more than a hundred times as common as one that occurs once.
const COMMON = 4;

/** @param {Lexicon[]} lexicons @param {string} term */
const has = (lexicons, term) => lexicons.some((lexicon) => lexicon.has(term));

/** The class of the most frequent form. @param {Lexicon[]} lexicons @param {string} term */
const classOf = (lexicons, term) => Math.max(...lexicons.map((lexicon) => lexicon.class(term)));

class Alternatives {
  constructor() {
    /** @type {Map<string, Alternative>} */
    this.byTokens = new Map();
  }

  /** Add an alternative, or raise the factor of the same tokens. @param {string[]} tokens @param {number} factor @param {string} how */
  add(tokens, factor, how) {
    const key = tokens.join(" ");
    const known = this.byTokens.get(key);
    if (!known || known.factor < factor) this.byTokens.set(key, { tokens, factor, how });
  }

  get size() {
    return this.byTokens.size;
  }

  values() {
    return [...this.byTokens.values()];
  }
}

/** Return true if a dictionary has the word, as typed or without an ending: then no rare terms need be read. @param {Lexicon[]} lexicons @param {Word} word */
export function isKnown(lexicons, word) {
  if (has(lexicons, word.text)) return true;
  return word.hangul && stems(word.text).some(([stem]) => stem.length > 1 && has(lexicons, stem));
}

/**
 * List the alternatives of a word. In a sentence the other words say enough, and a guess at one would often lead away.
 * @param {Lexicon[]} lexicons @param {WrittenWord} word @param {Options} options
 */
export function alternativesOf(lexicons, word, options) {
  const { text, hangul } = word;
  const found = new Alternatives();
  if (/^[ㄱ-ㅎ]{2,}$/.test(text)) {
    if (options.jamo !== false) addByInitials(found, lexicons, text);
    return found.values();
  }
  addLiteral(found, lexicons, word);
  const isCertain = found.size > 0;
  const keys = hangul && options.jamo !== false ? jamo(text) : text;
  if (mayBegin(word, isCertain)) addByKeys(found, lexicons, keys, { factor: isCertain && !hangul ? FACTORS.prefix * 0.5 : FACTORS.prefix, how: "prefix", text });
  if (mayBeInside(word, isCertain)) addInside(found, lexicons, word);
  if (options.typos !== false && mayBeMisspelt(word)) {
    const begun = found.values().filter(({ how }) => how !== "inside");
    // What one note contains may be its own misspelling of a word that is far more common.
    const isOdd = begun.every(({ tokens }) => classOf(lexicons, tokens[0]) === 0);
    if (isOdd) addMisspelt(found, lexicons, word, { keys, least: begun.length ? COMMON : 0 });
  }
  if (hangul || !found.size) addParts(found, lexicons, word);
  return found.values();
}

/** @param {string} text */
const isNumber = (text) => /^\d+$/.test(text);

// One syllable begins too many words, unless it is the last that was typed.
/** @param {WrittenWord} word @param {boolean} isCertain */
const mayBegin = ({ text, hangul, isWritten }, isCertain) => !(isWritten && hangul && text.length === 1) && !(isCertain && isNumber(text));

/** @param {WrittenWord} word @param {boolean} isCertain */
const mayBeInside = ({ text, isWritten }, isCertain) => !(isWritten && isCertain) && !isNumber(text);

// A word of the glossary is no misspelling of another, even if the notes lack it: 증류 is not 종류.
/** @param {WrittenWord} word */
const mayBeMisspelt = ({ text, hangul, isTerm, isWritten }) => !isTerm && !(isWritten && hangul && text.length < LEAST_CORRECTED);

/** List the alternatives of a word as typed on the other keyboard: Latin letters, or the keys of Hangul. @param {Lexicon[]} lexicons @param {string} keys */
export function switchedAlternatives(lexicons, keys) {
  const found = new Alternatives();
  addByKeys(found, lexicons, keys, { factor: FACTORS.keyboard, how: "keyboard", text: "" });
  return found.values();
}

/** @param {Alternatives} found @param {Lexicon[]} lexicons @param {string} text */
function addByInitials(found, lexicons, text) {
  for (const lexicon of lexicons) {
    for (const term of lexicon.initials(text)) found.add([term], FACTORS.initials + 0.02 * lexicon.class(term), "initials");
  }
}

// The word itself, and then its stem or its plurals.
/** @param {Alternatives} found @param {Lexicon[]} lexicons @param {Word} word */
function addLiteral(found, lexicons, { text, hangul }) {
  if (has(lexicons, text)) found.add([text], FACTORS.exact, "exact");
  if (!hangul) {
    for (const variant of plurals(text)) if (has(lexicons, variant)) found.add([variant], FACTORS.plural, "ending");
  } else if (!found.size) {
    const split = stems(text).find(([stem]) => stem.length > 1 && has(lexicons, stem));
    if (split) found.add([split[0]], FACTORS.ending, "ending");
  }
}

// Terms whose keys begin with the typed ones; nearly complete ones count most.
/** @param {Alternatives} found @param {Lexicon[]} lexicons @param {string} keys @param {{ factor: number, how: string, text: string }} as */
function addByKeys(found, lexicons, keys, { factor, how, text }) {
  for (const lexicon of lexicons) {
    for (const term of lexicon.prefixes(keys, keys.length < (isHangul(keys) ? 4 : 3) ? MOST_SHORT : MOST)) {
      if (term === text) continue;
      const ratio = keys.length / (lexicon.keysOf(term) || 1);
      const isInflected = text && carriesEnding(term, text);
      found.add([term], isInflected ? FACTORS.ending : factor * (0.5 + 0.5 * ratio), isInflected ? "ending" : how);
    }
  }
}

/** @param {Alternatives} found @param {Lexicon[]} lexicons @param {Word} word */
function addInside(found, lexicons, { text, hangul }) {
  // Three Latin letters are an abbreviation, and not a part of some longer word.
  if (hangul ? !/^[가-힣]{2,}$/.test(text) : text.length < 4) return;
  // Of a common word, longer ones add nothing but files to read.
  if (found.values().some(({ tokens, how }) => how !== "prefix" && classOf(lexicons, tokens[0]) >= COMMON)) return;
  for (const lexicon of lexicons) {
    for (const term of lexicon.inside(text)) found.add([term], hangul ? FACTORS.inside : FACTORS.inside * 0.6, "inside");
  }
}

// Terms that a word may be a misspelling of, of the frequency class `least` or more.
/** @param {Alternatives} found @param {Lexicon[]} lexicons @param {Word} word @param {{ keys: string, least: number }} as */
function addMisspelt(found, lexicons, word, { keys, least }) {
  if (/\d/.test(keys) || keys.length < (word.hangul ? 5 : 4)) return;
  const most = keys.length >= 9 ? 2 : 1;
  for (const lexicon of lexicons) {
    for (const { term, edits } of lexicon.similar(keys, most, word.hangul)) {
      if (lexicon.class(term) < least) continue;
      const sameStart = term[0] === word.text[0] ? 1 : 0.8;
      found.add([term], (edits > 1 ? FACTORS.typo2 : FACTORS.typo) * sameStart, "typo");
    }
  }
}

// The word as several terms: a compound that the notes write apart.
/** @param {Alternatives} found @param {Lexicon[]} lexicons @param {Word} word */
function addParts(found, lexicons, { text, hangul }) {
  if (text.length < (hangul ? 4 : 8)) return;
  const parts = lexicons[0]?.segment(text, hangul) ?? [];
  if (parts.length > 1) found.add(parts, FACTORS.parts, "parts");
}

/** Return the longest part of a word that is a term, as the last resort for a word that meets nothing. @param {Lexicon[]} lexicons @param {Word} word */
export function longestPart(lexicons, { text, hangul }) {
  for (let length = text.length - 1; length >= (hangul ? 2 : 4); length--) {
    for (let start = 0; start + length <= text.length; start++) {
      const part = text.slice(start, start + length);
      if (has(lexicons, part)) return [{ tokens: [part], factor: FACTORS.piece, how: "piece" }];
    }
  }
  return [];
}

/** List the possible plurals and singulars of an English word. @param {string} text */
export function plurals(text) {
  if (text.length < 4 || /\d$/.test(text)) return [];
  const found = [text + "s"];
  if (text.endsWith("y")) found.push(text.slice(0, -1) + "ies");
  if (text.endsWith("ies")) found.push(text.slice(0, -3) + "y");
  else if (text.endsWith("s") && !text.endsWith("ss")) found.push(text.slice(0, -1));
  if (/(?:s|x|ch|sh)$/.test(text)) found.push(text + "es");
  return found;
}

/**
 * List what neighbouring words mean if the notes write them as one: 하이퍼 파라미터, style gan. `last` is the place of the last word.
 * @param {Lexicon[]} lexicons @param {Word[]} words @param {number} first
 */
export function joinedAlternatives(lexicons, words, first) {
  const found = [];
  const { hangul } = words[first];
  let joined = words[first].text;
  for (let last = first + 1; last < Math.min(words.length, first + 3); last++) {
    const before = joined.length;
    if (words[last].hangul !== hangul && !words[last].glued) break;
    joined += words[last].text;
    const forms = [joined, ...(hangul ? stems(joined).map(([stem]) => stem) : [])];
    const term = forms.find((form) => form.length > before && has(lexicons, form));
    if (term) found.push({ last, alternative: { tokens: [term], factor: FACTORS.joined, how: "joined" } });
    else if (last === words.length - 1 && joined.length > 3) {
      const keys = hangul ? jamo(joined) : joined;
      for (const prefix of lexicons.flatMap((lexicon) => lexicon.prefixes(keys, MOST_JOINED_PREFIXES))) {
        found.push({ last, alternative: { tokens: [prefix], factor: FACTORS.prefix, how: "joined" } });
      }
    }
  }
  return found;
}
