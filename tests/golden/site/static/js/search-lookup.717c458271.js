

import { matchesOf } from "./search-fields.285e71df40.js";
import { splitWords, YEAR } from "./search-query.a4fa65c4f2.js";
import { ARXIV_SIGN } from "./search-shared.6510057e36.js";


const SCORED = new Set(["word", "phrase", "title"]);
const DATED = new Set(["date", "from", "to", "before", "after"]);

export async function lookUp(store, query, filters) {
const lookup = new Lookups(store, query);
for (const { type, value } of filters) if (type === "sort") lookup.found.sort = value === "oldest" ? "oldest" : "newest";
const clicked = filters.filter(({ type }) => type !== "sort").map((atom) => ({ negated: false, atoms: [atom] }));
const clauses = [...query.clauses, ...clicked, ...lookup.takeYear()];
if (clauses.some(({ atoms }) => atoms.some(({ type }) => type === "tag" || type === "kind"))) await store.readGroups();
for (const clause of clauses) await lookup.addClause(clause);
lookup.addDate();
await lookup.addArxiv();
return lookup.finish();
}

class Lookups {
constructor(store, query) {
this.store = store;
this.query = query;
this.looseTags = [];
this.loose = new Set();
this.excluded = new Set();
this.found = {
words: [...query.words], groups: [], exact: [], optional: [], marks: [], allowed: null, loosely: false, lookups: [], checks: [], sort: query.sort, problems: [...query.problems],
};
}

takeYear() {
const { clauses, words } = this.query;
const isYear = words.length === 1 && YEAR.test(words[0].text) && clauses.some(({ atoms }) => atoms[0].type === "tag" || atoms[0].type === "kind");
if (!isYear || !this.store.notesOfYear(words[0].text).length) return [];
this.found.words = [];
return [{ negated: false, atoms: [{ type: "year", value: words[0].text }] }];
}

async addClause({ negated, atoms }) {
const { store, found } = this;
if (!negated && atoms.every(({ type }) => type === "word")) {
const operands = atoms.map(({ value }) => splitWords(value)).filter((words) => words.length);
if (operands.length) found.groups.push(operands);
return;
}
const all = await Promise.all(atoms.map((atom) => matchesOf(store, atom)));
const isFound = all.some((matches) => matches?.documents.length);
const [first] = atoms;
if (!isFound && !negated && atoms.length === 1 && first.loose) {
found.words.push(...splitWords(first.value.replace(/[-_#＃:]/g, " ")));
return;
}
atoms.forEach(({ type, value }, at) => {
const isField = type !== "word" && type !== "phrase";
if (!isField) return;
if (all[at] === null) found.problems.push({ type: "value", name: type, value });
else if (!all[at].documents.length && !negated && !DATED.has(type)) found.problems.push({ type: "has", name: type, value });
});
const matches = all.filter((each) => each !== null);
if (!matches.length) return;
if (matches.some(({ test }) => test)) found.checks.push(checkOf(negated, matches));
if (negated) this.exclude(matches);
else this.require(atoms, matches);
}

exclude(matches) {
for (const { documents, test } of matches) if (!test) for (const number of Array.from(documents)) this.excluded.add(number);
}

require(atoms, matches) {
const documents = matches.length === 1 ? matches[0].documents : union(matches.map((each) => each.documents));
const lookup = { type: atoms[0].type, value: atoms[0].value, documents };
this.found.lookups.push(lookup);
if (atoms[0].loose && atoms.length === 1) this.looseTags.push(lookup);
for (const { type, value } of atoms) {
if (SCORED.has(type)) this.found[atoms.length === 1 ? "exact" : "optional"].push(...splitWords(value));
else if (type === "author") this.found.marks.push(...splitWords(value));
}
}

addLoose(lookup) {
this.loose.add(lookup);
this.found.lookups.push(lookup);
}

addDate() {
const { date } = this.query;
if (!date) return;
const documents = this.store.notesDated(date.test);
if (documents.length) this.addLoose({ type: "date", value: date.label, documents });
else this.found.words.push(...splitWords(date.text));
}

async addArxiv() {
const { arxiv } = this.query;
if (!arxiv) return;
const documents = await notesOfArxiv(this.store, arxiv);
if (documents.length) this.addLoose({ type: "arxiv", value: arxiv, documents });
else this.found.words.push(...splitWords(arxiv.replace(".", " ")));
}

finish() {
const { found, excluded, looseTags } = this;
const { lookups } = found;
let allowed = intersect(lookups);
if (allowed && !allowed.length && looseTags.length) {
found.lookups = lookups.filter((lookup) => !looseTags.includes(lookup));
for (const { value } of looseTags) found.words.push(...splitWords(value.replace(/[-_]/g, " ")));
allowed = intersect(found.lookups);
}
if (excluded.size || found.checks.some(({ negated }) => negated)) {
allowed = (allowed ?? Array.from({ length: this.store.notes }, (_, number) => number)).filter((number) => !excluded.has(number));
}
found.allowed = allowed;
found.loosely = found.lookups.every((lookup) => this.loose.has(lookup));
return found;
}
}

function checkOf(negated, matches) {
const certain = new Set(matches.filter(({ test }) => !test).flatMap(({ documents }) => Array.from(documents)));
const unsure = matches.flatMap(({ documents, test }) => (test ? [{ documents: new Set(Array.from(documents)), test }] : []));
return { negated, certain, unsure };
}

export const needsText = ({ certain, unsure }, number) => !certain.has(number) && unsure.some(({ documents }) => documents.has(number));

export function passes({ negated, certain, unsure }, number, fragment) {
const isFound = certain.has(number) || unsure.some(({ documents, test }) => documents.has(number) && fragment !== null && test(fragment));
return isFound !== negated;
}

async function notesOfArxiv(store, id) {
const { lexicon } = await store.readTail(ARXIV_SIGN + id.slice(0, 2));
const weight = new Map();
for (const term of lexicon.terms.filter((each) => each.startsWith(ARXIV_SIGN + id))) {
for (const { documents, weights } of store.postings(term)) documents.forEach((number, at) => weight.set(number, weights[at]));
}
return [...weight].sort(([a, first], [b, second]) => first - second || a - b).map(([number]) => number);
}

const union = (lists) => [...new Set(lists.flatMap((list) => Array.from(list)))].sort((a, b) => a - b);

function intersect(lookups) {
if (!lookups.length) return null;
const [first, ...others] = [...lookups].sort((a, b) => Number(b.type === "arxiv") - Number(a.type === "arxiv") || a.documents.length - b.documents.length);
const within = others.map(({ documents }) => new Set(Array.from(documents)));
return Array.from(first.documents).filter((number) => within.every((set) => set.has(number)));
}
