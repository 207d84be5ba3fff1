// BM25F over the words of a query: what each note scores, and the order of the notes.

/** @import { Postings } from "./search-format.js" */
/** @import { Alternative, PlannedWord } from "./search-match.js" */

const SATURATION = 1.2;
const COVERAGE_EXPONENT = 1.5;
// A sentence has words that its note lacks.
const SENTENCE_EXPONENT = 1;
// Part of a word that counts as found if only an expansion of it is found, or only what may have been meant.
const EXPANDED_COVERAGE = 0.85;
const GUESSED_COVERAGE = 0.85;
// Hits that are kept even if they have less than half of the words that the best hit has.
const FEW = 10;
const PHRASE_BONUS = 0.7;
// Weight of a word that nothing matches among the words of the query.
const MISSING_SHARE = 3;

const NONE = 0;
const GUESSED = 1;
const EXPANDED = 2;
const LITERAL = 3;
// Inside a longer Hangul word a word is itself: 고해상도 is about 해상도.
const GUESSES = new Set(["typo", "keyboard", "piece"]);
const COVERAGE = [0, GUESSED_COVERAGE, EXPANDED_COVERAGE, 1];

// The alternatives of one word taken together: their weight in each note, and whether the note has the word itself.
class Tally {
  /** @param {number} notes */
  constructor(notes) {
    this.weight = new Float32Array(notes);
    this.found = new Uint8Array(notes);
    /** @type {number[]} */
    this.numbers = [];
  }

  /** @param {Postings} postings @param {number} factor @param {number} level */
  add({ documents, weights }, factor, level) {
    const { weight, found, numbers } = this;
    for (let at = 0; at < documents.length; at++) {
      const number = documents[at];
      if (found[number] === NONE) numbers.push(number);
      if (level > found[number]) found[number] = level;
      weight[number] += factor * weights[at];
    }
  }

  clear() {
    for (const number of this.numbers) {
      this.weight[number] = 0;
      this.found[number] = NONE;
    }
    this.numbers = [];
  }
}

/**
 * Order the notes for words with alternatives. Each word saturates as one term. The sum is multiplied by the part of the words that
 * was found: notes with all of them come first, and one word that nothing matches does not empty the page.
 * @param {PlannedWord[]} words
 * @param {(alternative: Alternative) => Postings[]} weigh gives an alternative's postings
 * @param {number} notes number of all notes
 * @param {number[] | null} allowed the only notes to return, or null for all
 * @param {{ inSentence: boolean }} kind if the words are a sentence, lacking some of them costs less
 */
export function scoreNotes(words, weigh, notes, allowed, { inSentence }) {
  const scores = new Float32Array(notes);
  const coverage = new Float32Array(notes);
  /** @type {number[]} */
  const touched = [];
  const tally = new Tally(notes);
  let shares = 0;
  for (const word of words) {
    addAlternatives(tally, word, weigh);
    const { weight, found, numbers } = tally;
    const influence = word.weight ?? 1;
    const frequency = numbers.reduce((count, number) => count + Number(found[number] === LITERAL), 0) || numbers.length;
    const rarity = Math.log(1 + (notes - frequency + 0.5) / (frequency + 0.5));
    const share = word.bonus ? 0 : influence * (numbers.length ? rarity + 0.5 : MISSING_SHARE);
    const value = word.bonus ? PHRASE_BONUS * rarity : influence * rarity;
    shares += share;
    for (const number of numbers) {
      if (!scores[number]) touched.push(number);
      scores[number] += (value * (SATURATION + 1) * weight[number]) / (SATURATION + weight[number]) + 1e-6;
      coverage[number] += share * COVERAGE[found[number]];
    }
    tally.clear();
  }
  const within = allowed && new Set(allowed);
  const numbers = within ? touched.filter((number) => within.has(number)) : touched;
  const exponent = inSentence ? SENTENCE_EXPONENT : COVERAGE_EXPONENT;
  let most = 0;
  for (const number of numbers) {
    if (shares) scores[number] *= (coverage[number] / shares) ** exponent;
    if (coverage[number] > most) most = coverage[number];
  }
  numbers.sort((a, b) => scores[b] - scores[a] || b - a);
  return { numbers: numbers.filter((number, at) => at < FEW || coverage[number] >= most / 2), scores, coverage, most };
}

/** @param {Tally} tally @param {PlannedWord} word @param {(alternative: Alternative) => Postings[]} weigh */
function addAlternatives(tally, word, weigh) {
  for (const alternative of word.alternatives) {
    const { factor, how, expansion } = alternative;
    const level = GUESSES.has(how) || (how === "inside" && !word.hangul) ? GUESSED : expansion ? EXPANDED : LITERAL;
    for (const postings of weigh(alternative)) {
      if (expansion && postings.documents.length) expansion.used = true;
      tally.add(postings, factor, level);
    }
  }
}
