// A typed word and the terms that it may mean.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Lexicon } from "../../templates/static/js/search-lexicon.js";
import { alternativesOf, isKnown, joinedAlternatives, longestPart, plurals, switchedAlternatives } from "../../templates/static/js/search-match.js";
import { splitWords } from "../../templates/static/js/search-query.js";
import { jamo } from "../../templates/static/js/search-tokens.js";

const TERMS = ["embedding", "embeddings", "preprocessing", "stylegan", "고차원", "벡터", "벡터가", "차원", "하이퍼볼릭"];
const lexicons = [new Lexicon(TERMS, new Uint8Array(TERMS.length))];
const word = (text) => splitWords(text)[0];
const found = (text, options = {}, { isTerm = false, isWritten = false } = {}) =>
  Object.fromEntries(alternativesOf(lexicons, { ...word(text), isTerm, isWritten }, options).map(({ tokens, how }) => [tokens.join(" "), how]));

test("a word means itself, its inflected forms and words with it inside", () => {
  assert.deepEqual(found("벡터"), { 벡터: "exact", 벡터가: "ending" });
  assert.deepEqual(found("차원"), { 차원: "exact", 고차원: "inside" });
});

test("the term itself counts most", () => {
  const factors = alternativesOf(lexicons, { ...word("차원"), isTerm: false, isWritten: false }, {}).map(({ factor }) => factor);
  assert.equal(factors[0], 1);
  assert.ok(factors.slice(1).every((factor) => factor < 1));
});

test("a word with an ending means its stem", () => assert.equal(found("차원에서").차원, "ending"));

test("an English word means its plural and its singular", () => {
  assert.equal(found("embedding").embeddings, "ending");
  assert.equal(found("embeddings").embedding, "ending");
});

test("a half-typed word means the terms that it begins", () => assert.deepEqual(found("벡ㅌ"), { 벡터: "prefix", 벡터가: "prefix" }));

test("initials mean terms of such syllables, unless they are switched off", () => {
  assert.deepEqual(found("ㅊㅇ"), { 차원: "initials" });
  assert.deepEqual(found("ㅊㅇ", { jamo: false }), {});
});

test("a misspelt word means a near term, unless it is a word of the glossary", () => {
  assert.equal(found("embeddnig").embedding, "typo");
  assert.deepEqual(found("embeddnig", { typos: false }), {});
  assert.deepEqual(found("embeddnig", {}, { isTerm: true }), {});
});

test("what one note contains is still a misspelling of a word that is far more common", () => {
  const both = (commonness) => [new Lexicon(["embeding", "embedding"].sort(), Uint8Array.of(commonness, 0))];
  const meant = (commonness) => alternativesOf(both(commonness), { ...word("embeding"), isTerm: false, isWritten: false }, {}).map(({ tokens, how }) => [tokens[0], how]);
  assert.deepEqual(meant(4), [["embeding", "exact"], ["embedding", "typo"]]);
  assert.deepEqual(meant(3), [["embeding", "exact"]]);
});

test("three Latin letters are no part of a longer word", () => {
  assert.equal(found("bed").embedding, undefined);
  assert.equal(found("bedd").embedding, "inside");
});

test("numbers are never misspelt", () => assert.deepEqual(found("embedding3"), {}));

test("a compound means its parts", () => assert.equal(found("벡터차원")["벡터 차원"], "parts"));

test("an unknown word means its longest known part", () => {
  assert.deepEqual(longestPart(lexicons, word("쀍쀍벡터")).map(({ tokens }) => tokens), [["벡터"]]);
  assert.deepEqual(longestPart(lexicons, word("zzzzz")), []);
});

test("keys of the other keyboard mean what they begin", () => {
  assert.deepEqual(switchedAlternatives(lexicons, jamo("벡터")).map(({ tokens, how }) => [tokens[0], how]), [["벡터", "keyboard"], ["벡터가", "keyboard"]]);
});

test("neighbouring words are tried as one", () => {
  const joined = (text) => joinedAlternatives(lexicons, splitWords(text), 0).map(({ last, alternative }) => [last, alternative.tokens[0]]);
  assert.deepEqual(joined("style gan"), [[1, "stylegan"]]);
  assert.deepEqual(joined("고 차원을"), [[1, "고차원"]]);
  assert.deepEqual(joined("하이퍼 볼"), [[1, "하이퍼볼릭"]]);
  assert.deepEqual(joined("style 차원"), []);
});

test("a word is known as typed or without its ending", () => {
  assert.equal(isKnown(lexicons, word("벡터")), true);
  assert.equal(isKnown(lexicons, word("차원을")), true);
  assert.equal(isKnown(lexicons, word("행렬")), false);
});

test("plurals and singulars follow the rules of spelling", () => {
  assert.deepEqual(plurals("query"), ["querys", "queries"]);
  assert.deepEqual(plurals("queries"), ["queriess", "query", "querieses"]);
  assert.deepEqual(plurals("loss"), ["losss", "losses"]);
  assert.deepEqual(plurals("gpt4"), []);
});

test("a Hangul word that another word of a sentence follows is not half-typed at one syllable, nor corrected below four", () => {
  const isWritten = { isWritten: true };
  assert.equal(found("벡").벡터, "prefix");
  assert.deepEqual(found("벡", {}, isWritten), {});
  assert.equal(found("백터가").벡터가, "typo");
  assert.deepEqual(found("백터가", {}, isWritten), {});
  assert.equal(found("하이퍼볼락", {}, isWritten).하이퍼볼릭, "typo");
});

test("a word that the notes have is not looked for inside others if another word of a sentence follows", () => {
  assert.deepEqual(found("차원", {}, { isWritten: true }), { 차원: "exact" });
});
