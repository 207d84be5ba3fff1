

import { CHECK_LENGTH, FORMAT, FRAGMENT_FIELDS, LEVEL_WEIGHTS, MAGIC, MANIFEST, NAME_ALPHABET, ONE_BYTE, TWO_BYTES, VERSION } from "./search-shared.3fe54f738c.js";


const LEVELS = LEVEL_WEIGHTS.length;
const WEIGHTS = Float32Array.from(LEVEL_WEIGHTS);
const TWO_BYTES_END = ONE_BYTE + (TWO_BYTES - ONE_BYTE) / 256;

export class IndexError extends Error {
  constructor(kind, path) {
    super(`${kind}: ${path}`);
    this.kind = kind;
    this.path = path;
  }
}

export const isUnreachable = (error) => error instanceof IndexError && error.kind === "unreachable";

const UTF8 = new TextDecoder("utf-8", { fatal: true });

function decode(bytes, path) {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new IndexError("damaged", path);
  }
}

async function inflate(bytes) {
  const stream = new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

class Reader {
  constructor(bytes, path, at = 0) {
    this.bytes = bytes;
    this.path = path;
    this.at = at;
  }

  take(length) {
    const end = this.at + length;
    if (end > this.bytes.length) throw new IndexError("damaged", this.path);
    const part = this.bytes.subarray(this.at, end);
    this.at = end;
    return part;
  }

  number() {
    const first = this.take(1)[0];
    if (first < ONE_BYTE) return first;
    if (first < TWO_BYTES_END) return ONE_BYTE + (first - ONE_BYTE) * 256 + this.take(1)[0];
    const [a, b, c, d] = this.take(4);
    return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  }

  text() {
    return decode(this.take(this.number()), this.path);
  }

  count() {
    const count = this.number();
    if (count > this.bytes.length - this.at) throw new IndexError("damaged", this.path);
    return count;
  }

  numbers(count) {
    return Array.from({ length: count }, () => this.number());
  }

  gaps(count) {
    let last = -1;
    return Int32Array.from({ length: count }, () => (last += this.number() + 1));
  }

  terms() {
    const count = this.count();
    const shared = this.take(count);
    const rests = this.text().split("\n");
    if (count && rests.length !== count) throw new IndexError("damaged", this.path);
    const terms = [];
    let before = "";
    for (let index = 0; index < count; index++) {
      before = before.slice(0, shared[index]) + rests[index];
      terms.push(before);
    }
    return terms;
  }

  end() {
    if (this.at !== this.bytes.length) throw new IndexError("damaged", this.path);
  }
}

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

export async function readManifest(load) {
  const packed = await load(MANIFEST);
  let manifest;
  try {
    manifest = JSON.parse(UTF8.decode(packed));
  } catch {
    throw new IndexError("damaged", MANIFEST);
  }
  if (manifest?.format !== FORMAT || !Array.isArray(manifest.segments)) throw new IndexError("damaged", MANIFEST);
  if (manifest.version !== VERSION) throw new IndexError("version", MANIFEST);
  return manifest;
}

function checkHead(reader, segment) {
  if (reader.number() !== segment.first || reader.number() !== segment.count) throw new IndexError("mismatch", reader.path);
}

export async function readDictionary(load, segment) {
  const reader = await open(load, `d${segment.first}.${segment.core}.bin`, "d", segment.core);
  checkHead(reader, segment);
  if (reader.number() !== segment.bits) throw new IndexError("mismatch", reader.path);
  const terms = reader.terms();
  const classes = reader.take(terms.length);
  reader.end();
  return { terms, classes };
}

export async function readDocuments(load, segment) {
  const reader = await open(load, `n${segment.first}.${segment.documents}.bin`, "n", segment.documents);
  checkHead(reader, segment);
  const { count } = segment;
  const dates = new Int32Array(count);
  const places = new Uint16Array(count);
  let at = 0;
  let day = 0;
  for (let days = reader.number(); days > 0; days--) {
    day += reader.number();
    const entries = reader.number();
    for (let place = 0; place < entries && at < count; place++, at++) {
      dates[at] = day;
      places[at] = place;
    }
  }
  if (at !== count) throw new IndexError("damaged", reader.path);
  const checks = decode(reader.take(CHECK_LENGTH * count), reader.path);
  reader.end();
  return { dates, places, checks };
}

export async function readGroups(load, segment) {
  const reader = await open(load, `g${segment.first}.${segment.groups}.bin`, "g", segment.groups);
  checkHead(reader, segment);
  const members = () => {
    const list = reader.gaps(reader.count());
    if (list.length && list[list.length - 1] >= segment.count) throw new IndexError("damaged", reader.path);
    return list.map((document) => document + segment.first);
  };
  const kinds = Array.from({ length: reader.count() }, () => ({ key: reader.text(), documents: members() }));
  const tags = Array.from({ length: reader.count() }, () => ({ key: reader.text(), label: reader.text(), documents: members() }));
  reader.end();
  return { kinds, tags };
}

function decodePostings(bytes, segment, path) {
  const reader = new Reader(bytes, path);
  const documents = [];
  const levels = [];
  let last = -1;
  while (reader.at < bytes.length) {
    const value = reader.number();
    last += Math.floor(value / LEVELS) + 1;
    documents.push(last + segment.first);
    levels.push(value % LEVELS);
  }
  if (last >= segment.count) throw new IndexError("damaged", path);
  return { documents: Int32Array.from(documents), weights: Float32Array.from(levels, (level) => WEIGHTS[level]) };
}

function readPostings(reader, segment) {
  const terms = reader.terms();
  const lengths = reader.numbers(terms.length);
  const lists = new Map(terms.map((term, index) => [term, reader.take(lengths[index])]));
  reader.end();
  const decoded = new Map();
  return {
    terms,
    postings(term) {
      let found = decoded.get(term);
      if (found === undefined) {
        const bytes = lists.get(term);
        found = bytes ? decodePostings(bytes, segment, reader.path) : null;
        decoded.set(term, found);
      }
      return found;
    },
  };
}

export async function readShard(load, segment, index) {
  const reader = await open(load, `p${segment.first}-${index}.${segment.shards[index]}.bin`, "p", segment.shards[index]);
  if (reader.number() !== index) throw new IndexError("mismatch", reader.path);
  return readPostings(reader, segment);
}

export async function readTail(load, segment, initial, name) {
  const spelled = [...initial].map((char) => (/[a-z0-9]/.test(char) ? char : char.charCodeAt(0).toString(16))).join("-");
  const reader = await open(load, `t${segment.first}-${spelled}.${name}.bin`, "t", name);
  if (reader.text() !== initial) throw new IndexError("mismatch", reader.path);
  return readPostings(reader, segment);
}

export async function readWords(load, manifest, place) {
  const name = manifest.words[place];
  const reader = await open(load, `w${place}.${name}.bin`, "w", name);
  if (reader.number() !== place) throw new IndexError("mismatch", reader.path);
  const lines = () => {
    const count = reader.number();
    const text = reader.text();
    return count ? text.split("\n").map((line) => line.split("\t")) : [];
  };
  const content = { pairs: lines(), rows: lines() };
  reader.end();
  return content;
}

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

let table;

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

export function checksum(text) {
  const bytes = new Uint8Array(2 * text.length);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    bytes[2 * index] = unit & 255;
    bytes[2 * index + 1] = unit >> 8;
  }
  return crc32(bytes);
}

function contentName(bytes, length) {
  const value = crc32(bytes);
  return Array.from({ length }, (_, place) => NAME_ALPHABET[(value >>> (5 * place)) & 31]).join("");
}
