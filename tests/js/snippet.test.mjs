// Marks in titles and snippets.

import assert from "node:assert/strict";
import { test } from "node:test";
import { markEntry } from "../../templates/static/js/search-snippet.js";

const fragment = { id: "", url: "", title: "", date: "", kind: "note", tags: [], authors: "", commentary: "", abstract: "", translations: "" };
const mark = (fields, terms) => markEntry({ ...fragment, ...fields }, new Map(Object.entries(terms)));
const shown = (parts) => parts.map((part) => (part.mark ? `[${part.text}]` : part.text)).join("");

test("Hangul terms are marked inside words, the longest first", () => {
  assert.equal(shown(mark({ title: "고차원벡터를 쓴다" }, { 벡터: 1, 차원벡터: 1 }).titleParts), "고[차원벡터]를 쓴다");
});

test("a term of one syllable is marked as a word or with an ending, not inside words", () => {
  assert.equal(shown(mark({ title: "창을 창문 옆 창에" }, { 창: 1 }).titleParts), "[창]을 창문 옆 [창]에");
});

test("English words are marked whole, in parts, and without accents", () => {
  assert.equal(shown(mark({ title: "Warm-up of Café" }, { warmup: 1, cafe: 1 }).titleParts), "[Warm-up] of [Café]");
  assert.equal(shown(mark({ title: "Warm-up" }, { up: 1 }).titleParts), "Warm-[up]");
  assert.equal(shown(mark({ title: "Warmest" }, { warm: 1 }).titleParts), "Warmest");
});

test("a whole name marks its words, other signs mark nothing", () => {
  const { authorParts } = mark({ authors: "Ivo Lund, Ann Bo" }, { "~ivo lund": 1, "^ann bo": 1, "+차원벡터": 1, "@2401.00001": 1 });
  assert.equal(shown(authorParts), "[Ivo] [Lund], Ann Bo");
  assert.deepEqual(mark({ authors: "Ivo Lund" }, { else: 1 }).authorParts, []);
});

test("the snippet is the sentence with the most of the terms", () => {
  const commentary = "첫 문장은 아무 상관이 없는 이야기입니다. 둘째 문장은 벡터와 군집을 함께 다루는 이야기입니다. 셋째 문장은 벡터만 다루는 이야기입니다.";
  assert.equal(shown(mark({ commentary }, { 벡터: 0.3, 군집: 0.3 }).snippet), "둘째 문장은 [벡터]와 [군집]을 함께 다루는 이야기입니다. ");
});

test("the abstract is quoted only if the commentary has too little", () => {
  const texts = { commentary: "벡터 이야기입니다.", abstract: "All about vectors and clusters." };
  assert.equal(shown(mark(texts, { 벡터: 1, clusters: 2 }).snippet), "[벡터] 이야기입니다.");
  assert.equal(shown(mark(texts, { 벡터: 0.2, clusters: 0.9 }).snippet), "All about vectors and [clusters].");
});

test("a long sentence is cut around its first mark", () => {
  const commentary = `${"가나다라 ".repeat(40)}벡터 ${"마바사아 ".repeat(60)}`;
  const text = shown(mark({ commentary }, { 벡터: 1 }).snippet);
  assert.ok(text.startsWith("… ") && text.endsWith(" …") && text.includes("[벡터]") && text.length < 220);
});

test("an entry without texts has an empty snippet", () => assert.deepEqual(mark({}, { 벡터: 1 }).snippet, []));
