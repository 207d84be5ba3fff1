

import { AUTHOR_SIGN, NAME_SIGN } from "./search-shared.6510057e36.js";
import { englishSound, koreanSound } from "./search-sound.c4c273be6b.js";
import { tailInitial } from "./search-store.a6d0d65dc1.js";


const LETTERS = { A: "aeiouy", C: "jczgs", H: "h", K: "kcgq", L: "lr", M: "m", N: "nk", P: "pbfv", S: "sctxz", T: "td" };
const ALPHABET = [..."abcdefghijklmnopqrstuvwxyz"];
const LEAST_SOUNDS = 3;
const MOST_NAMES = 4;
const MOST_FIRSTS = 60;
const MOST_LABELS = 2;
const NAME = 1;
const SHORT = 2;
const LONGEST = 3;
const NO_NAME = /(?:한|된|할|될|하는|되는|하기|기|를|을|에서|으로)$/;
const LITERAL = new Set(["exact", "ending", "joined"]);

const nameSound = (name) => englishSound(name.replace(/t[sz]/g, "ch"));

export async function namesOf(reader, words) {
if (reader.options.transliteration === false) return [];
const isShort = words.length <= SHORT;
const heard = words.map((word) => hear(reader, word, isShort));
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

function hear(reader, { text, hangul, alternatives }, isShort) {
if (!hangul || !/^[가-힣]{1,6}$/.test(text)) return null;
const literal = alternatives.filter(({ how }) => LITERAL.has(how));
const isRare = literal.every(({ tokens }) => reader.lexicons.every((lexicon) => lexicon.class(tokens[0]) === 0));
const sound = koreanSound(text);
const { translations } = reader;
const isRead = !isRare || translations.knows(text) || (!literal.length && translations.bySound(text).length > 0);
if (!sound || (isRead && !isShort)) return null;
return { text, sound, isUnknown: !isRead && text.length > 1 && alternatives.length === (isShort ? literal.length : 0) };
}

function expansionTo(words, from, names) {
const to = names.slice(0, MOST_LABELS).map((name) => name.slice(1)).join(", ");
return { id: `${from}→${to}`, from, to, words, phrases: names.map((name) => [name]), factor: NAME, used: false };
}

export async function namesBySound(store, [first, last]) {
if (last) return wholeNames(store, first, last);
return first.length >= LEAST_SOUNDS ? (await partsOfNames(store, first)).slice(0, MOST_NAMES) : [];
}

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

async function wholeNames(store, first, last) {
const firsts = await partsOfNames(store, first);
const tails = await Promise.all(firsts.map((part) => store.readTail(tailInitial(NAME_SIGN + part.slice(1)))));
const names = firsts.flatMap((part, at) => tails[at].lexicon.terms.filter((name) => name.startsWith(`${NAME_SIGN}${part.slice(1)} `)));
return names.filter((name) => nameSound(name.slice(name.lastIndexOf(" ") + 1)) === last).slice(0, MOST_NAMES);
}
