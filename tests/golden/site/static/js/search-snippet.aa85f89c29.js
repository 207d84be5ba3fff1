// An entry's texts into parts with marks: the title, and the sentence that has most of what was searched for.

import { ENDINGS, isHangul, normalize } from "./search-tokens.ffaf7fcb6f.js";

const ENOUGH = 0.5;
const LONGEST = 200;
const BEFORE_MARK = 60;
const WORD = /[가-힣]+|[A-Za-z0-9\u00c0-\u024f]+(?:[-_.'’][A-Za-z0-9\u00c0-\u024f]+)*[+#]*|[\u0370-\u052f\u3040-\u30ff\u4e00-\u9fff]+/g;
const SEPARATOR = /[-_.'’]/;
const SEPARATORS = /[-_.'’]/g;
const PLAIN = /^[\x00-\x7f가-힣]*$/;
const SENTENCE_END = /[.!?。]["'”’)\]]*\s+|\n+/g;

// `terms` maps terms of the index to how much each says.
class Marker {
  constructor(terms) {
    this.hangul = [];
    this.latin = new Map();
    for (const [term, value] of terms) {
      const spelled = /^[@~+^]/.test(term) ? (term[0] === "~" ? term.slice(1).split(" ") : []) : [term];
      for (const each of spelled) {
        if (isHangul(each)) this.hangul.push([each, value]);
        else this.latin.set(each, Math.max(value, this.latin.get(each) ?? 0));
      }
    }
    this.hangul.sort((a, b) => b[0].length - a[0].length);
  }

  // Places of a text to mark: [start, end, term, value].
  marks(text) {
    const found = [];
    for (const match of text.matchAll(WORD)) {
      const word = PLAIN.test(match[0]) ? match[0].toLowerCase() : normalize(match[0]);
      if (/^[가-힣]/.test(word)) this.markHangul(found, word, match.index);
      else this.markLatin(found, match[0], word, match.index);
    }
    return found;
  }

  markHangul(found, word, start) {
    for (const [term, value] of this.hangul) {
      const at = word.indexOf(term);
      if (at < 0 || (term.length === 1 && word !== term && !(at === 0 && ENDINGS.has(word.slice(1))))) continue;
      found.push([start + at, start + at + term.length, term, value]);
      return;
    }
  }

  markLatin(found, written, word, start) {
    const whole = SEPARATOR.test(word) ? word.replace(SEPARATORS, "") : word;
    if (this.latin.has(whole)) {
      found.push([start, start + written.length, whole, this.latin.get(whole)]);
      return;
    }
    if (whole === word) return;
    let at = 0;
    for (const part of word.split(/([-_.'’])/)) {
      if (this.latin.has(part)) found.push([start + at, start + at + part.length, part, this.latin.get(part)]);
      at += part.length;
    }
  }

  // A text as parts, [{text, mark}].
  parts(text, from = 0, to = text.length, marks = this.marks(text)) {
    const parts = [];
    let at = from;
    for (const [start, end] of marks) {
      if (start < at || end > to) continue;
      if (start > at) parts.push({ text: text.slice(at, start), mark: false });
      parts.push({ text: text.slice(start, end), mark: true });
      at = end;
    }
    if (at < to) parts.push({ text: text.slice(at, to), mark: false });
    return parts;
  }
}

function sentences(text) {
  const found = [];
  let from = 0;
  for (const match of text.matchAll(SENTENCE_END)) {
    const to = match.index + match[0].length;
    if (to - from > 20 || match[0].includes("\n")) {
      found.push([from, to]);
      from = to;
    }
  }
  if (from < text.length) found.push([from, text.length]);
  return found;
}

// The sentence with the most of the terms, as parts; of equal ones, that of the first text.
function bestSnippet(marker, texts) {
  let best = null;
  for (const text of texts) {
    // The author's own words, where they have enough of what was asked.
    if (best?.score >= ENOUGH) break;
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
  if (!best) return [];
  const { text } = best;
  let { from, to } = best;
  let cut = false;
  if (best.first - from > BEFORE_MARK && to - from > LONGEST) {
    from = text.lastIndexOf(" ", best.first - BEFORE_MARK / 2) + 1;
    cut = true;
  }
  const parts = [];
  if (cut) parts.push({ text: "… ", mark: false });
  const end = to - from > LONGEST ? Math.max(text.lastIndexOf(" ", from + LONGEST), from + LONGEST / 2) : to;
  parts.push(...marker.parts(text, from, end, best.marks));
  if (end < to) parts.push({ text: " …", mark: false });
  return parts;
}

export function markEntry(fragment, terms) {
  const marker = new Marker(terms);
  const texts = [fragment.commentary, fragment.translations, fragment.abstract].filter((text) => text);
  const authors = marker.parts(fragment.authors);
  return {
    ...fragment,
    terms: [...terms.keys()],
    titleParts: marker.parts(fragment.title),
    tagParts: fragment.tags.map((tag) => marker.parts(tag)),
    // Authors are shown only where they are what was found.
    authorParts: authors.some(({ mark }) => mark) ? authors : [],
    snippet: bestSnippet(marker, texts),
  };
}
