// Tokens, stems, keys and case, in words of our own. tests/cases/search-tokens.json holds the vectors shared with Python.

import assert from "node:assert/strict";
import { test } from "node:test";
import { carriesEnding, chosung, isHangul, jamo, normalize, stems, switchKeyboard, tokenize } from "../../templates/static/js/search-tokens.js";

test("a hyphenated word gives its parts and the joined form", () => {
  assert.deepEqual(tokenize("Warm-up runs"), ["warm", "up", "warmup", "runs"]);
  assert.deepEqual(tokenize("Warm-up runs", false), ["warm", "up", "runs"]);
  assert.deepEqual(tokenize("a-b-c-d"), ["a", "b", "c", "d"]);
});

test("an ending glued to a Latin word or a bracket is no token", () => {
  assert.deepEqual(tokenize("GPU는 (벡터)를"), ["gpu", "벡터"]);
  assert.deepEqual(tokenize("GPU사용"), ["gpu", "사용"]);
});

test("addresses are no tokens", () => assert.deepEqual(tokenize("see https://a.example/b-c 끝"), ["see", "끝"]));

test("long tokens are cut", () => assert.equal(tokenize("x".repeat(90))[0].length, 40));

test("case, width and accents are folded, half-typed jamo stay", () => {
  assert.equal(normalize("ＣＡＦÉ ㅋ"), "cafe ㅋ");
});

test("stems come with the longest ending first", () => {
  assert.deepEqual(stems("모델에서는").map(([stem]) => stem), ["모델", "모델에서"]);
  assert.deepEqual(stems("a"), []);
});

test("a term carries an ending of the word that it begins with", () => {
  assert.equal(carriesEnding("모델을", "모델"), true);
  assert.equal(carriesEnding("모델링", "모델"), false);
});

test("Hangul is spelt by keys and by initials", () => {
  assert.equal(jamo("값 a"), "ㄱㅏㅂㅅ a");
  assert.equal(jamo("와"), "ㅇㅗㅏ");
  assert.equal(chosung("벡터DB"), "ㅂㅌDB");
});

test("Chinese characters are no Hangul", () => {
  assert.equal(isHangul("字"), false);
  assert.equal(isHangul("ㅂ"), true);
});

test("the other keyboard is undone in both directions", () => {
  assert.equal(switchKeyboard("qprxj"), "ㅂㅔㄱㅌㅓ");
  assert.equal(switchKeyboard("ㅣㅐㄴㄴ"), "loss");
  assert.equal(switchKeyboard("a1"), "");
});
