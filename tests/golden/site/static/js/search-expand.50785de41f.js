

import { checksum, isUnreachable } from "./search-format.cc806424e4.js";
import { plurals } from "./search-match.3c2972cd3a.js";
import { WORD_PREFIX } from "./search-shared.6510057e36.js";
import { englishSound, koreanSound } from "./search-sound.c4c273be6b.js";
import { isHangul, stems, tokenize } from "./search-tokens.9e0f97c4a9.js";


const MOST_WORDS = 4;
const MOST_LABELS = 2;
const GLOSSARY = 0.2;
const ALIGNED = 0.12;
const ALIGNED_STEP = 0.02;
const SOUND = 0.2;
const MOST_BY_SOUND = 3;
const LEAST_SOUNDS = 4;
const LITERAL = new Set(["exact", "ending", "joined"]);

const keyOf = (spelling) => tokenize(spelling, false).join("");

export class Translations {
constructor(places, source, lexicons) {
this.places = places;
this.source = source;
this.lexicons = lexicons;
this.placesRead = new Set();
this.byKey = new Map();
this.aligned = new Map();
this.sounds = null;
}

async prepare(words) {
const wanted = new Set(runsOf(words).map(({ text }) => this.placeOf(text)));
const missing = [...wanted].filter((place) => !this.placesRead.has(place));
const isLacking = await isAnyUnreachable(missing.map((place) => this.readPlace(place)));
return (await isAnyUnreachable([this.readRareRows(words)])) || isLacking;
}

placeOf(key) {
return checksum(key.slice(0, WORD_PREFIX)) & (this.places - 1);
}

async readPlace(place) {
const { pairs, rows } = await this.source.read(place);
if (this.placesRead.has(place)) return;
this.placesRead.add(place);
for (const row of rows) {
for (const key of new Set(row.map(keyOf))) if (this.placeOf(key) === place) append(this.byKey, key, row);
}
for (const [word, ...others] of pairs) this.aligned.set(word, others.map((other) => [other.slice(1), +other[0]]));
}

async readRareRows(words) {
const keys = new Set(runsOf(words).flatMap(({ text }) => spellingsOf(text)));
const rows = new Set([...keys].flatMap((key) => this.byKey.get(key) ?? []));
const leads = (spelling) => !keys.has(keyOf(spelling)) && tokenize(spelling, false).every((token) => this.has(token));
const rare = [...rows].filter((row) => !row.some(leads));
const tokens = rare.flatMap((row) => row.flatMap((spelling) => tokenize(spelling, false)));
await Promise.all(tokens.map((token) => this.source.readRare(token)));
}

has(term) {
return this.source.lexiconsFor(term).some((lexicon) => lexicon.has(term));
}

knows(word) {
return spellingsOf(word).some((key) => this.byKey.has(key));
}

glossary(run) {
const keys = spellingsOf(run);
const rows = new Set(keys.flatMap((key) => this.byKey.get(key) ?? []));
const occurs = (token) => this.has(token) || (!isHangul(token) && plurals(token).some((form) => this.has(form)));
const found = [];
for (const row of rows) {
const phrases = [];
const labels = [];
for (const spelling of row) {
if (keys.includes(keyOf(spelling))) continue;
const before = phrases.length;
const tokens = tokenize(spelling, false);
const joined = tokens.join("");
if (tokens.length > 1 && this.has(joined)) phrases.push([joined]);
if (tokens.every(occurs)) phrases.push(tokens);
if (phrases.length > before) labels.push(spelling);
}
if (phrases.length) found.push({ labels, phrases });
}
return found;
}

prepareSounds() {
this.sounds ??= soundsOf(this.lexicons);
return this.sounds;
}

bySound(word) {
const hangul = isHangul(word);
const key = hangul ? koreanSound(word) : englishSound(word);
if (key.length < LEAST_SOUNDS) return [];
const others = this.prepareSounds()[hangul ? "english" : "korean"].get(key) ?? [];
return others.filter((term) => Math.abs(syllables(term) - syllables(word)) <= 2).slice(0, MOST_BY_SOUND);
}
}

async function isAnyUnreachable(readings) {
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

function runsOf(words) {
return words.flatMap((_, first) =>
words.slice(first, first + MOST_WORDS).map((__, length) => ({
first,
last: first + length,
text: words.slice(first, first + length + 1).map((word) => word.text).join(""),
})),
);
}

function append(map, key, value) {
const list = map.get(key);
if (list) list.push(value);
else map.set(key, [value]);
}

class Expansions {
constructor(words) {
this.words = words;
this.byId = new Map();
}

add({ first, last }, to, phrases, factor) {
const from = this.words.slice(first, last + 1).map((word) => word.text).join(" ");
const id = `${from}→${to}`;
const words = Array.from({ length: last - first + 1 }, (_, at) => first + at);
if (!this.byId.has(id)) this.byId.set(id, { id, from, to, words, phrases, factor, used: false });
}

addTerm(word, term, factor) {
const isKnown = this.values().some(({ words, phrases }) => words.includes(word) && phrases.some((tokens) => tokens.includes(term)));
if (!isKnown) this.add({ first: word, last: word }, term, [[term]], factor);
}

covers(word) {
return this.values().some(({ words }) => words.length === 1 && words[0] === word);
}

values() {
return [...this.byId.values()];
}
}

export function expansionsOf(translations, words, options) {
const found = new Expansions(words);
if (options.glossary !== false) addGlossary(found, translations, words);
words.forEach((word, at) => {
if (found.covers(at)) return;
if (options.alignment !== false) addAligned(found, translations, word, at);
const isLiteral = word.alternatives.some(({ how }) => LITERAL.has(how));
if (options.transliteration !== false && !isLiteral) {
for (const term of translations.bySound(word.text)) found.addTerm(at, term, SOUND);
}
});
return found.values();
}

function addGlossary(found, translations, words) {
for (const run of runsOf(words)) {
for (const { labels, phrases } of translations.glossary(run.text)) {
found.add(run, shownLabels(labels, run.text), phrases, GLOSSARY);
}
}
}

function addAligned(found, translations, { text }, at) {
for (const form of spellingsOf(text)) {
for (const [term, strength] of translations.aligned.get(form) ?? []) {
if (translations.has(term)) found.addTerm(at, term, ALIGNED + ALIGNED_STEP * strength);
}
}
}

function shownLabels(labels, text) {
const others = labels.filter((label) => isHangul(label) !== isHangul(text));
const shown = [];
for (const label of others.length ? others : labels) {
if (shown.length < MOST_LABELS && !shown.some((each) => keyOf(each).slice(0, 4) === keyOf(label).slice(0, 4))) shown.push(label);
}
return shown.join(", ");
}

function spellingsOf(run) {
if (isHangul(run)) return [run, ...stems(run).filter(([stem]) => stem.length > 1).map(([stem]) => stem)];
return [run, ...plurals(run).filter((form) => form.length < run.length)];
}

function syllables(term) {
return isHangul(term) ? term.length : (term.match(/[aeiouy]+/g) ?? []).length;
}

function soundsOf(lexicons) {
const sounds = { english: new Map(), korean: new Map() };
for (const lexicon of lexicons) {
for (const term of lexicon.terms) {
if (term.length < 3 || /\d/.test(term)) continue;
const hangul = isHangul(term);
const key = hangul ? koreanSound(term) : englishSound(term);
if (key.length >= LEAST_SOUNDS) append(sounds[hangul ? "korean" : "english"], key, term);
}
}
const frequency = (term) => lexicons.reduce((sum, lexicon) => sum + (lexicon.has(term) ? lexicon.class(term) + 1 : 0), 0);
for (const map of Object.values(sounds)) for (const list of map.values()) list.sort((a, b) => frequency(b) - frequency(a));
return sounds;
}
