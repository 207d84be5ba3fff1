
import { ACCENTS, CLOSING, ENDINGS, FINALS, GREEK, GREEK_SIGN, INITIALS, LATIN, LATIN_SPELLINGS, LONGEST_ENDING, MAX_TOKEN, MEDIALS, MOST_JOINED, NOT_JAMO, SEPARATOR, SPLIT, TOKEN, URL_PATTERN } from "./search-shared.6510057e36.js";

const FIRST_SYLLABLE = 0xac00;
const SYLLABLES_OF_INITIAL = MEDIALS.length * FINALS.length;
const SYLLABLES = INITIALS.length * SYLLABLES_OF_INITIAL;

export function normalize(text) {
const compatible = text.replace(NOT_JAMO, (run) => run.normalize("NFKC"));
const composed = compatible.toLowerCase().normalize("NFD").replace(ACCENTS, "").normalize("NFC");
const latin = composed.replace(LATIN, (letter) => LATIN_SPELLINGS[letter]);
return latin.replace(GREEK_SIGN, (letter) => GREEK[letter]);
}

const clip = (token) => [...token].slice(0, MAX_TOKEN).join("");

export function tokenize(text, joined = true) {
const plain = normalize(text).replace(URL_PATTERN, " ");
const tokens = [];
let lastEnd = -1;
for (const match of plain.matchAll(TOKEN)) {
const token = match[0];
if (/^[가-힣ㄱ-ㅣ]/.test(token)) {
const glued = match.index === lastEnd || CLOSING.includes(plain[match.index - 1] ?? " ");
if (!glued || !ENDINGS.has(token)) tokens.push(clip(token));
continue;
}
lastEnd = match.index + token.length;
const parts = token.split(SEPARATOR);
tokens.push(...parts.map(clip));
if (joined && parts.length > 1 && parts.length <= MOST_JOINED && /[a-z]/.test(token)) tokens.push(clip(parts.join("")));
}
return tokens;
}

export function isHangul(token) {
return token[0] >= "ㄱ" && !(token[0] >= "\u4e00" && token[0] <= "\u9fff");
}

export function stems(token) {
const found = [];
for (let cut = Math.max(1, token.length - LONGEST_ENDING); cut < token.length; cut++) {
if (ENDINGS.has(token.slice(cut))) found.push([token.slice(0, cut), token.slice(cut)]);
}
return found;
}

export const carriesEnding = (term, word) => term.startsWith(word) && ENDINGS.has(term.slice(word.length));

export function jamo(token) {
let keys = "";
for (const char of token) {
const index = char.charCodeAt(0) - FIRST_SYLLABLE;
if (index < 0 || index >= SYLLABLES) {
keys += SPLIT[char] ?? char;
continue;
}
const medial = MEDIALS[Math.floor(index / FINALS.length) % MEDIALS.length];
const final = FINALS[index % FINALS.length];
keys += initialOf(char) + (SPLIT[medial] ?? medial) + (SPLIT[final] ?? final);
}
return keys;
}

export const initialOf = (syllable) => INITIALS[Math.floor((syllable.charCodeAt(0) - FIRST_SYLLABLE) / SYLLABLES_OF_INITIAL)];

export const chosung = (token) => [...token].map((char) => (char >= "가" && char <= "힣" ? initialOf(char) : char)).join("");

const KEYS = {
ㅂ: "q", ㅈ: "w", ㄷ: "e", ㄱ: "r", ㅅ: "t", ㅛ: "y", ㅕ: "u", ㅑ: "i", ㅐ: "o", ㅔ: "p", ㅁ: "a", ㄴ: "s", ㅇ: "d", ㄹ: "f",
ㅎ: "g", ㅗ: "h", ㅓ: "j", ㅏ: "k", ㅣ: "l", ㅋ: "z", ㅌ: "x", ㅊ: "c", ㅍ: "v", ㅠ: "b", ㅜ: "n", ㅡ: "m",
ㅃ: "q", ㅉ: "w", ㄸ: "e", ㄲ: "r", ㅆ: "t", ㅒ: "o", ㅖ: "p",
};
const UNKEYS = Object.fromEntries(Object.entries(KEYS).slice(0, 26).map(([char, key]) => [key, char]));

export function switchKeyboard(word) {
if (/^[a-z]+$/.test(word)) return [...word].map((char) => UNKEYS[char]).join("");
if (/^[가-힣ㄱ-ㅣ]+$/.test(word)) return [...jamo(word)].map((char) => KEYS[char] ?? "").join("");
return "";
}
