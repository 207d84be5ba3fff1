

import { weighEveryday } from "./search-everyday.e28270b1f5.js";
import { expansionsOf } from "./search-expand.50785de41f.js";
import { literalTerms } from "./search-fields.285e71df40.js";
import { FACTORS, alternativesOf, isKnown, joinedAlternatives, longestPart, plurals, switchedAlternatives } from "./search-match.3c2972cd3a.js";
import { namesOf } from "./search-names.d292dcc1ee.js";
import { YEAR } from "./search-query.a4fa65c4f2.js";
import { ARXIV_SIGN, COMPOUND_SIGN, NAME_SIGN, PHRASE_SIGN } from "./search-shared.6510057e36.js";
import { takeApart, versionOf } from "./search-split.fae74f5315.js";
import { tailInitial } from "./search-store.a6d0d65dc1.js";
import { isHangul, switchKeyboard } from "./search-tokens.9e0f97c4a9.js";


const SIGNS = new Set([ARXIV_SIGN, NAME_SIGN, COMPOUND_SIGN, PHRASE_SIGN]);
const PHRASE_WORDS = 3;
const MOST_COMPOUNDS = 4;
const MOST_LABELS = 2;
const LEAST_KEYS = 4;
const CORRECTED = new Set(["typo", "keyboard", "piece"]);
const MOST_NAMES = 8;

export async function planQuery(reader, { words: typed, groups, exact, optional, marks }, off) {
const words = await takeApart(reader, typed);
const neighbours = neighboursOf(reader, words);
const lacking = await readVocabulary(reader, [...words, ...groups.flat(2)], neighbours);
const planned = await Promise.all(words.map((word) => planWord(reader, word)));
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
const expansions = [...names, ...expansionsOf(reader.translations, planned, reader.options)].filter(({ id }) => !off.has(id));
const terms = termsOf(reader, [...planned, ...others], expansions);
addExpansions(planned, expansions);
const marked = marks.map(({ text, hangul }) => ({ text, hangul, alternatives: [], bonus: true }));
return { words: [...planned, ...others, ...phrases, ...marked], terms, expansions: [...corrections, ...expansions], lacking };
}

function addCorrections(reader, planned, off) {
return planned.flatMap((word, at) => {
const guesses = word.alternatives.filter(({ how }) => CORRECTED.has(how));
if (!guesses.length) return [];
const frequency = (/** @type {Alternative} */ { tokens, factor }) => factor * (1 + Math.max(...reader.lexicons.map((lexicon) => lexicon.class(tokens[0]))));
const best = [...guesses].sort((a, b) => frequency(b) - frequency(a)).slice(0, guesses[0].how === "typo" ? MOST_LABELS : 1);
const to = best.map(({ tokens }) => tokens.join(" ")).join(", ");
const correction = { id: `${word.text}→${to}`, from: word.text, to, words: [at], phrases: [], factor: 1, used: false };
if (off.has(correction.id)) {
word.alternatives = word.alternatives.filter(({ how }) => !CORRECTED.has(how));
return [];
}
for (const guess of guesses) guess.expansion = correction;
return [correction];
});
}

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

function planExactly(reader, { text, hangul }) {
const terms = literalTerms(reader, text, { inflected: false, whole: true });
return { text, hangul, alternatives: terms.map((term) => ({ tokens: [term], factor: term === text ? FACTORS.exact : FACTORS.ending, how: "exact" })) };
}

async function readVocabulary(reader, words, neighbours) {
const rare = words.filter((word) => !isKnown(reader.lexicons, word)).map((word) => word.text);
const initials = new Set([...rare, ...neighbours.map(({ term }) => term)].map(tailInitial));
const [isLacking] = await Promise.all([reader.translations.prepare(words), ...[...initials].map((initial) => reader.readTail(initial))]);
return isLacking;
}

async function planWord(reader, word) {
return { text: word.text, hangul: word.hangul, alternatives: await alternativesOfWord(reader, word) };
}

async function alternativesOfWord(reader, word) {
const isTerm = reader.translations.knows(word.text);
const found = alternativesOf(reader.lexiconsFor(word.text), { ...word, isTerm }, reader.options);
found.push(...(await versionAlternatives(reader, word)));
if (found.length || isTerm) return found;
const switched = reader.options.keyboard === false ? "" : switchKeyboard(word.text);
if (switched.length >= LEAST_KEYS) {
await reader.readTail(tailInitial(switched));
const meant = switchedAlternatives(reader.lexiconsFor(switched), switched);
if (meant.length) return meant;
}
return longestPart(reader.lexiconsFor(word.text), word);
}

async function versionAlternatives(reader, { text, hangul }) {
const parts = hangul ? null : versionOf(text);
if (!parts) return [];
const title = PHRASE_SIGN + parts.join(" ");
await Promise.all([title, ...parts].map((term) => reader.readTail(tailInitial(term))));
const found = [];
if (reader.has(title)) found.push({ tokens: [title], factor: FACTORS.version, how: "joined" });
if (parts.every((part) => reader.has(part))) found.push({ tokens: parts, factor: FACTORS.apart, how: "parts" });
return found;
}

function addJoined(reader, planned, words) {
words.forEach((word, first) => {
for (const { last, alternative } of joinedAlternatives(reader.lexiconsFor(word.text), words, first)) {
for (let at = first; at <= last; at++) planned[at].alternatives.push(alternative);
}
});
}

function neighboursOf(reader, words) {
const found = [];
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

function addNeighbours(reader, planned, neighbours) {
for (const { term, from, to, factor } of neighbours) {
for (const found of matchNeighbours(reader, term)) {
for (let at = from; at <= to; at++) planned[at].alternatives.push({ tokens: [found], factor, how: "joined" });
}
}
}

function matchNeighbours(reader, term) {
const lexicon = reader.tails.get(tailInitial(term))?.lexicon;
if (!lexicon) return [];
if (lexicon.has(term)) return [term];
if (term[0] === COMPOUND_SIGN) return lexicon.terms.filter((each) => each.startsWith(term)).slice(0, MOST_COMPOUNDS);
const last = term.slice(term.lastIndexOf(" "));
const first = term.slice(0, term.indexOf(" ") + 1);
return lexicon.terms.filter((each) => each.startsWith(term) || (each.startsWith(first) && each.endsWith(last))).slice(0, MOST_NAMES);
}

function addYears(reader, planned) {
for (const word of planned) {
if (!YEAR.test(word.text)) continue;
const documents = Int32Array.from(reader.notesOfYear(word.text));
word.alternatives.push({ tokens: [], factor: 1, how: "year", postings: [{ documents, weights: new Float32Array(documents.length).fill(1) }] });
}
}

async function phrasesOf(reader, words) {
const found = [];
for (let at = 0; at + 1 < words.length; at++) {
const seconds = words[at + 1].alternatives.filter(({ tokens }) => tokens.length === 1);
if (words[at].hangul || !seconds.length) continue;
const alternatives = await phraseAlternatives(reader, firstWords(words[at]), new Map(seconds.map(({ tokens, factor }) => [tokens[0], factor])));
if (alternatives.length) found.push({ text: "", hangul: false, alternatives, bonus: true });
}
return found;
}

function firstWords({ alternatives }) {
const single = alternatives.filter(({ tokens, how }) => tokens.length === 1 && how !== "inside" && !SIGNS.has(tokens[0][0]));
single.sort((a, b) => b.factor - a.factor);
return single.slice(0, single[0]?.factor === 1 ? 1 : PHRASE_WORDS);
}

async function phraseAlternatives(reader, firsts, seconds) {
const alternatives = [];
for (const { tokens, factor } of firsts) {
const beginning = `${PHRASE_SIGN}${tokens[0]} `;
const { lexicon } = await reader.readTail(tailInitial(beginning));
for (const [second, other] of seconds) {
if (lexicon.has(beginning + second)) alternatives.push({ tokens: [beginning + second], factor: factor * other, how: "phrase" });
}
}
return alternatives;
}

function addExpansions(planned, expansions) {
for (const expansion of expansions) {
for (const at of expansion.words) {
for (const tokens of expansion.phrases) {
planned[at].alternatives.push({ tokens, factor: expansion.factor, how: "expansion", expansion });
}
}
}
}

function termsOf(reader, words, expansions) {
const literal = words.flatMap(({ alternatives }) => alternatives.flatMap(({ tokens }) => tokens));
const expanded = expansions.flatMap(({ phrases }) => phrases.flat()).flatMap((token) => variantsOf(reader, token));
return new Set([...literal, ...expanded]);
}

export function variantsOf(store, token) {
return (isHangul(token) ? [token] : [token, ...plurals(token)]).filter((term) => store.has(term));
}
