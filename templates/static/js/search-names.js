// Finds authors whose names are typed in Hangul: 얀 르쿤 is Yann LeCun, 힌튼 is Hinton.

/** @import { Expansion, PlannedWord } from "./search-match.js" */
/** @import { Reader } from "./search-plan.js" */
/** @import { Store } from "./search-store.js" */

import { AUTHOR_SIGN, NAME_SIGN } from "./search-shared.js";
import { englishSound, koreanSound } from "./search-sound.js";
import { termKey } from "./search-store.js";

/** @typedef {{ text: string, sound: string, isUnknown: boolean }} Heard a word that may be part of a name */

// Letters that a sound may be spelt with at the beginning of a name.
/** @type {Record<string, string>} */
const LETTERS = { A: "aeiouy", C: "jczgs", H: "h", K: "kcgq", L: "lr", M: "m", N: "nk", P: "pbfv", S: "sctxz", T: "td" };
const ALPHABET = [..."abcdefghijklmnopqrstuvwxyz"];
const LEAST_SOUNDS = 3;
const MOST_NAMES = 4;
const MOST_FIRSTS = 60;
const MOST_LABELS = 2;
const NAME = 1;
const SHORT = 2;
// In a longer query a single unknown word is seldom a name.
const LONGEST = 3;
// How verbs, adjectives and objects end, and hardly any name.
const NO_NAME = /(?:한|된|할|될|하는|되는|하기|기|를|을|에서|으로)$/;
const LITERAL = new Set(["exact", "ending", "joined"]);

// 수츠케버: a Korean hears `ts` as one consonant.
/** @param {string} name */
const nameSound = (name) => englishSound(name.replace(/t[sz]/g, "ch"));

/** List the names of authors that words sound like, as expansions. @param {Reader} reader @param {PlannedWord[]} words @returns {Promise<Expansion[]>} */
export async function namesOf(reader, words) {
  if (reader.options.transliteration === false) return [];
  const isShort = words.length <= SHORT;
  const heard = words.map((word) => hear(reader, word, isShort));
  /** @type {Expansion[]} */
  const found = [];
  for (let at = 0; at < words.length; at++) {
    const [first, second] = [heard[at], heard[at + 1]];
    if (!first) continue;
    const isPair = second && (words.length <= LONGEST ? first.isUnknown || second.isUnknown : first.isUnknown && second.isUnknown);
    if (isPair) {
      const names = await namesBySound(reader, [first.sound, second.sound]);
      if (names.length) {
        found.push(expansionTo([at, at + 1], `${first.text} ${second.text}`, names));
        at += 1;
        continue;
      }
    }
    if (first.isUnknown && words.length <= LONGEST && (isShort || !NO_NAME.test(first.text))) {
      const names = await namesBySound(reader, [first.sound]);
      if (names.length) found.push(expansionTo([at], first.text, names));
    }
  }
  return found;
}

// A word that neither the notes nor the glossary have may be a name; in a short query also one that the notes hardly have.
/** @param {Reader} reader @param {PlannedWord} word @param {boolean} isShort @returns {Heard | null} */
function hear(reader, { text, hangul, alternatives }, isShort) {
  if (!hangul || !/^[가-힣]{1,6}$/.test(text)) return null;
  const literal = alternatives.filter(({ how }) => LITERAL.has(how));
  const isRare = literal.every(({ tokens }) => reader.lexicons.every((lexicon) => lexicon.class(tokens[0]) === 0));
  const sound = koreanSound(text);
  const { translations } = reader;
  const isRead = !isRare || translations.knows(text) || (!literal.length && translations.bySound(text).length > 0);
  // Beside an unknown word, any word of a short query may be part of a name.
  if (!sound || (isRead && !isShort)) return null;
  // What begins longer words is half a word rather than a name.
  return { text, sound, isUnknown: !isRead && text.length > 1 && alternatives.length === (isShort ? literal.length : 0) };
}

/** @param {number[]} words @param {string} from @param {string[]} names @returns {Expansion} */
function expansionTo(words, from, names) {
  const to = names.slice(0, MOST_LABELS).map((name) => name.slice(1)).join(", ");
  return { id: `${from}→${to}`, from, to, words, phrases: names.map((name) => [name]), factor: NAME, used: false };
}

/** List the names, or the words of names, that sound like one or two words. @param {Store} store @param {string[]} sounds */
export async function namesBySound(store, [first, last]) {
  if (last) return wholeNames(store, first, last);
  return first.length >= LEAST_SOUNDS ? (await partsOfNames(store, first)).slice(0, MOST_NAMES) : [];
}

// Words of names that sound like this, the most frequent first.
/** @param {Store} store @param {string} sound */
async function partsOfNames(store, sound) {
  const known = store.heard.get(sound);
  if (known) return known;
  const initials = [...(LETTERS[sound[0]] ?? "")].flatMap((first) => ALPHABET.map((second) => AUTHOR_SIGN + first + second));
  const tails = await Promise.all(initials.map((initial) => store.readTail(initial)));
  const names = tails.flatMap(({ lexicon }) => lexicon.terms).filter((term) => nameSound(term.slice(1)) === sound);
  const notes = (/** @type {string} */ name) => store.postings(name).reduce((count, { documents }) => count + documents.length, 0);
  const found = names.sort((a, b) => notes(b) - notes(a)).slice(0, MOST_FIRSTS);
  store.heard.set(sound, found);
  return found;
}

/** @param {Store} store @param {string} first @param {string} last */
async function wholeNames(store, first, last) {
  const firsts = await partsOfNames(store, first);
  const tails = await Promise.all(firsts.map((part) => store.readTail(termKey(NAME_SIGN + part.slice(1)))));
  const names = firsts.flatMap((part, at) => tails[at].lexicon.terms.filter((name) => name.startsWith(`${NAME_SIGN}${part.slice(1)} `)));
  return names.filter((name) => nameSound(name.slice(name.lastIndexOf(" ") + 1)) === last).slice(0, MOST_NAMES);
}
