// A list of terms, and how a typed word meets them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { editDistance, Lexicon } from "../../templates/static/js/search-lexicon.js";

const TERMS = ["gradient", "graph", "graphics", "subgraph", "벡터", "벡터화", "분산", "분산처리", "재분산", "처리"];
const lexicon = new Lexicon(TERMS, Uint8Array.from([3, 2, 0, 0, 4, 0, 1, 0, 0, 2]));

test("terms and their classes are found", () => {
  assert.equal(lexicon.has("graph"), true);
  assert.equal(lexicon.has("grap"), false);
  assert.equal(lexicon.class("벡터"), 4);
  assert.equal(lexicon.class("없음"), 0);
});

test("a beginning on keys finds half-composed syllables", () => {
  assert.deepEqual(lexicon.prefixes("ㅂㅔㄱㅌ"), ["벡터", "벡터화"]);
  assert.deepEqual(lexicon.prefixes("gra"), ["gradient", "graph", "graphics"]);
  assert.deepEqual(lexicon.prefixes("gra", 1), ["gradient"]);
});

test("the inside of a term is what comes after its beginning", () => {
  assert.deepEqual(lexicon.inside("graph"), ["subgraph"]);
  assert.deepEqual(lexicon.inside("분산"), ["재분산"]);
});

test("initials prefer terms of as many syllables", () => {
  assert.deepEqual(lexicon.initials("ㅂㅌ"), ["벡터"]);
  assert.deepEqual(lexicon.initials("ㅂㅅㅊ"), ["분산처리"]);
});

test("similar terms are within the edits, of the same script", () => {
  assert.deepEqual(lexicon.similar("grahp", 1, false), [{ term: "graph", edits: 1 }]);
  assert.deepEqual(lexicon.similar("ㅂㅔㄱㅌㅏ", 1, true).map(({ term }) => term), ["벡터"]);
  assert.deepEqual(lexicon.similar("grahp", 1, true), []);
});

test("a compound is split into terms, the last without its ending", () => {
  assert.deepEqual(lexicon.segment("벡터처리를", true), ["벡터", "처리"]);
  assert.deepEqual(lexicon.segment("벡터가나", true), []);
  assert.deepEqual(lexicon.segment("벡터", true), []);
});

test("edits count insertions, deletions, replacements and swaps up to a limit", () => {
  for (const [a, b, edits] of [["ab", "ab", 0], ["ab", "acb", 1], ["acb", "ab", 1], ["ab", "ac", 1], ["ab", "ba", 1], ["abcd", "badc", 2], ["abc", "xyz", 3]]) {
    assert.equal(editDistance(a, b, 2), edits, `${a} ${b}`);
  }
});
