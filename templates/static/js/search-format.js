// Reads the files of the index. docs/search.md describes the format; src/digest/search writes it.

/** @import { Fragment, Manifest, Part, TrieNames } from "./search-shared.js" */

import { CHECK_LENGTH, FORMAT, FRAGMENT_FIELDS, LEVEL_WEIGHTS, MAGIC, MANIFEST, NAME_ALPHABET, NAME_LENGTH, ONE_BYTE, TWO_BYTES, VERSION } from "./search-shared.js";

/** @typedef {(path: string) => Promise<Uint8Array>} Load reads a file below `search/` */
/** @typedef {{ documents: Int32Array, weights: Float32Array }} Postings */
/** @typedef {{ terms: string[], pairs: string[][], postings: (term: string) => Postings | null }} PostingsFile `pairs` are aligned words, each with what it is aligned with */
/** @typedef {{ node: number, name: string }} Leaf a file of a trie: the bits that lead to it below a one, and the name of its content */
/** @typedef {Map<number, { first: number, count: number }>} Days the notes of each day: the number of the first, and how many there are */
/** @typedef {{ key: string, label?: string, documents: Int32Array }} Group the notes of a kind or tag */
/** @typedef {"missing" | "unreachable" | "damaged" | "mismatch" | "version"} IndexErrorKind */

const LEVELS = LEVEL_WEIGHTS.length;
const WEIGHTS = Float32Array.from(LEVEL_WEIGHTS);
// First bytes of numbers that take two bytes lie between these.
const TWO_BYTES_END = ONE_BYTE + (TWO_BYTES - ONE_BYTE) / 256;

/** A file is missing, cut short, of another version or of another build. */
export class IndexError extends Error {
  /** @param {IndexErrorKind} kind @param {string} path */
  constructor(kind, path) {
    super(`${kind}: ${path}`);
    this.kind = kind;
    this.path = path;
  }
}

/** Return true if a file could not be fetched, which the next try may. @param {unknown} error */
export const isUnreachable = (error) => error instanceof IndexError && error.kind === "unreachable";

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** @param {Uint8Array} bytes @param {string} path */
function decode(bytes, path) {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new IndexError("damaged", path);
  }
}

/** @param {Uint8Array} bytes */
async function inflate(bytes) {
  const stream = new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

class Reader {
  /** @param {Uint8Array} bytes @param {string} path */
  constructor(bytes, path, at = 0) {
    this.bytes = bytes;
    this.path = path;
    this.at = at;
  }

  /** @param {number} length */
  take(length) {
    const end = this.at + length;
    if (end > this.bytes.length) throw new IndexError("damaged", this.path);
    const part = this.bytes.subarray(this.at, end);
    this.at = end;
    return part;
  }

  byte() {
    if (this.at >= this.bytes.length) throw new IndexError("damaged", this.path);
    return this.bytes[this.at++];
  }

  number() {
    const first = this.byte();
    if (first < ONE_BYTE) return first;
    if (first < TWO_BYTES_END) return ONE_BYTE + (first - ONE_BYTE) * 256 + this.byte();
    const [a, b, c, d] = this.take(4);
    return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  }

  text() {
    return decode(this.take(this.number()), this.path);
  }

  /** Read how many numbers follow; each takes a byte or more. */
  count() {
    const count = this.number();
    if (count > this.bytes.length - this.at) throw new IndexError("damaged", this.path);
    return count;
  }

  /** @param {number} count */
  numbers(count) {
    // Each number takes a byte or more, so a count that is too large is damage and not a lack of memory.
    if (count > this.bytes.length - this.at) throw new IndexError("damaged", this.path);
    const numbers = new Uint32Array(count);
    for (let index = 0; index < count; index++) numbers[index] = this.number();
    return numbers;
  }

  /** @param {number} count */
  gaps(count) {
    let last = -1;
    return Int32Array.from({ length: count }, () => (last += this.number() + 1));
  }

  /** Read sorted terms: each is the length it shares with the term before, and the rest. */
  terms() {
    const count = this.count();
    const shared = this.take(count);
    const rests = this.text().split("\n");
    if (count && rests.length !== count) throw new IndexError("damaged", this.path);
    const terms = [];
    let before = "";
    for (let index = 0; index < count; index++) {
      // Shared lengths count code points; Hangul and Latin letters are one UTF-16 unit each.
      before = before.slice(0, shared[index]) + rests[index];
      terms.push(before);
    }
    return terms;
  }

  end() {
    if (this.at !== this.bytes.length) throw new IndexError("damaged", this.path);
  }
}

/**
 * Load a file, check its checksum, magic number, version, kind and name, and return a reader behind them.
 * @param {Load} load @param {string} path @param {string} kind @param {string} name
 */
async function open(load, path, kind, name) {
  const packed = await load(path);
  let bytes;
  try {
    bytes = await inflate(packed);
  } catch {
    throw new IndexError("damaged", path);
  }
  const [first, second, version] = MAGIC;
  if (bytes.length < 4 || bytes[0] !== first || bytes[1] !== second || bytes[3] !== kind.charCodeAt(0)) throw new IndexError("damaged", path);
  if (bytes[2] !== version) throw new IndexError("version", path);
  if (contentName(bytes.subarray(4), name.length) !== name) throw new IndexError("mismatch", path);
  return new Reader(bytes, path, 4);
}

/** Read the manifest, which names all other files but fragments. @param {Load} load @returns {Promise<Manifest>} */
export async function readManifest(load) {
  const packed = await load(MANIFEST);
  let manifest;
  try {
    manifest = JSON.parse(UTF8.decode(packed));
  } catch {
    throw new IndexError("damaged", MANIFEST);
  }
  if (manifest?.format !== FORMAT || !Array.isArray(manifest.parts)) throw new IndexError("damaged", MANIFEST);
  if (manifest.version !== VERSION) throw new IndexError("version", MANIFEST);
  return manifest;
}

/** Return a name of several that are one text. @param {string} names @param {number} at */
const nameAt = (names, at) => names.slice(NAME_LENGTH * at, NAME_LENGTH * (at + 1));

/** The leaves of a trie over hashes: which file has the terms of a key. */
export class Trie {
  /** @param {TrieNames} names */
  constructor({ shape, names }) {
    // A branch has the places of its two nodes, a leaf with terms -2 - the place of its name, a leaf without terms -1.
    /** @type {number[]} */
    this.branches = [];
    this.names = names;
    const count = names.length / NAME_LENGTH;
    let at = 0;
    let leaves = 0;
    const bit = () => {
      const digit = NAME_ALPHABET.indexOf(shape[Math.floor(at / 5)] || " ");
      if (digit < 0) throw new IndexError("damaged", MANIFEST);
      return (digit >> at++ % 5) & 1;
    };
    /** @param {number} depth @returns {number} */
    const read = (depth) => {
      if (depth > 31) throw new IndexError("damaged", MANIFEST);
      if (!bit()) return bit() ? -2 - leaves++ : -1;
      const place = this.branches.push(-1, -1) - 2;
      this.branches[place] = read(depth + 1);
      this.branches[place + 1] = read(depth + 1);
      return place;
    };
    this.root = read(0);
    if (leaves !== count) throw new IndexError("damaged", MANIFEST);
  }

  /** Find the leaf that a hash leads to, or null if no term has such a hash. @param {number} hash @returns {Leaf | null} */
  find(hash) {
    let place = this.root;
    let depth = 0;
    for (; place >= 0; depth++) place = this.branches[place + ((hash >>> depth) & 1)];
    return place === -1 ? null : { node: (1 << depth) | (hash & ((1 << depth) - 1)), name: nameAt(this.names, -2 - place) };
  }
}

/** Read the common terms of a part with their classes of frequency. @param {Load} load @param {Part} part @param {number} at */
export async function readDictionary(load, part, at) {
  const reader = await open(load, `d${at}.${part.core}.bin`, "d", part.core);
  const terms = reader.terms();
  const classes = reader.take(terms.length);
  reader.end();
  return { terms, classes };
}

/** @param {Reader} reader @param {Part} part */
function checkCount(reader, part) {
  if (reader.number() !== part.count) throw new IndexError("mismatch", reader.path);
}

/** Read the days, places in the day and fragment checks of a part's documents. @param {Load} load @param {Part} part @param {number} at */
export async function readDocuments(load, part, at) {
  const reader = await open(load, `n${at}.${part.documents}.bin`, "n", part.documents);
  checkCount(reader, part);
  const { count } = part;
  const dates = new Int32Array(count);
  const places = new Int32Array(count);
  let read = 0;
  let day = 0;
  for (let days = reader.number(); days > 0; days--) {
    day += reader.number();
    const entries = reader.number();
    for (let place = 0; place < entries && read < count; place++, read++) {
      dates[read] = day;
      places[read] = place;
    }
  }
  if (read !== count) throw new IndexError("damaged", reader.path);
  const checks = decode(reader.take(CHECK_LENGTH * count), reader.path);
  reader.end();
  return { dates, places, checks };
}

/** Read the kinds and tags with their documents, of which the part's first has number `first`. @param {Load} load @param {Part} part @param {number} at @param {number} first */
export async function readGroups(load, part, at, first) {
  const reader = await open(load, `g${at}.${part.groups}.bin`, "g", part.groups);
  checkCount(reader, part);
  const members = () => {
    const list = reader.gaps(reader.count());
    if (list.length && list[list.length - 1] >= part.count) throw new IndexError("damaged", reader.path);
    return list.map((document) => document + first);
  };
  /** @type {Group[]} */
  const kinds = Array.from({ length: reader.count() }, () => ({ key: reader.text(), documents: members() }));
  /** @type {Group[]} */
  const tags = Array.from({ length: reader.count() }, () => ({ key: reader.text(), label: reader.text(), documents: members() }));
  reader.end();
  return { kinds, tags };
}

/** Number a day given as 20240319 as `day_number` in postings.py does. @param {number} date */
export const dayNumber = (date) => date && (Math.floor(date / 10000) * 12 + (Math.floor(date / 100) % 100) - 1) * 31 + (date % 100);

/**
 * Read terms with their postings, which are turned into numbers of notes when they are first asked for.
 * @param {Reader} reader @param {Days} days @returns {Omit<PostingsFile, "pairs">}
 */
function readPostings(reader, days) {
  const terms = reader.terms();
  const counts = reader.numbers(terms.length).map((count) => count + 1);
  const base = reader.number();
  const firsts = reader.numbers(terms.length);
  const lows = reader.take(terms.length);
  const starts = new Uint32Array(terms.length + 1);
  counts.forEach((count, at) => (starts[at + 1] = starts[at] + count));
  const total = starts[terms.length];
  const gaps = reader.numbers(total - terms.length);
  const marks = reader.numbers(total);
  const places = new Map(terms.map((term, at) => [term, at]));
  /** @param {number} at @returns {Postings} */
  const decodeAt = (at) => {
    const count = counts[at];
    const documents = new Int32Array(count);
    const weights = new Float32Array(count);
    let day = base + firsts[at] * 256 + lows[at];
    let notes = days.get(day);
    let least = 0;
    for (let index = 0; index < count; index++) {
      const gap = index ? gaps[starts[at] - at + index - 1] : 0;
      if (gap) {
        day += gap;
        notes = days.get(day);
        least = 0;
      }
      const mark = marks[starts[at] + index];
      const place = least + Math.floor(mark / LEVELS);
      if (!notes || place >= notes.count) throw new IndexError("damaged", reader.path);
      least = place + 1;
      documents[index] = notes.first + place;
      weights[index] = WEIGHTS[mark % LEVELS];
    }
    return { documents, weights };
  };
  /** @type {Map<string, Postings | null>} */
  const decoded = new Map();
  return {
    terms,
    postings(term) {
      let found = decoded.get(term);
      if (found === undefined) {
        const at = places.get(term);
        found = at === undefined ? null : decodeAt(at);
        decoded.set(term, found);
      }
      return found;
    },
  };
}

/** Read lines of aligned words. @param {Reader} reader */
function readLines(reader) {
  const count = reader.number();
  const text = reader.text();
  return count ? text.split("\n").map((line) => line.split("\t")) : [];
}

/**
 * Read a leaf of the shards (`p`, words) or of the tails (`t`, terms behind signs).
 * @param {Load} load @param {"p" | "t"} kind @param {Leaf} leaf @param {Days} days @returns {Promise<PostingsFile>}
 */
export async function readLeaf(load, kind, { node, name }, days) {
  const reader = await open(load, `${kind}${node.toString(16)}.${name}.bin`, kind, name);
  if (reader.number() !== node) throw new IndexError("mismatch", reader.path);
  const postings = readPostings(reader, days);
  const pairs = kind === "p" ? readLines(reader) : [];
  reader.end();
  return { ...postings, pairs };
}

/** Read a document as it is shown. @param {Load} load @param {string} path @param {string} check @returns {Promise<Fragment>} */
export async function readFragment(load, path, check) {
  const packed = await load(path);
  let bytes;
  let values;
  try {
    bytes = await inflate(packed);
    values = JSON.parse(UTF8.decode(bytes));
  } catch {
    throw new IndexError("damaged", path);
  }
  if (contentName(bytes, check.length) !== check) throw new IndexError("mismatch", path);
  return /** @type {any} */ (Object.fromEntries(FRAGMENT_FIELDS.map((name, at) => [name, values[at]])));
}

/** @type {Uint32Array} */
let table;

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  table ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  });
  let crc = 0xffffffff;
  for (let index = 0; index < bytes.length; index++) crc = table[(crc ^ bytes[index]) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** Return the CRC-32 of a string's UTF-16 code units, low byte first, as `checksum` in coding.py does. @param {string} text */
export function checksum(text) {
  const bytes = new Uint8Array(2 * text.length);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    bytes[2 * index] = unit & 255;
    bytes[2 * index + 1] = unit >> 8;
  }
  return crc32(bytes);
}

/** Name a content by the low end of its CRC-32 in base 32. @param {Uint8Array} bytes @param {number} length */
function contentName(bytes, length) {
  const value = crc32(bytes);
  return Array.from({ length }, (_, place) => NAME_ALPHABET[(value >>> (5 * place)) & 31]).join("");
}
