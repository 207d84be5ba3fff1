// Reads a query: tags, kinds, years, dates and arXiv ids are recognised by their form, and the rest are words.

import { CASE_FOLDS, TAG_JOINTS } from "./search-shared.js";
import { isHangul, normalize, tokenize } from "./search-tokens.js";

/** @typedef {{ text: string, hangul: boolean, glued: boolean }} Word a `glued` word touches the one before it */
/** @typedef {{ type: string, value: string, label?: string }} Field a lookup of a tag, kind or year */
/** @typedef {{ text: string, label: string, test: (day: number) => boolean }} DateLookup `test` takes days as 20240319 */
/** @typedef {{ fields: Field[], date: DateLookup | null, arxiv: string, words: Word[] }} Query */

export const YEAR = /^(?:19|20)\d\d$/;
const MOST_CHARACTERS = 400;
const MOST_WORDS = 24;

const ARXIV = /(?:https?:\/\/)?(?:www\.)?arxiv\.org\/(?:abs|pdf|html)\/(\d{4}\.\d{4,5})\S*|(?:arxiv:\s*)?(?<![\d.])(\d{2}(?:0[1-9]|1[0-2])\.\d{3,5})(?:v\d+)?(?![\d.])/i;
const FIELD = /(?<!\S)(?:(tag|kind|year|태그|종류|연도):|[#＃])([^\s,]*[^\s,.;])[.,;]*/giu;
/** @type {Record<string, string>} */
const FIELD_NAMES = { tag: "tag", 태그: "tag", kind: "kind", 종류: "kind", year: "year", 연도: "year" };

/** @param {number} part */
const pad = (part) => String(part).padStart(2, "0");
/** @param {number} month @param {number} day */
const isValid = (month, day) => month >= 1 && month <= 12 && day >= 1 && day <= 31;
/** @param {string | undefined} year */
const fullYear = (year) => (year ? (year.length === 2 ? 2000 + +year : +year) : 0);

// Each pattern gives [year, month, day], with 0 for what it leaves open.
/** @type {[RegExp, (match: RegExpExecArray) => [number, number, number]][]} */
const DATES = [
  [/(?<!\S)((?:19|20)\d\d)[-./](\d{1,2})[-./](\d{1,2})\.?(?!\S)/, (m) => [+m[1], +m[2], +m[3]]],
  [/(?<!\S)((?:19|20)\d\d)-(\d{1,2})(?!\S)/, (m) => [+m[1], +m[2], 0]],
  [/(?:((?:19|20)?\d\d)\s*년\s*)?(?<!\d)(\d{1,2})\s*월\s*(\d{1,2})\s*일(?:자|에|의)?(?!\S)/, (m) => [fullYear(m[1]), +m[2], +m[3]]],
  [/((?:19|20)?\d\d)\s*년\s*(\d{1,2})\s*월(?:호|에|의)?(?!\S)/, (m) => [fullYear(m[1]), +m[2], 0]],
  [/(?<!\S)((?:19|20)\d\d)(\d\d)(\d\d)(?!\S)/, (m) => [+m[1], +m[2], +m[3]]],
  [/(?<!\S)(\d\d)(\d\d)(\d\d)(?!\S)/, (m) => [2000 + +m[1], +m[2], +m[3]]],
];

/** Find the day or month that a text names. @param {string} text @returns {DateLookup | null} */
function findDate(text) {
  for (const [pattern, read] of DATES) {
    const match = pattern.exec(text);
    if (!match) continue;
    const [year, month, day] = read(match);
    if (!isValid(month, day || 1)) continue;
    const label = [year || "····", pad(month), ...(day ? [pad(day)] : [])].join("-");
    /** @param {number} date */
    const test = (date) =>
      (!year || Math.floor(date / 10000) === year) && Math.floor(date / 100) % 100 === month && (!day || date % 100 === day);
    return { text: match[0], test, label };
  }
  return null;
}

/** Return a tag's identity, as `tag_key` in src/digest/model.py does. @param {string} label */
export function tagKey(label) {
  const lower = label.normalize("NFKC").toLowerCase();
  return lower.replace(/\P{ASCII}/gu, (char) => CASE_FOLDS.get(char) ?? char).replace(TAG_JOINTS, "-").normalize("NFKC");
}

/** Take a query apart. @param {string} query @returns {Query} */
export function parseQuery(query) {
  let rest = query.normalize("NFC").slice(0, MOST_CHARACTERS);
  /** @type {Field[]} */
  const fields = [];
  rest = rest.replace(FIELD, (_, name, value) => {
    fields.push({ type: name ? FIELD_NAMES[name.toLowerCase()] : "tag", value });
    return " ";
  });
  let arxiv = "";
  rest = rest.replace(ARXIV, (_, linked, bare) => {
    arxiv = linked ?? bare;
    return " ";
  });
  const date = findDate(rest);
  if (date) rest = rest.replace(date.text, " ");
  return { fields, date, arxiv, words: splitWords(rest) };
}

/** Split text into words. @param {string} text @returns {Word[]} */
export function splitWords(text) {
  return normalize(text)
    .split(/\s+/)
    .flatMap((part) => tokenize(part, false).map((token, at) => ({ text: token, hangul: isHangul(token), glued: at > 0 })))
    .slice(0, MOST_WORDS);
}
