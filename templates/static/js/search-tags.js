// Tags that a query begins, and the tag that a query is.

/** @import { Group } from "./search-format.js" */
/** @import { State } from "./search-state.js" */
/** @import { Ranking } from "./search.js" */

import { tagKey } from "./search-query.js";
import { NOT_JAMO } from "./search-shared.js";
import { jamo } from "./search-tokens.js";

/** @typedef {{ key: string, label: string, count: number, rest: string }} TagOffer `rest` is the query without what the tag stands for */

const MOST_OFFERS = 4;
const LEAST_LETTERS = 2;
// A word with one of these is an operator, a field or a range.
const SIGNS = /["“”:：|.~]|^[-－]/;

/** Offer the tags that the last words of a query begin, the commonest first. @param {State} state @param {Iterable<Group>} tags @returns {TagOffer[]} */
export function offersOf({ query, filters }, tags) {
  const groups = [...tags];
  const words = query.trim().split(/\s+/);
  const taken = new Set(filters.filter(({ type }) => type === "tag").map(({ value }) => value));
  /** @type {Map<string, TagOffer & { whole: boolean }>} */
  const found = new Map();
  // The longest run of words says most: `long context` is a tag, and `context` may be another.
  for (let from = Math.max(0, words.length - 3); from < words.length; from++) {
    const run = words.slice(from);
    if (run.some((word) => SIGNS.test(word))) continue;
    // NFKC would take letters of half a syllable for parts of a whole one.
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

// Letters as they are typed, so that half a syllable begins a tag.
/** @param {string} key */
const keysOf = (key) => (/[ㄱ-ㅣ가-힣]/.test(key) ? jamo(key) : key);

// Where one of a tag's words begins like what was typed, or -1.
/** @param {string} key @param {string} typed */
function startOf(key, typed) {
  if (key.startsWith(typed)) return 0;
  const at = [...key.matchAll(/[-/]/g)].find(({ index }) => key.startsWith(typed, index + 1))?.index;
  return at ?? -1;
}

/** Return the tag that a query asks for and nothing else, or null. @param {State} state @param {Ranking} ranking @param {Map<string, Group>} tags */
export function tagAsked({ query, filters }, ranking, tags) {
  const others = ranking.lookups.filter(({ type }) => type !== "tag");
  const asked = new Set(ranking.lookups.filter(({ type }) => type === "tag").map(({ value }) => tagKey(value)));
  const isAlone = asked.size === 1 && !others.length && !ranking.words.length && !filters.some(({ type }) => type !== "tag" && type !== "sort");
  if (!isAlone || /(?:^|\s)(?:[-－]|NOT\s|OR\s)/.test(query)) return null;
  return tags.get([...asked][0]) ?? null;
}

/** Return the path of a tag's page below the page of tags. @param {string} key @param {string} exceptions the paths that are not the keys, in JSON */
export function pathOfTag(key, exceptions) {
  const path = /** @type {Record<string, string>} */ (JSON.parse(exceptions || "{}"))[key] ?? key;
  return `${path.split("/").map(encodeURIComponent).join("/")}/`;
}
