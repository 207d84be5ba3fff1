// Words of everyday speech.

import assert from "node:assert/strict";
import { test } from "node:test";
import { weighEveryday } from "../../templates/static/js/search-everyday.js";

const word = (text, ...ways) => ({ text, hangul: true, alternatives: ways.map((how) => ({ tokens: [text], factor: 1, how })) });
const weights = (...texts) => {
  const words = texts.map((text) => word(text, "exact"));
  weighEveryday(words);
  return words.map(({ weight }) => weight ?? 1);
};

test("everyday words beside two others count less", () => {
  assert.deepEqual(weights("토큰", "절반만", "쓰는", "방법"), [1, 1, 0.3, 0.3]);
});

test("a short query means all of its words", () => {
  assert.deepEqual(weights("논문", "방법"), [1, 1]);
  assert.deepEqual(weights("번역", "연구", "방법"), [1, 1, 1]);
});

test("no other word is guessed from an everyday word beside others", () => {
  const words = [word("학습률", "exact"), word("감쇠", "typo"), word("중에", "exact", "typo", "inside", "prefix")];
  weighEveryday(words);
  assert.deepEqual(words.map(({ alternatives }) => alternatives.map(({ how }) => how)), [["exact"], ["typo"], ["exact"]]);
});
