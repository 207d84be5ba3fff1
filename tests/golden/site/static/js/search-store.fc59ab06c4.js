// The files of the index as one store: what was read of dictionaries, rare terms, postings, groups and fragments.

import { checksum, LARGE_CLASS, readFragment, readGroups, readShard, readTail } from "./search-format.9483846876.js";
import { Lexicon } from "./search-lexicon.ff4750d17f.js";
import { INITIALS, isHangul } from "./search-tokens.ffaf7fcb6f.js";

const PAIR_FILES = 64;
const PHRASE_FILES = 128;

export class Store {
  constructor(load, manifest, dictionaries, tables) {
    this.load = load;
    this.manifest = manifest;
    this.segments = manifest.segments;
    this.notes = manifest.notes;
    this.language = manifest.language;
    this.lexicons = dictionaries.map(({ terms, classes }) => new Lexicon(terms, classes));
    this.large = dictionaries.map(({ terms, classes }) => new Map(terms.filter((_, at) => classes[at] >= LARGE_CLASS).map((term, at) => [term, at])));
    this.tails = new Map();
    this.files = new Map();
    this.fragments = new Map();
    this.tables = tables;
    this.dates = new Int32Array(this.notes);
    tables.forEach((table, at) => this.dates.set(table.dates, this.segments[at].first));
    this.kinds = new Map();
    this.tags = new Map();
    this.grouped = null;
  }

  // Read the kinds and tags: they are needed for facets and lookups, not for a first result.
  readGroups() {
    this.grouped ??= this.gatherGroups().catch((error) => {
      this.grouped = null;
      throw error;
    });
    return this.grouped;
  }

  async gatherGroups() {
    const tables = await Promise.all(this.segments.map((segment) => readGroups(this.load, segment)));
    const gather = (target, { key, label, documents }) => {
      const known = target.get(key);
      if (known) known.documents = Int32Array.from([...known.documents, ...documents]);
      else target.set(key, { key, label: label ?? key, documents });
    };
    for (const table of tables) {
      for (const kind of table.kinds) gather(this.kinds, kind);
      for (const tag of table.tags) gather(this.tags, tag);
    }
    for (const [key, label] of this.manifest.kinds) if (this.kinds.has(key)) this.kinds.get(key).label = label;
  }

  once(key, read) {
    if (!this.files.has(key)) {
      const reading = read().then(
        (content) => (this.files.set(key, content), content),
        (error) => {
          this.files.delete(key);
          throw error;
        },
      );
      this.files.set(key, reading);
    }
    return this.files.get(key);
  }

  // Read the rare terms that begin with this letter or initial, of all segments.
  async readTail(initial) {
    if (this.tails.has(initial)) return this.tails.get(initial);
    const readers = await Promise.all(
      this.segments.map((segment, at) => {
        const file = segment.tails.findLast(([first]) => first <= initial);
        return file ? this.once(`t${at}-${file[0]}`, () => readTail(this.load, segment, ...file)) : null;
      }),
    );
    const present = readers.filter(Boolean);
    const terms = [...new Set(present.flatMap((reader) => reader.terms))].filter((term) => tailInitial(term) === initial);
    const tail = { readers: present, lexicon: new Lexicon(terms, null) };
    this.tails.set(initial, tail);
    return tail;
  }

  // Where a term of a dictionary has its postings: [segment, shard] of the dictionary's segment and the newer ones.
  shardsOf(term) {
    const first = this.lexicons.findIndex((lexicon) => lexicon.has(term));
    if (first < 0) return [];
    const prefix = isHangul(term) ? term.slice(0, 2) : term.slice(0, 4);
    const hash = checksum(prefix);
    return this.segments.slice(first).map((segment, offset) => {
      const at = first + offset;
      const large = this.large[at].get(term);
      return [at, large === undefined ? hash & ((1 << segment.bits) - 1) : (1 << segment.bits) + large];
    });
  }

  async readPostings(terms) {
    const wanted = new Map();
    for (const term of terms) {
      if (this.tails.get(tailInitial(term))?.lexicon.has(term)) continue;
      for (const [at, shard] of this.shardsOf(term)) wanted.set(`p${at}-${shard}`, [at, shard]);
    }
    const missing = [...wanted].filter(([key]) => !this.files.has(key) || this.files.get(key) instanceof Promise);
    if (missing.length) await Promise.all(missing.map(([key, [at, shard]]) => this.once(key, () => readShard(this.load, this.segments[at], shard))));
  }

  postings(term) {
    const tail = this.tails.get(tailInitial(term));
    const readers = tail?.lexicon.has(term) ? tail.readers : this.shardsOf(term).map(([at, shard]) => this.files.get(`p${at}-${shard}`));
    return readers.map((reader) => reader.postings(term)).filter(Boolean);
  }

  lexiconsFor(text) {
    const tail = this.tails.get(tailInitial(text));
    return tail ? [...this.lexicons, tail.lexicon] : this.lexicons;
  }

  where(test) {
    const found = [];
    for (let number = 0; number < this.notes; number++) if (test(number)) found.push(number);
    return found;
  }

  kindLabel(key) {
    return this.manifest.kinds.find(([each]) => each === key)?.[1] ?? key;
  }

  fragmentPath(number) {
    const at = this.segments.findLastIndex((segment) => segment.first <= number);
    const { places, checks, dates } = this.tables[at];
    const local = number - this.segments[at].first;
    const check = checks.slice(2 * local, 2 * local + 2);
    return [`f/${dates[local]}-${places[local]}-${check}.bin`, check];
  }

  fragment(number) {
    if (!this.fragments.has(number)) {
      const reading = readFragment(this.load, ...this.fragmentPath(number));
      reading.catch(() => this.fragments.delete(number));
      this.fragments.set(number, reading);
    }
    return this.fragments.get(number);
  }
}

// The name of the file that a rare term is in, as tail_initial in segment.py.
export function tailInitial(term) {
  const first = term[0];
  if (first === "@") return term.slice(0, 3);
  if (first === "~") return "~" + tailInitial(term[1]) + (/[a-z]/.test(term[2] ?? "") ? term[2] : "");
  if (first === "^") return "^" + (checksum(term.slice(1, term.indexOf(" "))) & (PHRASE_FILES - 1));
  if (first === "+") return "+" + (checksum(term.slice(1, 3)) & (PAIR_FILES - 1));
  if (first >= "a" && first <= "z") return first;
  if (first >= "0" && first <= "9") return "0";
  if (first >= "가" && first <= "힣") return INITIALS[Math.floor((first.charCodeAt(0) - 0xac00) / 588)];
  return "_";
}
