// Marks what was searched for: in the title, and in the sentence that has most of it.

/** @import { Fragment } from "./search-shared.js" */

import { ARXIV_SIGN, AUTHOR_SIGN, COMPOUND_SIGN, ENDINGS, NAME_SIGN, OTHER_WORD, PHRASE_SIGN, SEPARATOR } from "./search-shared.js";
import { isHangul, normalize } from "./search-tokens.js";

/** @typedef {{ text: string, mark: boolean, weak?: boolean }} Part a mark is weak if only an expansion of the query is there */
/** @typedef {[start: number, end: number, term: string, value: number]} Mark */
/** @typedef {{ text: string, marks: Mark[], from: number, to: number, score: number, first: number }} Sentence */
/** @typedef {Fragment & { terms: string[], titleParts: Part[], tagParts: Part[][], authorParts: Part[], snippet: Part[] }} MarkedEntry */

const ENOUGH = 0.5;
// What was typed says more than this, and expansions less.
const TYPED = 0.25;
const LONGEST = 200;
const SHORTEST = 20;
const BEFORE_MARK = 60;
const LATIN_WORD = /[A-Za-z0-9\u00c0-\u024f]+(?:[-_.'’][A-Za-z0-9\u00c0-\u024f]+)*[+#]*/;
const WORD = new RegExp(`[가-힣]+|${LATIN_WORD.source}|${OTHER_WORD.source}`, "g");
const WITH_SEPARATORS = new RegExp(`(${SEPARATOR.source})`);
// Only ASCII and Hangul need no more than lower case to be normal.
const PLAIN = /^[\p{ASCII}가-힣]*$/u;
const SENTENCE_END = /[.!?。]["'”’)\]]*\s+|\n+/g;
const UNSPELLED = new Set([ARXIV_SIGN, COMPOUND_SIGN, PHRASE_SIGN]);

/** List the words of a text that a term stands for. @param {string} term */
function wordsOf(term) {
  if (term[0] === NAME_SIGN || term[0] === AUTHOR_SIGN) return term.slice(1).split(" ");
  return UNSPELLED.has(term[0]) ? [] : [term];
}

class Marker {
  /** @param {Map<string, number>} terms how much each term says */
  constructor(terms) {
    /** @type {[string, number][]} */
    this.hangul = [];
    /** @type {Map<string, number>} */
    this.latin = new Map();
    for (const [term, value] of terms) {
      for (const word of wordsOf(term)) {
        if (isHangul(word)) this.hangul.push([word, value]);
        else this.latin.set(word, Math.max(value, this.latin.get(word) ?? 0));
      }
    }
    this.hangul.sort((a, b) => b[0].length - a[0].length);
  }

  /** List the places of a text to mark. @param {string} text */
  marks(text) {
    /** @type {Mark[]} */
    const found = [];
    for (const match of text.matchAll(WORD)) {
      const word = PLAIN.test(match[0]) ? match[0].toLowerCase() : normalize(match[0]);
      if (/^[가-힣]/.test(word)) this.markHangul(found, word, match.index);
      else this.markLatin(found, match[0], word, match.index);
    }
    return found;
  }

  /** @param {Mark[]} found @param {string} word @param {number} start */
  markHangul(found, word, start) {
    for (const [term, value] of this.hangul) {
      const at = word.indexOf(term);
      if (at < 0 || (term.length === 1 && word !== term && !(at === 0 && ENDINGS.has(word.slice(1))))) continue;
      found.push([start + at, start + at + term.length, term, value]);
      return;
    }
  }

  /** @param {Mark[]} found @param {string} written @param {string} word @param {number} start */
  markLatin(found, written, word, start) {
    const whole = word.replace(SEPARATOR, "");
    if (this.markTerm(found, whole, start, written.length) || whole === word) return;
    let at = start;
    for (const part of word.split(WITH_SEPARATORS)) {
      this.markTerm(found, part, at, part.length);
      at += part.length;
    }
  }

  /** @param {Mark[]} found @param {string} term @param {number} start @param {number} length */
  markTerm(found, term, start, length) {
    const value = this.latin.get(term);
    if (value !== undefined) found.push([start, start + length, term, value]);
    return value !== undefined;
  }

  /** Cut a text into marked and unmarked parts. @param {string} text */
  parts(text, from = 0, to = text.length, marks = this.marks(text)) {
    /** @type {Part[]} */
    const parts = [];
    let at = from;
    for (const [start, end, , value] of marks) {
      if (start < at || end > to) continue;
      if (start > at) parts.push({ text: text.slice(at, start), mark: false });
      parts.push({ text: text.slice(start, end), mark: true, ...(value < TYPED && { weak: true }) });
      at = end;
    }
    if (at < to) parts.push({ text: text.slice(at, to), mark: false });
    return parts;
  }
}

/** List the sentences of a text as [start, end]. @param {string} text */
function sentences(text) {
  /** @type {[number, number][]} */
  const found = [];
  let from = 0;
  for (const match of text.matchAll(SENTENCE_END)) {
    const to = match.index + match[0].length;
    if (to - from > SHORTEST || match[0].includes("\n")) {
      found.push([from, to]);
      from = to;
    }
  }
  if (from < text.length) found.push([from, text.length]);
  return found;
}

/** Find the sentence that has most of the terms, in the first of the texts that has enough. @param {Marker} marker @param {string[]} texts */
function bestSentence(marker, texts) {
  /** @type {Sentence | null} */
  let best = null;
  for (const text of texts) {
    if (best && best.score >= ENOUGH) break;
    const marks = marker.marks(text);
    if (!marks.length && best) continue;
    let next = 0;
    for (const [from, to] of sentences(text)) {
      const inside = [];
      for (; next < marks.length && marks[next][0] < to; next++) inside.push(marks[next]);
      const values = new Map(inside.map(([, , term, value]) => [term, value]));
      const score = [...values.values()].reduce((sum, value) => sum + value, 0);
      if (!best || score > best.score) best = { text, marks, from, to, score, first: inside[0]?.[0] ?? from };
    }
  }
  return best;
}

/** Cut a sentence so that its first mark is shown. @param {Marker} marker @param {Sentence} sentence */
function cutSentence(marker, { text, marks, from: start, to, first }) {
  const isLate = first - start > BEFORE_MARK && to - start > LONGEST;
  const from = isLate ? text.lastIndexOf(" ", first - BEFORE_MARK / 2) + 1 : start;
  const end = to - from > LONGEST ? Math.max(text.lastIndexOf(" ", from + LONGEST), from + LONGEST / 2) : to;
  const parts = marker.parts(text, from, end, marks);
  if (isLate) parts.unshift({ text: "… ", mark: false });
  if (end < to) parts.push({ text: " …", mark: false });
  return parts;
}

/** Mark the terms in an entry. @param {Fragment} fragment @param {Map<string, number>} terms how much each says @returns {MarkedEntry} */
export function markEntry(fragment, terms) {
  const marker = new Marker(terms);
  // The author's own words come first.
  const texts = [fragment.commentary, fragment.translations, fragment.abstract].filter(Boolean);
  const authors = marker.parts(fragment.authors);
  const best = bestSentence(marker, texts);
  return {
    ...fragment,
    terms: [...terms.keys()],
    titleParts: marker.parts(fragment.title),
    tagParts: fragment.tags.map((tag) => marker.parts(tag)),
    // Authors are shown only if they were found.
    authorParts: authors.some(({ mark }) => mark) ? authors : [],
    snippet: best ? cutSentence(marker, best) : [],
  };
}
