

import { checksum, dayNumber, readFragment, readGroups, readLeaf, Trie } from "./search-format.cc806424e4.js";
import { Lexicon } from "./search-lexicon.815a5fbfbf.js";
import { ARXIV_SIGN, AUTHOR_SIGN, CHECK_LENGTH, COMPOUND_SIGN, FEATURE_SIGN, GONE, LARGE_CLASS, LETTER_BITS, NAME_SIGN, PAIR_KEYS, PHRASE_KEYS, PHRASE_SIGN, SHARD_PREFIX_HANGUL, SHARD_PREFIX_OTHER, TITLE_SIGN } from "./search-shared.6510057e36.js";
import { initialOf, isHangul } from "./search-tokens.9e0f97c4a9.js";


export class Store {
constructor(load, manifest, dictionaries, tables) {
this.load = load;
this.manifest = manifest;
this.notes = manifest.notes;
this.language = manifest.language;
this.shards = new Trie(manifest.shards);
this.rare = new Trie(manifest.tails);
const { terms, classes } = mergeDictionaries(dictionaries);
this.lexicons = [new Lexicon(terms, classes)];
this.tails = new Map();
this.files = new Map();
this.reading = new Map();
this.fragments = new Map();
this.dates = Int32Array.from(tables.flatMap(({ dates }) => [...dates]));
this.places = Int32Array.from(tables.flatMap(({ places }) => [...places]));
this.checks = tables.map(({ checks }) => checks).join("");
this.days = new Map();
this.dates.forEach((date, number) => {
const day = this.days.get(dayNumber(date));
if (day) day.count++;
else this.days.set(dayNumber(date), { first: number, count: 1 });
});
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
let first = 0;
const tables = await Promise.all(
this.manifest.parts.map((part, at) => {
first += part.count;
return readGroups(this.load, part, at, first - part.count);
}),
);
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

readLeaf(kind, leaf) {
return this.once(kind + leaf.node, () => readLeaf(this.load, kind, leaf, this.days));
}

async readTail(initial) {
const known = this.tails.get(initial);
if (known) return known;
const leaf = this.rare.find(placeOf(initial));
const file = leaf && (await this.readLeaf("t", leaf));
const terms = (file?.terms ?? []).filter((term) => tailInitial(term) === initial);
const tail = { file, lexicon: new Lexicon(terms, null) };
this.tails.set(initial, tail);
return tail;
}

shardOf(term) {
const [lexicon] = this.lexicons;
if (!lexicon.has(term)) return null;
const beginning = term.slice(0, isHangul(term) ? SHARD_PREFIX_HANGUL : SHARD_PREFIX_OTHER);
return this.shards.find(checksum(lexicon.class(term) >= LARGE_CLASS ? term : beginning));
}

async readPostings(terms) {
const missing = new Map();
for (const term of terms) {
const leaf = this.isRare(term) ? null : this.shardOf(term);
if (leaf && !this.files.has("p" + leaf.node)) missing.set(leaf.node, leaf);
}
if (missing.size) await Promise.all([...missing.values()].map((leaf) => this.readLeaf("p", leaf)));
}

isRare(term) {
return Boolean(this.tails.get(tailInitial(term))?.lexicon.has(term));
}

postings(term) {
const tail = this.tails.get(tailInitial(term));
const file = tail?.lexicon.has(term) ? tail.file : this.files.get("p" + this.shardOf(term)?.node);
const found = file?.postings(term);
return found ? [found] : [];
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
const check = this.checks.slice(CHECK_LENGTH * number, CHECK_LENGTH * (number + 1));
return [`f/${this.dates[number]}-${this.places[number]}-${check}.bin`, check];
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

function placeOf(key) {
if (key[0] !== AUTHOR_SIGN) return checksum(key);
return ((checksum(key.slice(0, 2)) & LETTER_BITS) | (checksum(key) & ~LETTER_BITS)) >>> 0;
}

export function tailInitial(term) {
const first = term[0];
if (first === ARXIV_SIGN) return term.slice(0, 3);
if (first === NAME_SIGN || first === AUTHOR_SIGN || first === TITLE_SIGN) return first + tailInitial(term[1]) + (/[a-z]/.test(term[2] ?? "") ? term[2] : "");
if (first === FEATURE_SIGN) return first;
if (first === PHRASE_SIGN) return PHRASE_SIGN + (checksum(term.slice(1, term.indexOf(" "))) & (PHRASE_KEYS - 1));
if (first === COMPOUND_SIGN) return COMPOUND_SIGN + (checksum(term.slice(1, 3)) & (PAIR_KEYS - 1));
if (first >= "a" && first <= "z") return first;
if (first >= "0" && first <= "9") return "0";
if (first >= "가" && first <= "힣") return initialOf(first);
return "_";
}
