// Takes apart what was typed as one word and the notes write as several: llama2, 이미지생성모델의평가.

/** @import { Reader } from "./search-plan.js" */
/** @import { Lexicon } from "./search-lexicon.js" */
/** @import { Word } from "./search-query.js" */

import { isKnown } from "./search-match.js";
import { termKey } from "./search-store.js";
import { jamo } from "./search-tokens.js";

// Particles that may stand between two nouns.
const PARTICLES = new Set("의 을 를 이 가 은 는 과 와 로 으로 에 에서 도 및".split(" "));
const VERSION = /^([a-z]{2,})(\d.*)$/;
const SHORTEST_GLUED = 4;
const LONGEST_GLUED = 24;

// What a part costs; the parts that cost least are the ones meant.
const TERM = 10;
const RARITY = 6;
const SYLLABLE = 18;
const PARTICLE = 5;
const UNKNOWN = 14;

/** Return a model's name and its version or size, as written in one: llama2, falcon180b. @param {string} text @returns {[string, string] | null} */
export function versionOf(text) {
  const match = VERSION.exec(text);
  return match && [match[1], match[2]];
}

/** Take words apart that no note writes as one. @param {Reader} reader @param {Word[]} words */
export async function takeApart(reader, words) {
  return (await Promise.all(words.map((word) => partsOf(reader, word)))).flat();
}

/** @param {Reader} reader @param {Word} word @returns {Promise<Word[]>} */
async function partsOf(reader, word) {
  const version = word.hangul ? null : versionOf(word.text);
  const isGlued = word.hangul && word.text.length >= SHORTEST_GLUED && word.text.length <= LONGEST_GLUED && /^[가-힣]+$/.test(word.text);
  if ((!version && !isGlued) || isKnown(reader.lexicons, word)) return [word];
  await reader.readTail(termKey(word.text));
  const lexicons = reader.lexiconsFor(word.text);
  if (isKnown(lexicons, word)) return [word];
  if (version) return reader.lexicons.some((lexicon) => lexicon.has(version[0])) ? asWords(word, version) : [word];
  const [lexicon] = reader.lexicons;
  if (!lexicon || lexicons.some((each) => each.prefixes(jamo(word.text), 1).length)) return [word];
  const parts = segmentGlued(lexicon, word.text);
  return parts.length > 1 && !(await isWrittenApart(reader, lexicon.segment(word.text, true))) ? asWords(word, parts) : [word];
}

/** @param {Word} word @param {string[]} parts */
const asWords = (word, parts) => parts.map((text, at) => ({ ...word, text, glued: at > 0 || word.glued }));

// Two parts that some note has both of are one thing.
/** @param {Reader} reader @param {string[]} parts */
async function isWrittenApart(reader, parts) {
  if (parts.length !== 2) return false;
  await reader.readPostings(parts);
  return reader.weigh({ tokens: parts, factor: 1, how: "parts" }).some(({ documents }) => documents.length > 0);
}

/**
 * Split a Hangul word into terms, leaving out particles between them. A part may be one syllable, or unknown: the glossary may know it.
 * @param {Lexicon} lexicon @param {string} word
 */
export function segmentGlued(lexicon, word) {
  /** @type {{ parts: string[], cost: number }[]} */
  const best = [{ parts: [], cost: 0 }];
  for (let end = 1; end <= word.length; end++) {
    for (let start = Math.max(0, end - 8); start < end; start++) {
      const before = best[start];
      if (!before || (start === 0 && end === word.length)) continue;
      for (const { part, cost } of readingsOf(lexicon, word.slice(start, end), { isFirst: !before.parts.length, isLast: end === word.length })) {
        const total = before.cost + cost;
        if (!best[end] || total < best[end].cost) best[end] = { parts: part ? [...before.parts, part] : before.parts, cost: total };
      }
    }
  }
  const parts = best[word.length]?.parts ?? [];
  return parts.some((part) => part.length > 1 && lexicon.has(part)) ? parts : [];
}

/** @param {Lexicon} lexicon @param {string} text @param {{ isFirst: boolean, isLast: boolean }} place */
function readingsOf(lexicon, text, { isFirst, isLast }) {
  const found = [];
  const rarity = (/** @type {string} */ term) => Math.max(0, RARITY - 2 * lexicon.class(term));
  if (lexicon.has(text)) found.push({ part: text, cost: (text.length > 1 ? TERM : SYLLABLE) + rarity(text) });
  if (!isFirst && PARTICLES.has(text)) found.push({ part: "", cost: PARTICLE });
  const stem = isLast && text.length > 2 ? lexicon.withoutEnding(text, 2) : "";
  if (stem) found.push({ part: stem, cost: TERM + rarity(stem) });
  if (text.length > 1) found.push({ part: text, cost: UNKNOWN * text.length });
  return found;
}
