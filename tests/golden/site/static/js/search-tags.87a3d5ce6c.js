

import { tagKey } from "./search-query.a4fa65c4f2.js";
import { NOT_JAMO } from "./search-shared.6510057e36.js";
import { jamo } from "./search-tokens.9e0f97c4a9.js";


const MOST_OFFERS = 4;
const LEAST_LETTERS = 2;
const SIGNS = /["“”:：|.~]|^[-－]/;

export function offersOf({ query, filters }, tags) {
const groups = [...tags];
const words = query.trim().split(/\s+/);
const taken = new Set(filters.filter(({ type }) => type === "tag").map(({ value }) => value));
const found = new Map();
for (let from = Math.max(0, words.length - 3); from < words.length; from++) {
const run = words.slice(from);
if (run.some((word) => SIGNS.test(word))) continue;
const typed = keysOf(run.join(" ").replace(/^[#＃]/, "").replace(NOT_JAMO, tagKey));
if (typed.length < LEAST_LETTERS) continue;
for (const { key, label = key, documents } of groups) {
if (taken.has(key) || found.has(key)) continue;
const place = startOf(keysOf(key), typed);
if (place >= 0) found.set(key, { key, label, count: documents.length, rest: words.slice(0, from).join(" "), whole: place === 0 });
}
}
const inOrder = [...found.values()].sort((a, b) => Number(b.whole) - Number(a.whole) || a.rest.length - b.rest.length || b.count - a.count);
return inOrder.slice(0, MOST_OFFERS).map(({ key, label, count, rest }) => ({ key, label, count, rest }));
}

const keysOf = (key) => (/[ㄱ-ㅣ가-힣]/.test(key) ? jamo(key) : key);

function startOf(key, typed) {
if (key.startsWith(typed)) return 0;
const at = [...key.matchAll(/[-/]/g)].find(({ index }) => key.startsWith(typed, index + 1))?.index;
return at ?? -1;
}

export function tagAsked({ query, filters }, ranking, tags) {
const others = ranking.lookups.filter(({ type }) => type !== "tag");
const asked = new Set(ranking.lookups.filter(({ type }) => type === "tag").map(({ value }) => tagKey(value)));
const isAlone = asked.size === 1 && !others.length && !ranking.words.length && !filters.some(({ type }) => type !== "tag" && type !== "sort");
if (!isAlone || /(?:^|\s)(?:[-－]|NOT\s|OR\s)/.test(query)) return null;
return tags.get([...asked][0]) ?? null;
}

export function pathOfTag(key, exceptions) {
const path = /** @type {Record<string, string>} */ (JSON.parse(exceptions || "{}"))[key] ?? key;
return `${path.split("/").map(encodeURIComponent).join("/")}/`;
}
