

import { ARXIV_SIGN, AUTHOR_SIGN, COMPOUND_SIGN, ENDINGS, NAME_SIGN, OTHER_WORD, PHRASE_SIGN, SEPARATOR } from "./search-shared.6510057e36.js";
import { isHangul, normalize } from "./search-tokens.9e0f97c4a9.js";


const ENOUGH = 0.5;
const TYPED = 0.25;
const LONGEST = 200;
const SHORTEST = 20;
const BEFORE_MARK = 60;
const LATIN_WORD = /[A-Za-z0-9\u00c0-\u024f]+(?:[-_.'’][A-Za-z0-9\u00c0-\u024f]+)*[+#]*/;
const WORD = new RegExp(`[가-힣]+|${LATIN_WORD.source}|${OTHER_WORD.source}`, "g");
const WITH_SEPARATORS = new RegExp(`(${SEPARATOR.source})`);
const PLAIN = /^[\p{ASCII}가-힣]*$/u;
const SENTENCE_END = /[.!?。]["'”’)\]]*\s+|\n+/g;
const UNSPELLED = new Set([ARXIV_SIGN, COMPOUND_SIGN, PHRASE_SIGN]);

function wordsOf(term) {
if (term[0] === NAME_SIGN || term[0] === AUTHOR_SIGN) return term.slice(1).split(" ");
return UNSPELLED.has(term[0]) ? [] : [term];
}

class Marker {
constructor(terms) {
this.hangul = [];
this.latin = new Map();
for (const [term, value] of terms) {
for (const word of wordsOf(term)) {
if (isHangul(word)) this.hangul.push([word, value]);
else this.latin.set(word, Math.max(value, this.latin.get(word) ?? 0));
}
}
this.hangul.sort((a, b) => b[0].length - a[0].length);
}

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
const whole = word.replace(SEPARATOR, "");
if (this.markTerm(found, whole, start, written.length) || whole === word) return;
let at = start;
for (const part of word.split(WITH_SEPARATORS)) {
this.markTerm(found, part, at, part.length);
at += part.length;
}
}

markTerm(found, term, start, length) {
const value = this.latin.get(term);
if (value !== undefined) found.push([start, start + length, term, value]);
return value !== undefined;
}

parts(text, from = 0, to = text.length, marks = this.marks(text)) {
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

function sentences(text) {
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

function bestSentence(marker, texts) {
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

function cutSentence(marker, { text, marks, from: start, to, first }) {
const isLate = first - start > BEFORE_MARK && to - start > LONGEST;
const from = isLate ? text.lastIndexOf(" ", first - BEFORE_MARK / 2) + 1 : start;
const end = to - from > LONGEST ? Math.max(text.lastIndexOf(" ", from + LONGEST), from + LONGEST / 2) : to;
const parts = marker.parts(text, from, end, marks);
if (isLate) parts.unshift({ text: "… ", mark: false });
if (end < to) parts.push({ text: " …", mark: false });
return parts;
}

export function markEntry(fragment, terms) {
const marker = new Marker(terms);
const texts = [fragment.commentary, fragment.translations, fragment.abstract].filter(Boolean);
const authors = marker.parts(fragment.authors);
const best = bestSentence(marker, texts);
return {
...fragment,
terms: [...terms.keys()],
titleParts: marker.parts(fragment.title),
tagParts: fragment.tags.map((tag) => marker.parts(tag)),
authorParts: authors.some(({ mark }) => mark) ? authors : [],
snippet: best ? cutSentence(marker, best) : [],
};
}
