// Words of everyday speech.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isSentence, isTelling, weighEveryday } from "../../templates/static/js/search-everyday.js";
import { splitWords } from "../../templates/static/js/search-query.js";
import { isHangul } from "../../templates/static/js/search-tokens.js";

const word = (text, ...ways) => ({ text, hangul: isHangul(text), alternatives: ways.map((how) => ({ tokens: [text], factor: 1, how })) });
const weights = (...texts) => {
  const words = texts.map((text) => word(text, "exact"));
  weighEveryday(words);
  return words.map(({ weight }) => weight ?? 1);
};

test("everyday words beside two others count less, and Hangul ones not at all", () => {
  assert.deepEqual(weights("토큰", "절반만", "쓰는", "방법"), [1, 1, 0, 0]);
  assert.deepEqual(weights("that", "paper", "about", "sparse", "attention"), [0.3, 0.3, 0.3, 1, 1]);
});

test("a verb of everyday speech counts not at all with any ending", () => {
  assert.deepEqual(weights("확산", "모델", "하는", "있었던", "나오는데"), [1, 1, 0, 0, 0]);
});

test("a word that only begins like a verb of everyday speech counts", () => {
  assert.deepEqual(weights("하이퍼볼릭", "임베딩", "되먹임"), [1, 1, 1]);
});

test("a short query means all of its words", () => {
  assert.deepEqual(weights("논문", "방법"), [1, 1]);
  assert.deepEqual(weights("번역", "연구", "방법"), [1, 1, 1]);
});

test("an everyday word in Hangul beside others means nothing, and one in Latin letters only itself", () => {
  const words = [word("학습률", "exact"), word("감쇠", "typo"), word("중에", "exact", "inside"), word("about", "exact", "prefix")];
  weighEveryday(words);
  assert.deepEqual(words.map(({ alternatives }) => alternatives.map(({ how }) => how)), [["exact"], ["typo"], [], ["exact"]]);
  assert.deepEqual(words.map(isTelling), [true, true, false, false]);
});

test("four written words are a sentence, however many tokens they have", () => {
  assert.ok(isSentence(splitWords("희소한 어텐션 쓰는 번역")));
  assert.ok(!isSentence(splitWords("state-of-the-art 번역")));
});
