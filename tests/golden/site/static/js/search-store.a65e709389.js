

import { checksum, readFragment, readGroups, readShard, readTail } from "./search-format.f9e4cfd780.js";
import { Lexicon } from "./search-lexicon.1e124586b5.js";
import { ARXIV_SIGN, AUTHOR_SIGN, CHECK_LENGTH, COMPOUND_SIGN, FEATURE_SIGN, LARGE_CLASS, NAME_SIGN, PAIR_FILES, PHRASE_FILES, PHRASE_SIGN, SHARD_PREFIX_HANGUL, SHARD_PREFIX_OTHER, TITLE_SIGN } from "./search-shared.3fe54f738c.js";
import { initialOf, isHangul } from "./search-tokens.33fd67f3ee.js";


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
    this.reading = new Map();
    this.fragments = new Map();
    this.tables = tables;
    this.dates = new Int32Array(this.notes);
    tables.forEach((table, at) => this.dates.set(table.dates, this.segments[at].first));
    this.newest = this.dates.at(-1) ?? 0;
    this.kinds = new Map();
    this.tags = new Map();
    this.heard = new Map();
    this.grouped = null;
  }

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
      for (const kind of table.kinds) gather(this.kinds, { ...kind, label: this.kindLabel(kind.key) });
      for (const tag of table.tags) gather(this.tags, tag);
    }
  }

  async once(key, read) {
    const known = this.files.get(key);
    if (known) return known;
    let reading = this.reading.get(key);
    if (!reading) {
      reading = read().finally(() => this.reading.delete(key));
      this.reading.set(key, reading);
    }
    const file = await reading;
    this.files.set(key, file);
    return file;
  }

  async readTail(initial) {
    const known = this.tails.get(initial);
    if (known) return known;
    const found = await Promise.all(
      this.segments.map((segment, at) => {
        const file = segment.tails.findLast(([first]) => first <= initial);
        return file ? this.once(`t${at}-${file[0]}`, () => readTail(this.load, segment, ...file)) : null;
      }),
    );
    const readers = found.filter((reader) => reader !== null);
    const terms = [...new Set(readers.flatMap((reader) => reader.terms))].filter((term) => tailInitial(term) === initial);
    const tail = { readers, lexicon: new Lexicon(terms, null) };
    this.tails.set(initial, tail);
    return tail;
  }

  shardsOf(term) {
    const first = this.lexicons.findIndex((lexicon) => lexicon.has(term));
    if (first < 0) return [];
    const hash = checksum(term.slice(0, isHangul(term) ? SHARD_PREFIX_HANGUL : SHARD_PREFIX_OTHER));
    return this.segments.slice(first).map((segment, offset) => {
      const at = first + offset;
      const large = this.large[at].get(term);
      return [at, large === undefined ? hash & ((1 << segment.bits) - 1) : (1 << segment.bits) + large];
    });
  }

  async readPostings(terms) {
    const wanted = new Map();
    for (const term of terms) {
      if (this.isRare(term)) continue;
      for (const [at, shard] of this.shardsOf(term)) wanted.set(`p${at}-${shard}`, [at, shard]);
    }
    const missing = [...wanted].filter(([key]) => !this.files.has(key));
    if (missing.length) await Promise.all(missing.map(([key, [at, shard]]) => this.once(key, () => readShard(this.load, this.segments[at], shard))));
  }

  isRare(term) {
    return Boolean(this.tails.get(tailInitial(term))?.lexicon.has(term));
  }

  postings(term) {
    const tail = this.tails.get(tailInitial(term));
    const readers = tail?.lexicon.has(term) ? tail.readers : this.shardsOf(term).map(([at, shard]) => /** @type {PostingsFile} */ (this.files.get(`p${at}-${shard}`)));
    return readers.map((reader) => reader.postings(term)).filter((found) => found !== null);
  }

  lexiconsFor(text) {
    const tail = this.tails.get(tailInitial(text));
    return tail ? [...this.lexicons, tail.lexicon] : this.lexicons;
  }

  has(term) {
    return this.lexiconsFor(term).some((lexicon) => lexicon.has(term));
  }

  notesDated(test) {
    const found = [];
    for (let number = 0; number < this.notes; number++) if (test(this.dates[number])) found.push(number);
    return found;
  }

  notesOfYear(year) {
    return this.notesDated((day) => Math.floor(day / 10000) === +year);
  }

  kindLabel(key) {
    return this.manifest.kinds.find(([each]) => each === key)?.[1] ?? key;
  }

  fragmentPath(number) {
    const at = this.segments.findLastIndex((segment) => segment.first <= number);
    const { places, checks, dates } = this.tables[at];
    const local = number - this.segments[at].first;
    const check = checks.slice(CHECK_LENGTH * local, CHECK_LENGTH * (local + 1));
    return [`f/${dates[local]}-${places[local]}-${check}.bin`, check];
  }

  fragment(number) {
    let reading = this.fragments.get(number);
    if (!reading) {
      reading = readFragment(this.load, ...this.fragmentPath(number));
      reading.catch(() => this.fragments.delete(number));
      this.fragments.set(number, reading);
    }
    return reading;
  }
}

export function tailInitial(term) {
  const first = term[0];
  if (first === ARXIV_SIGN) return term.slice(0, 3);
  if (first === NAME_SIGN || first === AUTHOR_SIGN || first === TITLE_SIGN) return first + tailInitial(term[1]) + (/[a-z]/.test(term[2] ?? "") ? term[2] : "");
  if (first === FEATURE_SIGN) return first;
  if (first === PHRASE_SIGN) return PHRASE_SIGN + (checksum(term.slice(1, term.indexOf(" "))) & (PHRASE_FILES - 1));
  if (first === COMPOUND_SIGN) return COMPOUND_SIGN + (checksum(term.slice(1, 3)) & (PAIR_FILES - 1));
  if (first >= "a" && first <= "z") return first;
  if (first >= "0" && first <= "9") return "0";
  if (first >= "가" && first <= "힣") return initialOf(first);
  return "_";
}
