// The files of the index into terms and postings. docs/search.md describes the format; src/digest/search writes it.

export const VERSION = 1;
export const LEVELS = 8;
// What each level of a posting stands for, in occurrences in a commentary of common length.
export const WEIGHTS = Float32Array.from({ length: LEVELS }, (_, level) => 0.35 * 1.5 ** level);
// Class of a term whose postings have a shard of their own.
export const LARGE_CLASS = 5;

// A file that is missing, cut short, of another version or of another build: `kind` says which.
export class IndexError extends Error {
  constructor(kind, path) {
    super(`${kind}: ${path}`);
    this.kind = kind;
    this.path = path;
  }
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });

async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

class Reader {
  constructor(bytes, path) {
    this.bytes = bytes;
    this.path = path;
    this.at = 0;
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
    if (first < 192) return first;
    if (first < 254) return 192 + (first - 192) * 256 + this.take(1)[0];
    const [a, b, c, d] = this.take(4);
    return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  }

  text() {
    return UTF8.decode(this.take(this.number()));
  }

  numbers(count) {
    return Array.from({ length: count }, () => this.number());
  }

  gaps(count) {
    let last = -1;
    return Int32Array.from({ length: count }, () => (last += this.number() + 1));
  }

  // Sorted terms, each written as what it shares with the one before and the rest.
  terms() {
    const count = this.number();
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

// Load a file, check its checksum, magic number, version, kind and name, and return a reader behind them.
async function open(load, path, kind, name) {
  const packed = await load(path);
  let bytes;
  try {
    bytes = await inflate(packed);
  } catch {
    throw new IndexError("damaged", path);
  }
  if (bytes.length < 4 || bytes[0] !== 68 || bytes[1] !== 83 || bytes[3] !== kind.charCodeAt(0)) throw new IndexError("damaged", path);
  if (bytes[2] !== VERSION) throw new IndexError("version", path);
  if (contentName(bytes.subarray(4), name.length) !== name) throw new IndexError("mismatch", path);
  const reader = new Reader(bytes, path);
  reader.at = 4;
  return reader;
}

export async function readManifest(load) {
  const path = "index.json";
  let manifest;
  try {
    manifest = JSON.parse(UTF8.decode(await load(path)));
  } catch (error) {
    throw error instanceof IndexError ? error : new IndexError("damaged", path);
  }
  if (manifest?.format !== "digest-search" || !Array.isArray(manifest.segments)) throw new IndexError("damaged", path);
  if (manifest.version !== VERSION) throw new IndexError("version", path);
  return manifest;
}

function head(reader, segment) {
  if (reader.number() !== segment.first || reader.number() !== segment.count) throw new IndexError("mismatch", reader.path);
}

// The common terms of a segment with their classes of frequency.
export async function readDictionary(load, segment) {
  const reader = await open(load, `d${segment.first}.${segment.core}.bin`, "d", segment.core);
  head(reader, segment);
  if (reader.number() !== segment.bits) throw new IndexError("mismatch", reader.path);
  const terms = reader.terms();
  const classes = reader.take(terms.length);
  reader.end();
  return { terms, classes };
}

// Days and fragment checks of a segment's documents.
export async function readDocuments(load, segment) {
  const reader = await open(load, `n${segment.first}.${segment.documents}.bin`, "n", segment.documents);
  head(reader, segment);
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
  const checks = UTF8.decode(reader.take(2 * count));
  reader.end();
  return { dates, places, checks };
}

// Kinds and tags with their documents.
export async function readGroups(load, segment) {
  const reader = await open(load, `g${segment.first}.${segment.groups}.bin`, "g", segment.groups);
  head(reader, segment);
  const members = () => {
    const list = reader.gaps(reader.number());
    if (list.length && list[list.length - 1] >= segment.count) throw new IndexError("damaged", reader.path);
    return list.map((document) => document + segment.first);
  };
  const kinds = Array.from({ length: reader.number() }, () => ({ key: reader.text(), documents: members() }));
  const tags = Array.from({ length: reader.number() }, () => ({ key: reader.text(), label: reader.text(), documents: members() }));
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

// Terms with their postings; a term's postings are decoded when they are first asked for.
function readPostings(reader, segment) {
  const terms = reader.terms();
  const lengths = reader.numbers(terms.length);
  const lists = new Map(terms.map((term, index) => [term, reader.take(lengths[index])]));
  reader.end();
  const decoded = new Map();
  return {
    terms,
    postings(term) {
      if (!decoded.has(term)) {
        const bytes = lists.get(term);
        decoded.set(term, bytes ? decodePostings(bytes, segment, reader.path) : null);
      }
      return decoded.get(term);
    },
  };
}

export async function readShard(load, segment, index) {
  const reader = await open(load, `p${segment.first}-${index}.${segment.shards[index]}.bin`, "p", segment.shards[index]);
  if (reader.number() !== index) throw new IndexError("mismatch", reader.path);
  return readPostings(reader, segment);
}

export async function readTail(load, segment, initial, name) {
  const spelled = [...initial].map((char) => (/[a-z0-9]/.test(char) ? char : char.codePointAt(0).toString(16))).join("-");
  const reader = await open(load, `t${segment.first}-${spelled}.${name}.bin`, "t", name);
  if (reader.text() !== initial) throw new IndexError("mismatch", reader.path);
  return readPostings(reader, segment);
}

// Aligned words and rows of the glossary for one hash of two letters, as lists of words.
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
  let fields;
  try {
    bytes = await inflate(packed);
    fields = JSON.parse(UTF8.decode(bytes));
  } catch {
    throw new IndexError("damaged", path);
  }
  if (contentName(bytes, check.length) !== check) throw new IndexError("mismatch", path);
  const [id, url, title, date, kind, tags, authors, commentary, abstract, translations] = fields;
  return { id, url, title, date, kind, tags, authors, commentary, abstract, translations };
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

// A string's CRC-32 over its UTF-16 code units, low byte first, as `checksum` in coding.py.
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
  return Array.from({ length }, (_, place) => "0123456789abcdefghijklmnopqrstuv"[(value >>> (5 * place)) & 31]).join("");
}
