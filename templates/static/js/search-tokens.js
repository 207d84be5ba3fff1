// Splits text into search tokens, by the rules of src/digest/search/tokens.py. Both pass tests/cases/search-tokens.json.

import { ACCENTS, CLOSING, ENDINGS, FINALS, GREEK, GREEK_SIGN, INITIALS, LATIN, LATIN_SPELLINGS, LONGEST_ENDING, MAX_TOKEN, MEDIALS, MOST_JOINED, NOT_JAMO, SEPARATOR, SPLIT, TOKEN, URL_PATTERN } from "./search-shared.js";

const FIRST_SYLLABLE = 0xac00;
const SYLLABLES_OF_INITIAL = MEDIALS.length * FINALS.length;
const SYLLABLES = INITIALS.length * SYLLABLES_OF_INITIAL;

/** Fold case, width and accents, compose Hangul, and spell single Greek letters and letters such as ø in a to z. @param {string} text */
export function normalize(text) {
  // NFKC would turn the jamo of a half-typed syllable (ㅋ) into conjoining ones.
  const compatible = text.replace(NOT_JAMO, (run) => run.normalize("NFKC"));
  const composed = compatible.toLowerCase().normalize("NFD").replace(ACCENTS, "").normalize("NFC");
  const latin = composed.replace(LATIN, (letter) => LATIN_SPELLINGS[letter]);
  return latin.replace(GREEK_SIGN, (letter) => GREEK[letter]);
}

/** @param {string} token */
const clip = (token) => [...token].slice(0, MAX_TOKEN).join("");

/** List the tokens of a text in reading order; `joined` adds `pretraining` after the parts of `pre-training`. @param {string} text */
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

/** Return true if a token is written in Hangul. @param {string} token */
export function isHangul(token) {
  return token[0] >= "ㄱ" && !(token[0] >= "\u4e00" && token[0] <= "\u9fff");
}

/** List the ways to split a Hangul token into a stem and a known ending, the longest ending first. @param {string} token */
export function stems(token) {
  /** @type {[string, string][]} */
  const found = [];
  for (let cut = Math.max(1, token.length - LONGEST_ENDING); cut < token.length; cut++) {
    if (ENDINGS.has(token.slice(cut))) found.push([token.slice(0, cut), token.slice(cut)]);
  }
  return found;
}

/** Return true if `term` is `word` with a known ending. @param {string} term @param {string} word */
export const carriesEnding = (term, word) => term.startsWith(word) && ENDINGS.has(term.slice(word.length));

/** Spell Hangul as the keys that type it: 값 is ㄱㅏㅂㅅ. Other characters stay. @param {string} token */
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

/** Return the initial of a Hangul syllable. @param {string} syllable */
export const initialOf = (syllable) => INITIALS[Math.floor((syllable.charCodeAt(0) - FIRST_SYLLABLE) / SYLLABLES_OF_INITIAL)];

/** Spell a Hangul token by the initials of its syllables: 토크나이저 is ㅌㅋㄴㅇㅈ. @param {string} token */
export const chosung = (token) => [...token].map((char) => (char >= "가" && char <= "힣" ? initialOf(char) : char)).join("");

// Where each jamo lies on a Latin keyboard, in the two-set layout.
/** @type {Record<string, string>} */
const KEYS = {
  ㅂ: "q", ㅈ: "w", ㄷ: "e", ㄱ: "r", ㅅ: "t", ㅛ: "y", ㅕ: "u", ㅑ: "i", ㅐ: "o", ㅔ: "p", ㅁ: "a", ㄴ: "s", ㅇ: "d", ㄹ: "f",
  ㅎ: "g", ㅗ: "h", ㅓ: "j", ㅏ: "k", ㅣ: "l", ㅋ: "z", ㅌ: "x", ㅊ: "c", ㅍ: "v", ㅠ: "b", ㅜ: "n", ㅡ: "m",
  ㅃ: "q", ㅉ: "w", ㄸ: "e", ㄲ: "r", ㅆ: "t", ㅒ: "o", ㅖ: "p",
};
const UNKEYS = Object.fromEntries(Object.entries(KEYS).slice(0, 26).map(([char, key]) => [key, char]));

/**
 * Return what a word would have been with the Hangul/English key pressed: jamo for Latin letters, Latin letters for Hangul.
 * @param {string} word
 */
export function switchKeyboard(word) {
  if (/^[a-z]+$/.test(word)) return [...word].map((char) => UNKEYS[char]).join("");
  if (/^[가-힣ㄱ-ㅣ]+$/.test(word)) return [...jamo(word)].map((char) => KEYS[char] ?? "").join("");
  return "";
}
