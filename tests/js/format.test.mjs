// The files of the index, byte by byte.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { checksum, IndexError, readFragment, readManifest, readShard, readTail } from "../../templates/static/js/search-format.js";
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
// `abc` in documents 0 (level 1) and 300 (level 7), `abd` in document 2 (level 0).
const POSTINGS = [[...number(1), ...number(8 * 299 + 7)], number(8 * 2)];
const TAIL = [...text("a"), 2, 0, 2, ...text("abc\nd"), ...POSTINGS.map((list) => list.length), ...POSTINGS.flat()];
const segment = { first: 10, count: 400, bits: 0, core: "", documents: "", groups: "", shards: [], tails: [] };

const pack = (kind, content, magic = MAGIC) => new Uint8Array(deflateSync(Buffer.from([...magic, kind.charCodeAt(0), ...content])));
const load = (file) => async () => file;
const failing = (kind) => (error) => error instanceof IndexError && error.kind === kind;

test("terms share their beginnings, and postings are gaps with levels", async () => {
  const file = await readTail(load(pack("t", TAIL)), segment, "a", nameOf(TAIL));
  assert.deepEqual(file.terms, ["abc", "abd"]);
  const { documents, weights } = file.postings("abc");
  assert.deepEqual([...documents], [10, 310]);
  assert.deepEqual([...weights], [...Float32Array.of(LEVEL_WEIGHTS[1], LEVEL_WEIGHTS[7])]);
  assert.deepEqual([...file.postings("abd").documents], [12]);
  assert.equal(file.postings("abe"), null);
});

test("a number of a document beyond its segment is damage", async () => {
  const file = await readTail(load(pack("t", TAIL)), { ...segment, count: 300 }, "a", nameOf(TAIL));
  assert.throws(() => file.postings("abc"), failing("damaged"));
});

for (const [what, file, kind] of [
  ["that is no zlib stream", new Uint8Array([1, 2, 3]), "damaged"],
  ["that is cut short", pack("t", TAIL).subarray(0, 20), "damaged"],
  ["of another kind", pack("p", TAIL), "damaged"],
  ["of another version", pack("t", TAIL, [MAGIC[0], MAGIC[1], 9]), "version"],
  ["with other contents than its name says", pack("t", [...TAIL.slice(0, -1), 17]), "mismatch"],
]) {
  test(`a file ${what} is refused`, () => assert.rejects(readTail(load(file), segment, "a", nameOf(TAIL)), failing(kind)));
}

test("bytes left over are damage", () => {
  const more = [...TAIL, 0];
  return assert.rejects(readTail(load(pack("t", more)), segment, "a", nameOf(more)), failing("damaged"));
});

test("a shard must be the one that was asked for", () => {
  const content = [3, 0, 0, 0, 0];
  const shards = [nameOf(content)];
  return assert.rejects(readShard(load(pack("p", content)), { ...segment, shards }, 0), failing("mismatch"));
});

test("a fragment is an array of the shared fields", async () => {
  const content = Buffer.from(JSON.stringify(FRAGMENT_FIELDS.map((name) => `its ${name}`)));
  const fragment = await readFragment(load(new Uint8Array(deflateSync(content))), "f", nameOf(content, 2));
  assert.equal(fragment.title, "its title");
  assert.deepEqual(Object.keys(fragment), FRAGMENT_FIELDS);
});

test("a manifest of another version or format is refused", async () => {
  const manifest = (fields) => readManifest(load(Buffer.from(JSON.stringify({ format: FORMAT, version: VERSION, segments: [], ...fields }))));
  assert.deepEqual((await manifest({})).segments, []);
  await assert.rejects(manifest({ version: VERSION + 1 }), failing("version"));
  await assert.rejects(manifest({ format: "other" }), failing("damaged"));
});

test("checksums are over UTF-16", () => assert.equal(checksum(""), 0));
