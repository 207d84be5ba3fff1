// Suggests another query where nothing fits, or where a field is misspelt.

/** @import { Lexicon } from "./search-lexicon.js" */
/** @import { Ranking, Search } from "./search.js" */

import { isTelling } from "./search-everyday.js";
import { editDistance } from "./search-lexicon.js";
import { FIELD_NAMES, tagKey } from "./search-query.js";
import { AUTHOR_SIGN, TITLE_SIGN } from "./search-shared.js";
import { termKey } from "./search-store.js";
import { isHangul, jamo } from "./search-tokens.js";

/** @type {Record<string, string>} */
const SIGNS = { author: AUTHOR_SIGN, title: TITLE_SIGN };

/** @param {string} text */
const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** List queries to offer instead of one, the likeliest first. The caller offers the first that finds something. @param {Search} search @param {Ranking} ranking */
export function suggestionsFor(search, ranking) {
  const { query, problems, words } = ranking;
  /** @param {string} from @param {string} to */
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
  for (const word of words) {
    const { text, alternatives, bonus } = word;
    const term = bonus || alternatives.length || !isTelling(word) ? "" : nearestTerm(search.lexicons, text);
    if (term) corrected = corrected.replace(new RegExp(escape(text), "i"), term);
  }
  const unquoted = corrected.replace(/["“”]/g, " ").replace(/\s+/g, " ").trim();
  return [...new Set([...found, corrected, unquoted])].filter((each) => each && each !== query);
}

// The term that looks most like a word, further away than a correction may be.
/** @param {Lexicon[]} lexicons @param {string} word */
function nearestTerm(lexicons, word) {
  const hangul = isHangul(word);
  const keys = hangul ? jamo(word) : word;
  if (keys.length < 5 || /\d/.test(word)) return "";
  const most = keys.length < 9 ? 2 : 3;
  const near = lexicons.flatMap((lexicon) => lexicon.similar(keys, most, hangul).map(({ term, edits }) => ({ term, value: lexicon.class(term) - 2 * edits })));
  return near.sort((a, b) => b.value - a.value)[0]?.term ?? "";
}

// A word of a name or a title that looks like one behind its sign; the lookup read those with the same beginning.
/** @param {Search} search @param {string} term */
function nearestSigned(search, term) {
  const near = search.tails.get(termKey(term))?.lexicon.similar(term, term.length < 6 ? 1 : 2, false) ?? [];
  return near.sort((a, b) => a.edits - b.edits)[0]?.term.slice(1) ?? "";
}

/** @param {string} text @param {string[]} names */
function nearest(text, names) {
  const most = text.length < 5 ? 1 : 2;
  const near = names.map((name) => ({ name, edits: editDistance(text, name, most) })).filter(({ edits }) => edits <= most);
  return near.sort((a, b) => a.edits - b.edits)[0]?.name ?? "";
}
