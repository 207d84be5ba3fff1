
import { chosung, isHangul, jamo, stems } from "./search-tokens.9e0f97c4a9.js";

const MOST_PREFIXES = 16;
const MOST_INSIDE = 10;

export class Lexicon {
constructor(terms, classes) {
this.terms = terms;
this.classes = classes;
this.index = new Map(terms.map((term, at) => [term, at]));
this.plain = new Joined(terms);
this.keys = new Joined(terms.map((term) => (isHangul(term) ? jamo(term) : term)));
this.initialKeys = null;
this.masks = null;
}

has(term) {
return this.index.has(term);
}

class(term) {
return this.classes?.[this.index.get(term) ?? -1] ?? 0;
}

keysOf(term) {
return this.keys.length(/** @type {number} */ (this.index.get(term)));
}

prefixes(keys, most = MOST_PREFIXES) {
return this.best(this.keys.find("\n" + keys), keys.length, most);
}

inside(text, most = MOST_INSIDE) {
const found = this.plain.find(text).filter((at) => !this.terms[at].startsWith(text));
return this.best(found, 0, most);
}

initials(text, most = MOST_PREFIXES) {
this.initialKeys ??= new Joined(this.terms.map((term) => (term[0] >= "가" && term[0] <= "힣" ? chosung(term) : "")));
const found = this.initialKeys.find("\n" + text);
const same = found.filter((at) => this.terms[at].length === text.length);
return this.best(same.length ? same : found, 0, most);
}

best(found, typed, most) {
const value = (at) => 8 * (this.classes?.[at] ?? 0) - 0.5 * Math.max(0, this.keys.length(at) - typed);
if (found.length > most) found.sort((a, b) => value(b) - value(a) || a - b).splice(most);
return found.map((at) => this.terms[at]);
}

prepareMasks() {
this.masks ??= Uint32Array.from(this.terms, (_, at) => mask(this.keys.at(at)));
return this.masks;
}

similar(keys, distance, hangul) {
const found = [];
const masks = this.prepareMasks();
const wanted = mask(keys);
for (let at = 0; at < this.terms.length; at++) {
const difference = this.keys.length(at) - keys.length;
if (difference > distance || difference < -distance) continue;
if (bits(masks[at] ^ wanted) > 2 * distance) continue;
const term = this.terms[at];
if (isHangul(term) !== hangul || /\d/.test(term)) continue;
const edits = editDistance(keys, this.keys.at(at), distance);
if (edits <= distance) found.push({ term, edits });
}
return found;
}

segment(word, hangul) {
const least = hangul ? 2 : 3;
const best = [{ parts: [], cost: 0 }];
for (let end = least; end <= word.length; end++) {
for (let start = 0; start <= end - least; start++) {
if (!best[start] || (start === 0 && end === word.length)) continue;
const part = word.slice(start, end);
const term = this.has(part) ? part : end === word.length && start > 0 ? this.withoutEnding(part, least) : "";
if (!term) continue;
const cost = best[start].cost + 10 + Math.max(0, 6 - 2 * this.class(term));
if (!best[end] || cost < best[end].cost) best[end] = { parts: [...best[start].parts, term], cost };
}
}
return best[word.length]?.parts ?? [];
}

withoutEnding(part, least) {
for (const [stem] of stems(part)) if (stem.length >= least && this.has(stem)) return stem;
return "";
}
}

class Joined {
constructor(strings) {
this.text = "\n" + strings.join("\n") + "\n";
this.starts = new Int32Array(strings.length + 1);
let at = 1;
strings.forEach((string, index) => {
this.starts[index] = at;
at += string.length + 1;
});
this.starts[strings.length] = at;
}

length(index) {
return this.starts[index + 1] - this.starts[index] - 1;
}

at(index) {
return this.text.slice(this.starts[index], this.starts[index + 1] - 1);
}

find(part) {
const found = [];
let from = 0;
for (;;) {
const hit = this.text.indexOf(part, from);
if (hit < 0) return found;
const index = this.indexAt(hit + (part[0] === "\n" ? 1 : 0));
found.push(index);
from = this.starts[index + 1] - 1;
}
}

indexAt(position) {
let low = 0;
let high = this.starts.length - 1;
while (low + 1 < high) {
const middle = (low + high) >> 1;
if (this.starts[middle] <= position) low = middle;
else high = middle;
}
return low;
}
}

function mask(keys) {
let value = 0;
for (let index = 0; index < keys.length; index++) value |= 1 << (keys.charCodeAt(index) & 31);
return value;
}

function bits(value) {
let count = 0;
for (; value; value &= value - 1) count++;
return count;
}

export function editDistance(a, b, limit) {
let previous = [];
let row = Array.from({ length: b.length + 1 }, (_, index) => index);
for (let i = 1; i <= a.length; i++) {
const next = [i];
let least = i;
for (let j = 1; j <= b.length; j++) {
let value = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) value = Math.min(value, previous[j - 2] + 1);
next.push(value);
if (value < least) least = value;
}
if (least > limit) return limit + 1;
previous = row;
row = next;
}
return row[b.length];
}
