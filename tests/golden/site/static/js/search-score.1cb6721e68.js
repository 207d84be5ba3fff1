

const SATURATION = 1.2;
const COVERAGE_EXPONENT = 1.5;
const EXPANDED_COVERAGE = 0.85;
const GUESSED_COVERAGE = 0.85;
const FEW = 10;
const PHRASE_BONUS = 0.7;
const MISSING_SHARE = 3;

const NONE = 0;
const GUESSED = 1;
const EXPANDED = 2;
const LITERAL = 3;
const GUESSES = new Set(["typo", "keyboard", "piece"]);
const COVERAGE = [0, GUESSED_COVERAGE, EXPANDED_COVERAGE, 1];

class Tally {
constructor(notes) {
this.weight = new Float32Array(notes);
this.found = new Uint8Array(notes);
this.numbers = [];
}

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

export function scoreNotes(words, weigh, notes, allowed) {
const scores = new Float32Array(notes);
const coverage = new Float32Array(notes);
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
let most = 0;
for (const number of numbers) {
if (shares) scores[number] *= (coverage[number] / shares) ** COVERAGE_EXPONENT;
if (coverage[number] > most) most = coverage[number];
}
numbers.sort((a, b) => scores[b] - scores[a] || b - a);
return { numbers: numbers.filter((number, at) => at < FEW || coverage[number] >= most / 2), scores, coverage, most };
}

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
