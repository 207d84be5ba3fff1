// Words of the other language: by the glossary, by aligned pairs, by sound.

import assert from "node:assert/strict";
import { test } from "node:test";
import { expansionsOf, Translations } from "../../templates/static/js/search-expand.js";
import { IndexError } from "../../templates/static/js/search-format.js";
import { Lexicon } from "../../templates/static/js/search-lexicon.js";
import { splitWords } from "../../templates/static/js/search-query.js";
import { englishSound, koreanSound } from "../../templates/static/js/search-sound.js";

const TERMS = ["attention", "caching", "cluster", "head", "heads", "군집", "어텐션", "캐시"];
const lexicons = [new Lexicon(TERMS, new Uint8Array(TERMS.length))];
const FOUND = { documents: Int32Array.of(3, 5), weights: Float32Array.of(1, 2) };
// The files of 어ㅌ, 캐ㅅ and 군ㅈ: rows of the glossary, and aligned words.
const FILES = {
  어: { terms: ["*어ㅌ\t어텐션 헤드\tattention head\tmulti-head"], pairs: [], postings: () => FOUND },
  캐: { terms: ["*캐ㅅ\t캐싱\t캐시\tcaching"], pairs: [], postings: () => FOUND },
  군: { terms: ["군집"], pairs: [["군집", "5cluster", "3absent"]], postings: () => null },
};
const source = { read: async (word) => FILES[word[0]] ?? null, lexiconsFor: () => lexicons };

async function expand(query, options = {}, how = "prefix") {
  const translations = new Translations(source, lexicons);
  const words = splitWords(query);
  await translations.prepare(words);
  const planned = words.map((word) => ({ ...word, alternatives: [{ tokens: [], factor: 1, how }] }));
  return expansionsOf(translations, planned, options);
}

test("a run of words leads to the other spellings of its row", async () => {
  const [found] = await expand("어텐션 헤드를");
  assert.deepEqual([found.from, found.to, found.words], ["어텐션 헤드를", "attention head", [0, 1]]);
  assert.deepEqual([found.phrases, found.others.postings], [[], [FOUND]]);
  assert.deepEqual((await expand("캐싱")).map(({ to }) => to), ["caching"]);
});

test("a word of the same file stands for itself, and the others of a row are one list", async () => {
  const [found] = await expand("캐싱");
  assert.deepEqual([found.phrases, found.others], [[["캐시"]], { tokens: ["캐시", "caching"], postings: [FOUND] }]);
});

test("a row is not the row of spellings that begin otherwise", async () => {
  const translations = new Translations({ ...source, read: async () => FILES.캐 }, lexicons);
  await translations.prepare(splitWords("caching"));
  assert.deepEqual([translations.knows("caching"), translations.knows("캐싱")], [false, true]);
});

test("a word leads to the terms that are aligned with it, if the notes have them", async () => {
  const found = await expand("군집");
  assert.deepEqual(found.map(({ id }) => id), ["군집→cluster"]);
  assert.ok(Math.abs(found[0].factor - 0.22) < 1e-9);
});

test("a word that the notes lack leads to terms that sound alike", async () => {
  assert.deepEqual((await expand("클러스터", { glossary: false })).map(({ to }) => to), ["cluster"]);
  assert.deepEqual(await expand("클러스터", { glossary: false }, "exact"), []);
});

test("each way is switched off by its name", async () => {
  const off = { glossary: false, alignment: false, transliteration: false };
  for (const query of ["캐싱", "군집", "클러스터"]) assert.deepEqual(await expand(query, off), []);
});

test("loan words sound like their originals", () => {
  for (const [korean, english] of [["클러스터", "cluster"], ["어텐션", "attention"], ["시퀀스", "sequence"]]) {
    assert.equal(koreanSound(korean), englishSound(english), english);
  }
});

test("words that can't be fetched are done without, and asked for again", async () => {
  let isLost = true;
  const lost = { ...source, read: async (word) => (isLost ? Promise.reject(new IndexError("unreachable", "p1.bin")) : source.read(word)) };
  const translations = new Translations(lost, lexicons);
  const words = splitWords("캐싱");
  assert.equal(await translations.prepare(words), true);
  assert.deepEqual(translations.glossary("캐싱"), []);
  isLost = false;
  assert.equal(await translations.prepare(words), false);
  assert.equal(translations.glossary("캐싱").length, 1);
});

test("damaged words are an error", async () => {
  const damaged = { ...source, read: async () => Promise.reject(new IndexError("damaged", "p1.bin")) };
  await assert.rejects(new Translations(damaged, lexicons).prepare(splitWords("캐싱")), /damaged/);
});
