// Searches a query's words by words of the other language (and other spellings): by the glossary, by pairs that the notes
// themselves align, and by sound. An expansion counts less than what was typed; the reader sees it and can take it off.

/** @import { Postings, PostingsFile } from "./search-format.js" */
/** @import { Lexicon } from "./search-lexicon.js" */
/** @import { Expansion, Options, PlannedWord } from "./search-match.js" */
/** @import { Word } from "./search-query.js" */

import { isUnreachable } from "./search-format.js";
import { plurals } from "./search-match.js";
import { ROW_SIGN } from "./search-shared.js";
import { englishSound, koreanSound } from "./search-sound.js";
import { termKey } from "./search-store.js";
import { isHangul, stems, tokenize } from "./search-tokens.js";

/** @typedef {{ read: (word: string) => Promise<PostingsFile | null>, lexiconsFor: (token: string) => Lexicon[] }} Source `read` gives the file of the words that begin like a word, `lexiconsFor` the lexicons that may have a token */
/**
 * A row of the glossary in the file of a key. `postings` gives what its spellings find, without the words of the key.
 * @typedef {{ key: string, spellings: string[], postings: () => Postings[] }} Row
 */
/** @typedef {{ labels: string[], phrases: string[][], tokens: string[], postings: () => Postings[] }} Meant what a row adds: its labels, words of the same file, and the tokens and postings of the others */
/** @typedef {{ text: string, first: number, last: number }} Run neighbouring words as one */

const MOST_WORDS = 4;
const MOST_LABELS = 2;
const GLOSSARY = 0.2;
const ALIGNED = 0.12;
const ALIGNED_STEP = 0.02;
const SOUND = 0.2;
const MOST_BY_SOUND = 3;
const LEAST_SOUNDS = 4;
const LITERAL = new Set(["exact", "ending", "joined"]);

/** @param {string} spelling */
const keyOf = (spelling) => tokenize(spelling, false).join("");

export class Translations {
  /** @param {Source} source @param {Lexicon[]} lexicons */
  constructor(source, lexicons) {
    this.source = source;
    this.lexicons = lexicons;
    /** @type {Set<PostingsFile>} */
    this.added = new Set();
    // The rows of the glossary that have a spelling.
    /** @type {Map<string, Row[]>} */
    this.byKey = new Map();
    /** @type {Map<string, [string, number][]>} */
    this.aligned = new Map();
    /** @type {{ english: Map<string, string[]>, korean: Map<string, string[]> } | null} */
    this.sounds = null;
  }

  /** Read everything that the runs of these words may lead to. Return true if some of it could not be fetched. @param {Word[]} words */
  prepare(words) {
    return isAnyUnreachable(runsOf(words).map(({ text }) => this.readWord(text)));
  }

  /** @param {string} word */
  async readWord(word) {
    const file = await this.source.read(word);
    if (!file || this.added.has(file)) return;
    this.added.add(file);
    for (const term of file.terms) if (term[0] === ROW_SIGN) this.addRow(file, term);
    for (const [key, ...others] of file.pairs) this.aligned.set(key, others.map((other) => [other.slice(1), +other[0]]));
  }

  /** @param {PostingsFile} file @param {string} term */
  addRow(file, term) {
    const spellings = term.split("\t").slice(1);
    const key = termKey(term);
    const row = { key, spellings, postings: () => [file.postings(term)].filter((each) => each !== null) };
    for (const spelling of new Set(spellings.map(keyOf))) if (termKey(spelling) === key) append(this.byKey, spelling, row);
  }

  /** @param {string} term */
  has(term) {
    return this.source.lexiconsFor(term).some((lexicon) => lexicon.has(term));
  }

  /** Return true if a word, as typed or without an ending, is a spelling of the glossary. @param {string} word */
  knows(word) {
    return spellingsOf(word).some((key) => this.byKey.has(key));
  }

  /** List what the rows that have a run of words add to it. @param {string} run @returns {Meant[]} */
  glossary(run) {
    const keys = spellingsOf(run);
    const rows = new Set(keys.flatMap((key) => this.byKey.get(key) ?? []));
    return [...rows].map(({ key, spellings, postings }) => {
      const others = spellings.filter((spelling) => !keys.includes(keyOf(spelling)));
      const known = others.filter((spelling) => tokenize(spelling, false).every((token) => this.occurs(token)));
      const words = others.map(keyOf).filter((word) => termKey(word) === key && this.occurs(word));
      return { labels: known.length ? known : others, phrases: words.map((word) => [word]), tokens: others.flatMap((spelling) => tokenize(spelling, false)), postings };
    });
  }

  /** Return true if the notes have a word, also in the plural or singular. @param {string} word */
  occurs(word) {
    return this.has(word) || (!isHangul(word) && plurals(word).some((form) => this.has(form)));
  }

  prepareSounds() {
    this.sounds ??= soundsOf(this.lexicons);
    return this.sounds;
  }

  /** List the terms of the other script that sound the same. @param {string} word */
  bySound(word) {
    const hangul = isHangul(word);
    const key = hangul ? koreanSound(word) : englishSound(word);
    if (key.length < LEAST_SOUNDS) return [];
    const others = this.prepareSounds()[hangul ? "english" : "korean"].get(key) ?? [];
    return others.filter((term) => Math.abs(syllables(term) - syllables(word)) <= 2).slice(0, MOST_BY_SOUND);
  }
}

/** Wait for readings, and return true if one of them could not be fetched. Any other error is raised. @param {Promise<unknown>[]} readings */
export async function isAnyUnreachable(readings) {
  const failed = await Promise.all(
    readings.map((reading) =>
      reading.then(
        () => false,
        (error) => {
          if (!isUnreachable(error)) throw error;
          return true;
        },
      ),
    ),
  );
  return failed.includes(true);
}

/** List the runs of up to four neighbouring words. @param {Pick<Word, "text">[]} words @returns {Run[]} */
function runsOf(words) {
  return words.flatMap((_, first) =>
    words.slice(first, first + MOST_WORDS).map((__, length) => ({
      first,
      last: first + length,
      text: words.slice(first, first + length + 1).map((word) => word.text).join(""),
    })),
  );
}

/** @template T @param {Map<string, T[]>} map @param {string} key @param {T} value */
function append(map, key, value) {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

// The expansions of a query, each once; the way that was first to find one is the one that counts.
class Expansions {
  /** @param {PlannedWord[]} words */
  constructor(words) {
    this.words = words;
    /** @type {Map<string, Expansion>} */
    this.byId = new Map();
  }

  /** @param {Omit<Run, "text">} run @param {string} to @param {string[][]} phrases @param {number} factor @param {Meant} [row] */
  add({ first, last }, to, phrases, factor, row) {
    const from = this.words.slice(first, last + 1).map((word) => word.text).join(" ");
    const id = `${from}→${to}`;
    const words = Array.from({ length: last - first + 1 }, (_, at) => first + at);
    const others = row && { tokens: row.tokens, postings: row.postings() };
    if (!this.byId.has(id)) this.byId.set(id, { id, from, to, words, phrases, others, factor, used: false });
  }

  /** Add a term that one word leads to, unless the word leads to it already. @param {number} word @param {string} term @param {number} factor */
  addTerm(word, term, factor) {
    const isKnown = this.values().some(({ words, phrases }) => words.includes(word) && phrases.some((tokens) => tokens.includes(term)));
    if (!isKnown) this.add({ first: word, last: word }, term, [[term]], factor);
  }

  /** Return true if a word has an expansion of its own. @param {number} word */
  covers(word) {
    return this.values().some(({ words }) => words.length === 1 && words[0] === word);
  }

  values() {
    return [...this.byId.values()];
  }
}

/** List the expansions of all runs of words. @param {Translations} translations @param {PlannedWord[]} words @param {Options} options */
export function expansionsOf(translations, words, options) {
  const found = new Expansions(words);
  if (options.glossary !== false) addGlossary(found, translations, words);
  words.forEach((word, at) => {
    if (found.covers(at)) return;
    if (options.alignment !== false) addAligned(found, translations, word, at);
    // A word that the notes have needs no guess by its sound.
    const isLiteral = word.alternatives.some(({ how }) => LITERAL.has(how));
    if (options.transliteration !== false && !isLiteral) {
      for (const term of translations.bySound(word.text)) found.addTerm(at, term, SOUND);
    }
  });
  return found.values();
}

/** @param {Expansions} found @param {Translations} translations @param {PlannedWord[]} words */
function addGlossary(found, translations, words) {
  for (const run of runsOf(words)) {
    for (const row of translations.glossary(run.text)) found.add(run, shownLabels(row.labels, run.text), row.phrases, GLOSSARY, row);
  }
}

/** @param {Expansions} found @param {Translations} translations @param {PlannedWord} word @param {number} at */
function addAligned(found, translations, { text }, at) {
  for (const form of spellingsOf(text)) {
    for (const [term, strength] of translations.aligned.get(form) ?? []) {
      if (translations.has(term)) found.addTerm(at, term, ALIGNED + ALIGNED_STEP * strength);
    }
  }
}

// Two spellings to show: of the other script if there are any, and none that begins like another (quantization, quantized).
/** @param {string[]} labels @param {string} text */
function shownLabels(labels, text) {
  const others = labels.filter((label) => isHangul(label) !== isHangul(text));
  /** @type {string[]} */
  const shown = [];
  for (const label of others.length ? others : labels) {
    if (shown.length < MOST_LABELS && !shown.some((each) => keyOf(each).slice(0, 4) === keyOf(label).slice(0, 4))) shown.push(label);
  }
  return shown.join(", ");
}

// A run of words as typed, without an ending, or in the singular.
/** @param {string} run */
function spellingsOf(run) {
  if (isHangul(run)) return [run, ...stems(run).filter(([stem]) => stem.length > 1).map(([stem]) => stem)];
  return [run, ...plurals(run).filter((form) => form.length < run.length)];
}

/** @param {string} term */
function syllables(term) {
  return isHangul(term) ? term.length : (term.match(/[aeiouy]+/g) ?? []).length;
}

/** @param {Lexicon[]} lexicons */
function soundsOf(lexicons) {
  /** @type {{ english: Map<string, string[]>, korean: Map<string, string[]> }} */
  const sounds = { english: new Map(), korean: new Map() };
  for (const lexicon of lexicons) {
    for (const term of lexicon.terms) {
      if (term.length < 3 || /\d/.test(term)) continue;
      const hangul = isHangul(term);
      const key = hangul ? koreanSound(term) : englishSound(term);
      if (key.length >= LEAST_SOUNDS) append(sounds[hangul ? "korean" : "english"], key, term);
    }
  }
  /** @param {string} term */
  const frequency = (term) => lexicons.reduce((sum, lexicon) => sum + (lexicon.has(term) ? lexicon.class(term) + 1 : 0), 0);
  for (const map of Object.values(sounds)) for (const list of map.values()) list.sort((a, b) => frequency(b) - frequency(a));
  return sounds;
}
