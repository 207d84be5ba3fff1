// The files of the index as one store: dictionaries, postings, groups and fragments, each read once.

/** @import { Days, Group, Leaf, Load, Postings, PostingsFile } from "./search-format.js" */
/** @import { Fragment, Manifest } from "./search-shared.js" */

import { checksum, dayNumber, readFragment, readGroups, readLeaf, Trie } from "./search-format.js";
import { Lexicon } from "./search-lexicon.js";
import { ARXIV_SIGN, AUTHOR_SIGN, CHECK_LENGTH, COMPOUND_SIGN, FEATURE_SIGN, GONE, LARGE_CLASS, LETTER_BITS, NAME_SIGN, PHRASE_SIGN, PREFIX_BITS, ROW_SIGN, TITLE_SIGN, WORD_PREFIX } from "./search-shared.js";
import { initialOf, isHangul } from "./search-tokens.js";

/** @typedef {{ terms: string[], classes: Uint8Array }} Dictionary */
/** @typedef {{ dates: Int32Array, places: Int32Array, checks: string }} DocumentTable */
/** @typedef {{ file: PostingsFile | null, lexicon: Lexicon }} Tail the terms of a key that no dictionary has */

export class Store {
  /** @param {Load} load @param {Manifest} manifest @param {Dictionary[]} dictionaries @param {DocumentTable[]} tables of the parts */
  constructor(load, manifest, dictionaries, tables) {
    this.load = load;
    this.manifest = manifest;
    this.notes = manifest.notes;
    this.language = manifest.language;
    this.shards = new Trie(manifest.shards);
    this.signs = new Trie(manifest.tails);
    const { terms, classes } = mergeDictionaries(dictionaries);
    this.lexicons = [new Lexicon(terms, classes)];
    /** @type {Map<string, Tail>} */
    this.tails = new Map();
    /** @type {Map<string, PostingsFile>} */
    this.files = new Map();
    /** @type {Map<string, Promise<PostingsFile>>} */
    this.reading = new Map();
    /** @type {Map<number, Promise<Fragment>>} */
    this.fragments = new Map();
    this.dates = Int32Array.from(tables.flatMap(({ dates }) => [...dates]));
    this.places = Int32Array.from(tables.flatMap(({ places }) => [...places]));
    this.checks = tables.map(({ checks }) => checks).join("");
    /** @type {Days} */
    this.days = new Map();
    this.dates.forEach((date, number) => {
      const day = this.days.get(dayNumber(date));
      if (day) day.count++;
      else this.days.set(dayNumber(date), { first: number, count: 1 });
    });
    this.newest = this.dates.at(-1) ?? 0;
    /** @type {Map<string, Group>} */
    this.kinds = new Map();
    /** @type {Map<string, Group>} */
    this.tags = new Map();
    // Words of names by how they sound.
    /** @type {Map<string, string[]>} */
    this.heard = new Map();
    /** @type {Promise<void> | null} */
    this.grouped = null;
  }

  /** Read the kinds and tags, which facets and lookups need and a first result does not. */
  readGroups() {
    this.grouped ??= this.gatherGroups().catch((error) => {
      this.grouped = null;
      throw error;
    });
    return this.grouped;
  }

  async gatherGroups() {
    let first = 0;
    const tables = await Promise.all(
      this.manifest.parts.map((part, at) => {
        first += part.count;
        return readGroups(this.load, part, at, first - part.count);
      }),
    );
    /** @param {Map<string, Group>} target @param {Group} group */
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

  /** Read a file once; after a failure it is read again. @param {string} key @param {() => Promise<PostingsFile>} read */
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

  /** @param {"p" | "t"} kind @param {Leaf} leaf */
  readLeaf(kind, leaf) {
    return this.once(kind + leaf.node, () => readLeaf(this.load, kind, leaf, this.days));
  }

  /** Read the terms of a key that no dictionary has: rare words that begin alike, or terms behind a sign. @param {string} key */
  async readTail(key) {
    const known = this.tails.get(key);
    if (known) return known;
    const file = await this.readKey(key);
    const [lexicon] = this.lexicons;
    const terms = (file?.terms ?? []).filter((term) => term[0] !== ROW_SIGN && termKey(term) === key && !lexicon.has(term));
    const tail = { file, lexicon: new Lexicon(terms, null) };
    this.tails.set(key, tail);
    return tail;
  }

  /** Read the leaf of a key, if there is one. @param {string} key */
  async readKey(key) {
    const isTail = IN_TAILS.has(key[0]);
    const leaf = (isTail ? this.signs : this.shards).find(placeOf(key));
    return leaf && this.readLeaf(isTail ? "t" : "p", leaf);
  }

  // The file that has the postings of a term of a dictionary. A term of the largest class is its own key.
  /** @param {string} term */
  shardOf(term) {
    const [lexicon] = this.lexicons;
    if (!lexicon.has(term)) return null;
    return this.shards.find(placeOf(lexicon.class(term) >= LARGE_CLASS ? term : wordKey(term)));
  }

  /** Read the shards of the terms that have one. @param {Iterable<string>} terms */
  async readPostings(terms) {
    /** @type {Map<number, Leaf>} */
    const missing = new Map();
    for (const term of terms) {
      const leaf = this.isRare(term) ? null : this.shardOf(term);
      if (leaf && !this.files.has("p" + leaf.node)) missing.set(leaf.node, leaf);
    }
    if (missing.size) await Promise.all([...missing.values()].map((leaf) => this.readLeaf("p", leaf)));
  }

  /** @param {string} term */
  isRare(term) {
    return Boolean(this.tails.get(termKey(term))?.lexicon.has(term));
  }

  /** Return the postings of a term, as a list of one or none; its file must have been read. @param {string} term @returns {Postings[]} */
  postings(term) {
    const tail = this.tails.get(termKey(term));
    const file = tail?.lexicon.has(term) ? tail.file : this.files.get("p" + this.shardOf(term)?.node);
    const found = file?.postings(term);
    return found ? [found] : [];
  }

  /** List the lexicons that may have a text, of what has been read. @param {string} text */
  lexiconsFor(text) {
    const tail = this.tails.get(termKey(text));
    return tail ? [...this.lexicons, tail.lexicon] : this.lexicons;
  }

  /** @param {string} term */
  has(term) {
    return this.lexiconsFor(term).some((lexicon) => lexicon.has(term));
  }

  /** List the notes whose day, as 20240319, passes a test. @param {(day: number) => boolean} test */
  notesDated(test) {
    const found = [];
    for (let number = 0; number < this.notes; number++) if (test(this.dates[number])) found.push(number);
    return found;
  }

  /** @param {string | number} year */
  notesOfYear(year) {
    return this.notesDated((day) => Math.floor(day / 10000) === +year);
  }

  /** @param {string} key */
  kindLabel(key) {
    return this.manifest.kinds.find(([each]) => each === key)?.[1] ?? key;
  }

  /** @param {number} number @returns {[path: string, check: string]} */
  fragmentPath(number) {
    const check = this.checks.slice(CHECK_LENGTH * number, CHECK_LENGTH * (number + 1));
    return [`f/${this.dates[number]}-${this.places[number]}-${check}.bin`, check];
  }

  /** Read a note as it is shown. @param {number} number */
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

// The dictionary of the older notes, and what is different in that of all notes.
/** @param {Dictionary[]} dictionaries @returns {Dictionary} */
function mergeDictionaries([older, newer]) {
  if (!newer) return older;
  const terms = [];
  const classes = [];
  let next = 0;
  for (let at = 0; at <= older.terms.length; at++) {
    const term = older.terms[at];
    let isReplaced = false;
    for (; next < newer.terms.length && (term === undefined || newer.terms[next] <= term); next++) {
      isReplaced = newer.terms[next] === term;
      if (newer.classes[next] === GONE) continue;
      terms.push(newer.terms[next]);
      classes.push(newer.classes[next]);
    }
    if (term === undefined || isReplaced) continue;
    terms.push(term);
    classes.push(older.classes[at]);
  }
  return { terms, classes: Uint8Array.from(classes) };
}

const IN_TAILS = new Set([ARXIV_SIGN, AUTHOR_SIGN, FEATURE_SIGN, NAME_SIGN, TITLE_SIGN]);
const SIGNS = new Set([...IN_TAILS, COMPOUND_SIGN, PHRASE_SIGN, ROW_SIGN]);

/** Return the hash of a key, as `place_of` in leaves.py does. @param {string} key */
function placeOf(key) {
  if (key[0] === AUTHOR_SIGN) return joined(checksum(key.slice(0, 2)), checksum(key), LETTER_BITS);
  if (IN_TAILS.has(key[0])) return checksum(key);
  return joined(checksum(wordKey(SIGNS.has(key[0]) ? key.slice(1) : key)), checksum(key), PREFIX_BITS);
}

/** @param {number} low @param {number} high @param {number} bits */
const joined = (low, high, bits) => ((low & bits) | (high & ~bits)) >>> 0;

/** Return the key of a term, as `key_of` in leaves.py does. @param {string} term */
export const termKey = (term) => (SIGNS.has(term[0]) ? signKey(term) : wordKey(term));

/** Return the beginning of a word that is its key, as `word_key` in leaves.py does. @param {string} word */
const wordKey = (word) => (isHangul(word) ? word[0] + (word.length > 1 ? initial(word[1]) : "") : word.slice(0, WORD_PREFIX));

/** Return the key of a term behind a sign, as `sign_key` in leaves.py does. @param {string} term */
function signKey(term) {
  const sign = term[0];
  if (sign === ARXIV_SIGN) return term.slice(0, 3);
  if (sign === NAME_SIGN || sign === AUTHOR_SIGN || sign === TITLE_SIGN) return sign + initial(term[1]) + (/[a-z]/.test(term[2] ?? "") ? term[2] : "");
  if (sign === ROW_SIGN) return term.slice(1, term.indexOf("\t"));
  if (sign === PHRASE_SIGN) return term.slice(0, term.indexOf(" "));
  if (sign === COMPOUND_SIGN) return sign + wordKey(term.slice(1));
  return sign;
}

/** @param {string} letter */
function initial(letter) {
  if ((letter >= "a" && letter <= "z") || (letter >= "ㄱ" && letter <= "ㅎ")) return letter;
  if (letter >= "0" && letter <= "9") return "0";
  return letter >= "가" && letter <= "힣" ? initialOf(letter) : "_";
}
