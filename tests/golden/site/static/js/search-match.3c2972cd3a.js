

import { carriesEnding, isHangul, jamo, stems } from "./search-tokens.9e0f97c4a9.js";


export const FACTORS = { exact: 1, ending: 0.9, plural: 0.85, joined: 1, prefix: 0.75, inside: 0.65, parts: 0.6, typo: 0.6, typo2: 0.4, keyboard: 0.9, initials: 0.8, piece: 0.3, version: 3, apart: 0.5 };

const MOST_SHORT = 5;
const MOST = 16;
const MOST_JOINED_PREFIXES = 4;
const COMMON = 4;

const has = (lexicons, term) => lexicons.some((lexicon) => lexicon.has(term));

const classOf = (lexicons, term) => Math.max(...lexicons.map((lexicon) => lexicon.class(term)));

class Alternatives {
constructor() {
this.byTokens = new Map();
}

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

export function isKnown(lexicons, word) {
if (has(lexicons, word.text)) return true;
return word.hangul && stems(word.text).some(([stem]) => stem.length > 1 && has(lexicons, stem));
}

export function alternativesOf(lexicons, word, options) {
const { text, hangul } = word;
const found = new Alternatives();
if (/^[ㄱ-ㅎ]{2,}$/.test(text)) {
if (options.jamo !== false) addByInitials(found, lexicons, text);
return found.values();
}
addLiteral(found, lexicons, word);
const isCertain = found.size > 0;
const isNumber = /^\d+$/.test(text);
const keys = hangul && options.jamo !== false ? jamo(text) : text;
if (!isNumber || !isCertain) addByKeys(found, lexicons, keys, { factor: isCertain && !hangul ? FACTORS.prefix * 0.5 : FACTORS.prefix, how: "prefix", text });
if (!isNumber) addInside(found, lexicons, word);
const begun = found.values().filter(({ how }) => how !== "inside");
const isOdd = begun.every(({ tokens }) => classOf(lexicons, tokens[0]) === 0);
if (options.typos !== false && isOdd && !word.isTerm) addMisspelt(found, lexicons, word, { keys, least: begun.length ? COMMON : 0 });
if (hangul || !found.size) addParts(found, lexicons, word);
return found.values();
}

export function switchedAlternatives(lexicons, keys) {
const found = new Alternatives();
addByKeys(found, lexicons, keys, { factor: FACTORS.keyboard, how: "keyboard", text: "" });
return found.values();
}

function addByInitials(found, lexicons, text) {
for (const lexicon of lexicons) {
for (const term of lexicon.initials(text)) found.add([term], FACTORS.initials + 0.02 * lexicon.class(term), "initials");
}
}

function addLiteral(found, lexicons, { text, hangul }) {
if (has(lexicons, text)) found.add([text], FACTORS.exact, "exact");
if (!hangul) {
for (const variant of plurals(text)) if (has(lexicons, variant)) found.add([variant], FACTORS.plural, "ending");
} else if (!found.size) {
const split = stems(text).find(([stem]) => stem.length > 1 && has(lexicons, stem));
if (split) found.add([split[0]], FACTORS.ending, "ending");
}
}

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

function addInside(found, lexicons, { text, hangul }) {
if (hangul ? !/^[가-힣]{2,}$/.test(text) : text.length < 4) return;
for (const lexicon of lexicons) {
for (const term of lexicon.inside(text)) found.add([term], hangul ? FACTORS.inside : FACTORS.inside * 0.6, "inside");
}
}

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

function addParts(found, lexicons, { text, hangul }) {
if (text.length < (hangul ? 4 : 8)) return;
const parts = lexicons[0]?.segment(text, hangul) ?? [];
if (parts.length > 1) found.add(parts, FACTORS.parts, "parts");
}

export function longestPart(lexicons, { text, hangul }) {
for (let length = text.length - 1; length >= (hangul ? 2 : 4); length--) {
for (let start = 0; start + length <= text.length; start++) {
const part = text.slice(start, start + length);
if (has(lexicons, part)) return [{ tokens: [part], factor: FACTORS.piece, how: "piece" }];
}
}
return [];
}

export function plurals(text) {
if (text.length < 4 || /\d$/.test(text)) return [];
const found = [text + "s"];
if (text.endsWith("y")) found.push(text.slice(0, -1) + "ies");
if (text.endsWith("ies")) found.push(text.slice(0, -3) + "y");
else if (text.endsWith("s") && !text.endsWith("ss")) found.push(text.slice(0, -1));
if (/(?:s|x|ch|sh)$/.test(text)) found.push(text + "es");
return found;
}

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
