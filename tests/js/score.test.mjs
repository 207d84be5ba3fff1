// The order of the notes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { scoreNotes } from "../../templates/static/js/search-score.js";

const postings = (...documents) => [{ documents: Int32Array.from(documents), weights: new Float32Array(documents.length).fill(1) }];
const word = (...alternatives) => ({ text: "w", hangul: false, alternatives });
const term = (factor, ...documents) => ({ tokens: ["t"], factor, how: "exact", postings: postings(...documents) });
const rank = (words, allowed = null, inSentence = false) => scoreNotes(words, (alternative) => alternative.postings, 40, allowed, { inSentence }).numbers;

test("a note with all words comes before notes with one", () => {
  assert.equal(rank([word(term(1, 1, 2, 3)), word(term(1, 3, 4))])[0], 3);
});

test("equal notes come newest first", () => assert.deepEqual(rank([word(term(1, 1, 7, 4))]), [7, 4, 1]));

test("a word that nothing matches leaves the other's notes", () => assert.deepEqual(rank([word(term(1, 5)), word()]), [5]));

test("a heavier alternative comes first", () => assert.deepEqual(rank([word(term(1, 1), term(0.5, 2))]), [1, 2]));

test("a note that has the word itself comes before one that only an expansion finds", () => {
  const expansion = { used: false };
  const expanded = { ...term(1, 9), how: "expansion", expansion };
  assert.deepEqual(rank([word(term(1, 1), expanded)]), [1, 9]);
  assert.equal(expansion.used, true);
});

test("an expansion that finds nothing is not used", () => {
  const expansion = { used: false };
  rank([word(term(1, 1), { ...term(1), expansion })]);
  assert.equal(expansion.used, false);
});

test("a bonus moves a note up and adds none", () => {
  const bonus = { ...word(term(1, 2)), bonus: true };
  assert.deepEqual(rank([word(term(1, 1, 2, 3)), bonus]), [2, 3, 1]);
});

test("only allowed notes are ranked", () => assert.deepEqual(rank([word(term(1, 1, 2, 3))], [2, 5]), [2]));

test("beyond the first ten, notes with less than half of the words are left out", () => {
  const many = Array.from({ length: 20 }, (_, at) => at);
  const both = many.slice(0, 12);
  const common = word(term(1, ...many));
  const rare = word(term(1, ...both));
  assert.equal(rank([common, rare]).length, 12);
  assert.equal(rank([common]).length, 20);
});

test("a note with the weightier of two words comes first", () => {
  assert.deepEqual(rank([{ ...word(term(1, 1)), weight: 0.3 }, word(term(1, 2))]), [2, 1]);
  assert.deepEqual(rank([word(term(1, 1)), { ...word(term(1, 2)), weight: 0.3 }]), [1, 2]);
});

test("a note that lacks a word of a sentence loses less than one that lacks a word of a short query", () => {
  // Note 1 has the rare word many times, and note 2 both words once.
  const heavy = { ...term(1, 1), postings: [{ documents: Int32Array.of(1), weights: Float32Array.of(6) }] };
  const common = Array.from({ length: 12 }, (_, at) => at + 10);
  const words = [word(heavy, term(0.6, 2)), word(term(1, 2, ...common))];
  assert.equal(rank(words)[0], 2);
  assert.equal(rank(words, null, true)[0], 1);
});
