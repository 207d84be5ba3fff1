// The store: which file has a term, and that each file is read once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { checksum } from "../../templates/static/js/search-format.js";
import { GONE, LARGE_CLASS } from "../../templates/static/js/search-shared.js";
import { Store, termKey } from "../../templates/static/js/search-store.js";

const MANIFEST = {
  format: "", version: 4, language: "ko", notes: 3, kinds: [["paper", "논문"]], parts: [
    { count: 2, core: "", documents: "", groups: "" },
    { count: 1, core: "", documents: "", groups: "" },
  ],
  // A branch with two leaves, and one leaf.
  shards: { shape: "l", names: "aaaaaabbbbbb" },
  tails: { shape: "2", names: "cccccc" },
};
const TABLES = [
  { dates: Int32Array.of(20230405, 20230405), places: Int32Array.of(0, 1), checks: "aabb" },
  { dates: Int32Array.of(20240101), places: Int32Array.of(0), checks: "cc" },
];
const dictionary = (classes) => ({ terms: Object.keys(classes), classes: Uint8Array.from(Object.values(classes)) });
const storeOf = (load) => new Store(load, MANIFEST, [dictionary({ 벡터: 1, 지도: 2, 학습: LARGE_CLASS }), dictionary({ 군집: 0, 지도: GONE })], TABLES);

test("words that begin alike have one key, and so have terms behind a sign", () => {
  const keys = { apple: "app", go: "go", "7b": "7b", 벡터: "벡ㅌ", 벡타: "벡ㅌ", 벡ㅌ: "벡ㅌ", 벡: "벡", 字書: "字書", "@2401.00001": "@24", "~ivo lund": "~iv", "~이 보": "~ㅇ", "+차원벡터": "+차ㅇ", "^warm up": "^warm", "*con\tconcept\t개념": "con" };
  for (const [term, key] of Object.entries(keys)) assert.equal(termKey(term), key);
});

test("what all notes have is added to the dictionary of the older ones, or taken out", () => {
  const [lexicon] = storeOf().lexicons;
  assert.deepEqual(lexicon.terms, ["군집", "벡터", "학습"]);
  assert.deepEqual(["군집", "벡터", "학습", "지도"].map((term) => lexicon.class(term)), [0, 1, LARGE_CLASS, 0]);
});

test("a dictionary may be added to at its beginning and end, and by the same term of another class", () => {
  const tables = [...TABLES];
  const store = new Store(null, MANIFEST, [dictionary({ b: 1, d: 2 }), dictionary({ a: 0, d: 3, e: 1 })], tables);
  assert.deepEqual(store.lexicons[0].terms, ["a", "b", "d", "e"]);
  assert.equal(store.lexicons[0].class("d"), 3);
});

test("a term is in the leaf of its beginning, or in one of its own if it is large", () => {
  const store = storeOf();
  const leafOf = (beginning) => (checksum(beginning) & 1 ? { node: 3, name: "bbbbbb" } : { node: 2, name: "aaaaaa" });
  assert.deepEqual(store.shardOf("벡터"), leafOf("벡ㅌ"));
  // Keys that begin alike are near each other, so only a large trie divides them.
  assert.deepEqual(store.shardOf("학습"), leafOf("학ㅅ"));
  assert.equal(store.shardOf("지도"), null);
  assert.equal(store.shardOf("없음"), null);
});

test("a fragment's path is its day, place and check", () => {
  assert.deepEqual(storeOf().fragmentPath(1), ["f/20230405-1-bb.bin", "bb"]);
  assert.deepEqual(storeOf().fragmentPath(2), ["f/20240101-0-cc.bin", "cc"]);
});

test("notes are found by their day and year", () => {
  assert.deepEqual(storeOf().notesOfYear("2023"), [0, 1]);
  assert.deepEqual(storeOf().notesDated((day) => day > 20231231), [2]);
});

test("a file is read once by all who ask, and again after a failure", async () => {
  const store = storeOf();
  const file = { terms: [], postings: () => null };
  let reads = 0;
  const failing = () => store.once("x", async () => {
    reads++;
    throw new Error("lost");
  });
  await assert.rejects(failing());
  await assert.rejects(failing());
  assert.equal(reads, 2);
  const read = async () => {
    reads++;
    return file;
  };
  assert.deepEqual(await Promise.all([store.once("x", read), store.once("x", read)]), [file, file]);
  assert.equal(await store.once("x", read), file);
  assert.equal(reads, 3);
});

test("what a leaf has beside the words of dictionaries are the rare words of its keys", async () => {
  const store = storeOf();
  store.once = async () => ({ terms: ["*군ㅈ\t군주\t왕", "군집", "군주", "군침", "벡터"], pairs: [], postings: () => null });
  const tail = await store.readTail(termKey("군주"));
  assert.deepEqual(tail.lexicon.terms, ["군주"]);
  assert.ok(store.has("군주"));
  assert.ok(!store.has("군침"));
});

test("kinds have the manifest's labels", () => {
  assert.equal(storeOf().kindLabel("paper"), "논문");
  assert.equal(storeOf().kindLabel("other"), "other");
});

test("words of names and titles are in files by two letters, and all features in one", () => {
  for (const [term, initial] of Object.entries({ "&lund": "&lu", "=warm": "=wa", "=군집": "=ㄱ", "!code": "!", "!math": "!" })) assert.equal(termKey(term), initial);
});
