

import { editDistance } from "./search-lexicon.815a5fbfbf.js";
import { FIELD_NAMES, tagKey } from "./search-query.a4fa65c4f2.js";
import { AUTHOR_SIGN, TITLE_SIGN } from "./search-shared.6510057e36.js";
import { tailInitial } from "./search-store.a6d0d65dc1.js";
import { isHangul, jamo } from "./search-tokens.9e0f97c4a9.js";

const SIGNS = { author: AUTHOR_SIGN, title: TITLE_SIGN };

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

export function suggestionsFor(search, ranking) {
const { query, problems, words } = ranking;
const replaced = (from, to) => query.replace(new RegExp(escape(from), "i"), to);
const found = [];
for (const { type, name, value } of problems) {
if (type === "field") {
const field = nearest(name, Object.keys(FIELD_NAMES));
if (field) found.push(replaced(`${name}:`, `${field}:`));
found.push(replaced(`${name}:${value}`, value));
} else if (name === "tag") {
const tag = nearest(tagKey(value), [...search.tags.keys()]);
if (tag) found.push(replaced(value, tag));
} else if (name in SIGNS) {
const word = nearestSigned(search, SIGNS[name] + value.toLowerCase());
if (word) found.push(replaced(value, word));
}
if (type === "has") found.push(query.replace(new RegExp(`\\S+[:：]["“]?${escape(value)}["”]?`, "iu"), value));
}
let corrected = query;
for (const { text, alternatives, bonus } of words) {
const term = bonus || alternatives.length ? "" : nearestTerm(search.lexicons, text);
if (term) corrected = corrected.replace(new RegExp(escape(text), "i"), term);
}
const unquoted = corrected.replace(/["“”]/g, " ").replace(/\s+/g, " ").trim();
return [...new Set([...found, corrected, unquoted])].filter((each) => each && each !== query);
}

function nearestTerm(lexicons, word) {
const hangul = isHangul(word);
const keys = hangul ? jamo(word) : word;
if (keys.length < 5 || /\d/.test(word)) return "";
const most = keys.length < 9 ? 2 : 3;
const near = lexicons.flatMap((lexicon) => lexicon.similar(keys, most, hangul).map(({ term, edits }) => ({ term, value: lexicon.class(term) - 2 * edits })));
return near.sort((a, b) => b.value - a.value)[0]?.term ?? "";
}

function nearestSigned(search, term) {
const near = search.tails.get(tailInitial(term))?.lexicon.similar(term, term.length < 6 ? 1 : 2, false) ?? [];
return near.sort((a, b) => a.edits - b.edits)[0]?.term.slice(1) ?? "";
}

function nearest(text, names) {
const most = text.length < 5 ? 1 : 2;
const near = names.map((name) => ({ name, edits: editDistance(text, name, most) })).filter(({ edits }) => edits <= most);
return near.sort((a, b) => a.edits - b.edits)[0]?.name ?? "";
}
