// The files of the index, byte by byte.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { checksum, dayNumber, IndexError, readFragment, readLeaf, readManifest, Trie } from "../../templates/static/js/search-format.js";
import { FORMAT, FRAGMENT_FIELDS, LEVEL_WEIGHTS, MAGIC, NAME_ALPHABET, VERSION } from "../../templates/static/js/search-shared.js";

const bytes = (text) => [...Buffer.from(text)];
const text = (value) => [bytes(value).length, ...bytes(value)];

/** Name bytes as the index does. Older versions of Node have no CRC-32, so this computes it by its definition. */
function nameOf(content, length = 6) {
  let value = ~0;
  for (const byte of content) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return Array.from({ length }, (_, place) => NAME_ALPHABET[(~value >>> (5 * place)) & 31]).join("");
}

// A number below 16064 as the index writes it.
const number = (value) => (value < 192 ? [value] : [192 + Math.floor((value - 192) / 256), (value - 192) % 256]);
const wide = (value) => [255, value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255];
// `abc` in the first note of day 1000 (level 1) and, 300 days later, in the third and fourth (levels 7, 0); `abd` in the first of day 1000 (level 0).
const LEAF = [...number(5), 2, 0, 2, ...text("abc\nd"), 2, 0, ...wide(1000), 0, 0, 0, 0, ...number(300), 0, ...number(8 * 0 + 1), ...number(8 * 2 + 7), ...number(8 * 0), ...number(0)];
const DAYS = new Map([[1000, { first: 10, count: 1 }], [1300, { first: 310, count: 4 }]]);
const leafOf = (content) => ({ node: 5, name: nameOf(content) });

const pack = (kind, content, magic = MAGIC) => new Uint8Array(deflateSync(Buffer.from([...magic, kind.charCodeAt(0), ...content])));
const load = (file) => async () => file;
const failing = (kind) => (error) => error instanceof IndexError && error.kind === kind;

test("terms share their beginnings, and postings are days with places and levels", async () => {
  const file = await readLeaf(load(pack("t", LEAF)), "t", leafOf(LEAF), DAYS);
  assert.deepEqual(file.terms, ["abc", "abd"]);
  const { documents, weights } = file.postings("abc");
  assert.deepEqual([...documents], [10, 312, 313]);
  assert.deepEqual([...weights], [...Float32Array.of(LEVEL_WEIGHTS[1], LEVEL_WEIGHTS[7], LEVEL_WEIGHTS[0])]);
  assert.deepEqual([...file.postings("abd").documents], [10]);
  assert.equal(file.postings("abe"), null);
});

test("a shard has aligned words too, a word and what it is aligned with on each line", async () => {
  const content = [...LEAF, 2, ...text("abc\t5군집\t4나\nabd\t3다")];
  const { pairs } = await readLeaf(load(pack("p", content)), "p", leafOf(content), DAYS);
  assert.deepEqual(pairs, [["abc", "5군집", "4나"], ["abd", "3다"]]);
});

for (const [what, days] of [
  ["a place beyond the notes of its day", [[1000, { first: 10, count: 1 }], [1300, { first: 310, count: 3 }]]],
  ["a day without notes", [[1000, { first: 10, count: 1 }]]],
]) {
  test(`${what} is damage`, async () => {
    const file = await readLeaf(load(pack("t", LEAF)), "t", leafOf(LEAF), new Map(days));
    assert.throws(() => file.postings("abc"), failing("damaged"));
  });
}

for (const [what, file, kind] of [
  ["that is no zlib stream", new Uint8Array([1, 2, 3]), "damaged"],
  ["that is cut short", pack("t", LEAF).subarray(0, 20), "damaged"],
  ["of another kind", pack("p", LEAF), "damaged"],
  ["of another version", pack("t", LEAF, [MAGIC[0], MAGIC[1], 9]), "version"],
  ["with other contents than its name says", pack("t", [...LEAF.slice(0, -1), 17]), "mismatch"],
]) {
  test(`a file ${what} is refused`, () => assert.rejects(readLeaf(load(file), "t", leafOf(LEAF), DAYS), failing(kind)));
}

test("bytes left over are damage, and so are counts of more than there is", async () => {
  const more = [...LEAF, 0];
  await assert.rejects(readLeaf(load(pack("t", more)), "t", leafOf(more), DAYS), failing("damaged"));
  const many = [...number(5), ...wide(2 ** 31)];
  await assert.rejects(readLeaf(load(pack("t", many)), "t", leafOf(many), DAYS), failing("damaged"));
});

test("a leaf must be the one that was asked for", () => assert.rejects(readLeaf(load(pack("p", LEAF)), "p", { ...leafOf(LEAF), node: 4 }, DAYS), failing("mismatch")));

test("days are numbered in months of 31 days", () => {
  assert.equal(dayNumber(0), 0);
  assert.equal(dayNumber(20240319), (2024 * 12 + 2) * 31 + 19);
});

// Bits of a shape as digits, low bits first.
const shapeOf = (bits) => bits.match(/.{1,5}/g).map((part) => NAME_ALPHABET[parseInt([...part].reverse().join(""), 2)]).join("");

test("a hash leads to its leaf by its low bits, or to none", () => {
  const trie = new Trie({ shape: shapeOf("1011000100"), names: "aaaaaabbbbbb" });
  assert.deepEqual(trie.find(0b110), { node: 0b10, name: "aaaaaa" });
  assert.equal(trie.find(0b101), null);
  assert.deepEqual(new Trie({ shape: shapeOf("1011010100"), names: "aaaaaabbbbbbcccccc" }).find(0b111), { node: 0b111, name: "cccccc" });
  assert.equal(new Trie({ shape: shapeOf("00"), names: "" }).find(7), null);
});

for (const [what, shape, names] of [
  ["ends too soon", "v", ""],
  ["has other digits", "!", ""],
  ["has more leaves than names", shapeOf("10101"), "aaaaaa"],
  ["never ends", "v".repeat(99), ""],
]) {
  test(`a trie that ${what} is damage`, () => assert.throws(() => new Trie({ shape, names }), failing("damaged")));
}

test("a fragment is an array of the shared fields", async () => {
  const content = Buffer.from(JSON.stringify(FRAGMENT_FIELDS.map((name) => `its ${name}`)));
  const fragment = await readFragment(load(new Uint8Array(deflateSync(content))), "f", nameOf(content, 2));
  assert.equal(fragment.title, "its title");
  assert.deepEqual(Object.keys(fragment), FRAGMENT_FIELDS);
});

test("a manifest of another version or format is refused", async () => {
  const manifest = (fields) => readManifest(load(Buffer.from(JSON.stringify({ format: FORMAT, version: VERSION, parts: [], ...fields }))));
  assert.deepEqual((await manifest({})).parts, []);
  await assert.rejects(manifest({ version: VERSION + 1 }), failing("version"));
  await assert.rejects(manifest({ format: "other" }), failing("damaged"));
});

test("checksums are over UTF-16", () => assert.equal(checksum(""), 0));
