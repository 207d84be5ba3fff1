// The store: which file has a term, and that each file is read once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Store, tailInitial } from "../../templates/static/js/search-store.js";

const MANIFEST = { format: "", version: 1, language: "ko", notes: 3, kinds: [["paper", "논문"]], words: [], segments: [
  { first: 0, count: 2, bits: 0, core: "", documents: "", groups: "", shards: [], tails: [] },
  { first: 2, count: 1, bits: 0, core: "", documents: "", groups: "", shards: [], tails: [] },
] };
const TABLES = [
  { dates: Int32Array.of(20230405, 20230405), places: Uint16Array.of(0, 1), checks: "aabb" },
  { dates: Int32Array.of(20240101), places: Uint16Array.of(0), checks: "cc" },
];
const storeOf = (load) => new Store(load, MANIFEST, [{ terms: ["벡터"], classes: Uint8Array.of(1) }, { terms: ["군집"], classes: Uint8Array.of(0) }], TABLES);

test("rare terms are in files by letter, initial or sign", () => {
  const initials = { apple: "a", "7b": "0", 벡터: "ㅂ", 字: "_", "@2401.00001": "@24", "~ivo lund": "~iv", "~이 보": "~ㅇ" };
  for (const [term, initial] of Object.entries(initials)) assert.equal(tailInitial(term), initial);
  assert.match(tailInitial("+차원벡터"), /^\+\d+$/);
  assert.equal(tailInitial("^warm up"), tailInitial("^warm start"));
});

test("a term has shards in its dictionary's segment and the newer ones", () => {
  const store = storeOf();
  assert.deepEqual(store.shardsOf("벡터"), [[0, 0], [1, 0]]);
  assert.deepEqual(store.shardsOf("군집"), [[1, 0]]);
  assert.deepEqual(store.shardsOf("없음"), []);
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

test("kinds have the manifest's labels", () => {
  assert.equal(storeOf().kindLabel("paper"), "논문");
  assert.equal(storeOf().kindLabel("other"), "other");
});

test("words of names and titles are in files by two letters, and all features in one", () => {
  for (const [term, initial] of Object.entries({ "&lund": "&lu", "=warm": "=wa", "=군집": "=ㄱ", "!code": "!", "!math": "!" })) assert.equal(tailInitial(term), initial);
});
