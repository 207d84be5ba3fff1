// A typed word into alternatives: terms of the notes that it may mean, each with how much it counts.
//
// An alternative is {tokens, factor, how}; several tokens must all occur. `how` is one of exact, ending, joined, prefix,
// inside, parts, typo, keyboard, initials. The factors were chosen on the development queries; docs/search.md says which matter.

import { carriesEnding } from "./search-lexicon.ff4750d17f.js";
import { isHangul, jamo, stems } from "./search-tokens.ffaf7fcb6f.js";

export const FACTORS = { exact: 1, ending: 0.9, plural: 0.85, joined: 1, prefix: 0.75, inside: 0.65, parts: 0.6, typo: 0.6, typo2: 0.4, keyboard: 0.9, initials: 0.8, piece: 0.3 };

// A beginning of one syllable or two letters stands for few terms: most of them will not be meant, and all are fetched.
const MOST_SHORT = 5;
const MOST = 16;

const isInitials = (text) => /^[ㄱ-ㅎ]{2,}$/.test(text);

class Alternatives {
  constructor() {
    this.list = new Map();
  }

  add(tokens, factor, how) {
    const key = tokens.join(" ");
    const known = this.list.get(key);
    if (!known || known.factor < factor) this.list.set(key, { tokens, factor, how });
  }

  get size() {
    return this.list.size;
  }

  values() {
    return [...this.list.values()];
  }
}

// Whether a dictionary has the word itself, or with an ending taken off: then no rarer words need be read.
export function isKnown(lexicons, word) {
  if (lexicons.some((lexicon) => lexicon.has(word.text))) return true;
  return word.hangul && stems(word.text).some(([stem]) => stem.length > 1 && lexicons.some((lexicon) => lexicon.has(stem)));
}

export function alternativesOf(lexicons, word, options) {
  const found = new Alternatives();
  const has = (term) => lexicons.some((lexicon) => lexicon.has(term));
  literal(found, lexicons, has, word, options);
  return found.values();
}

// The same for what a word would have been on the other keyboard: Latin letters, or the keys of Hangul.
export function switchedAlternatives(lexicons, keys) {
  const found = new Alternatives();
  byKeys(found, lexicons, keys, FACTORS.keyboard, "keyboard");
  return found.values();
}

function literal(found, lexicons, has, word, options) {
  const { text, hangul } = word;
  if (isInitials(text)) {
    if (options.jamo !== false) {
      for (const lexicon of lexicons) {
        for (const term of lexicon.initials(text)) {
          const rank = 0.02 * lexicon.class(term);
          found.add([term], FACTORS.initials + rank, "initials");
        }
      }
    }
    return;
  }
  if (has(text)) found.add([text], FACTORS.exact, "exact");
  if (hangul) {
    if (!found.size) {
      const stem = stems(text).find(([stem]) => stem.length > 1 && has(stem));
      if (stem) found.add([stem[0]], FACTORS.ending, "ending");
    }
  } else {
    for (const variant of plurals(text)) if (has(variant)) found.add([variant], FACTORS.plural, "ending");
  }
  const certain = found.size > 0;
  const keys = hangul && options.jamo !== false ? jamo(text) : text;
  if (!/^\d+$/.test(text) || !certain) byKeys(found, lexicons, keys, certain && !hangul ? FACTORS.prefix * 0.5 : FACTORS.prefix, "prefix", text);
  if (/^[가-힣]{2,}$/.test(text) || (!hangul && text.length > 2 && !/^\d+$/.test(text))) {
    for (const lexicon of lexicons) {
      for (const term of lexicon.inside(text)) found.add([term], hangul ? FACTORS.inside : FACTORS.inside * 0.6, "inside");
    }
  }
  const begun = found.values().some(({ how }) => how !== "inside");
  // A word of the glossary is no misspelling of another, though the notes lack it: 증류 is not 종류.
  if (options.typos !== false && !begun && !word.isTerm) misspelt(found, lexicons, word, keys);
  if (text.length >= (hangul ? 4 : 8) && (hangul || !found.size)) {
    const parts = lexicons[0]?.segment(text, hangul) ?? [];
    if (parts.length > 1) found.add(parts, FACTORS.parts, "parts");
  }
}

// The last resort for a word that meets nothing: the longest part of it that is a term.
export function longestPart(lexicons, { text, hangul }) {
  for (let length = text.length - 1; length >= (hangul ? 2 : 4); length--) {
    for (let start = 0; start + length <= text.length; start++) {
      const part = text.slice(start, start + length);
      if (lexicons.some((lexicon) => lexicon.has(part))) return [{ tokens: [part], factor: FACTORS.piece, how: "inside" }];
    }
  }
  return [];
}

// Terms whose keys begin with the typed ones; nearly complete ones count most.
function byKeys(found, lexicons, keys, factor, how, text = "") {
  for (const lexicon of lexicons) {
    for (const term of lexicon.prefixes(keys, keys.length < (isHangul(keys) ? 4 : 3) ? MOST_SHORT : MOST)) {
      if (term === text) continue;
      const ratio = keys.length / (lexicon.keys.length(lexicon.index.get(term)) || 1);
      const ending = text && carriesEnding(term, text);
      found.add([term], ending ? FACTORS.ending : factor * (0.5 + 0.5 * ratio), ending ? "ending" : how);
    }
  }
}

function misspelt(found, lexicons, word, keys) {
  if (/\d/.test(keys) || keys.length < (word.hangul ? 5 : 4)) return;
  const most = keys.length >= 9 ? 2 : 1;
  for (const lexicon of lexicons) {
    for (const { term, edits } of lexicon.similar(keys, most, word.hangul)) {
      const sameStart = term[0] === word.text[0] ? 1 : 0.8;
      found.add([term], (edits > 1 ? FACTORS.typo2 : FACTORS.typo) * sameStart, "typo");
    }
  }
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

// Neighbouring words that the notes write as one: 하이퍼 파라미터, style gan.
export function joinedAlternatives(lexicons, words, first) {
  const found = [];
  let joined = words[first].text;
  for (let next = first + 1; next < Math.min(words.length, first + 3); next++) {
    if (words[next].hangul !== words[first].hangul && !words[next].glued) break;
    joined += words[next].text;
    const term = lexicons.some((lexicon) => lexicon.has(joined))
      ? joined
      : words[first].hangul && stems(joined).find(([stem]) => stem.length > joined.length - words[next].text.length && lexicons.some((lexicon) => lexicon.has(stem)))?.[0];
    if (term) found.push({ last: next, alternative: { tokens: [term], factor: FACTORS.joined, how: "joined" } });
    else if (next === words.length - 1 && joined.length > 3) {
      for (const lexicon of lexicons) {
        for (const prefix of lexicon.prefixes(words[first].hangul ? jamo(joined) : joined, 4)) {
          found.push({ last: next, alternative: { tokens: [prefix], factor: FACTORS.prefix, how: "joined" } });
        }
      }
    }
  }
  return found;
}
