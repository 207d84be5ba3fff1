// What a reader typed into words and lookups: tags, kinds, years, dates and arXiv ids are recognised, not guessed.

import { isHangul, normalize, tokenize } from "./search-tokens.ffaf7fcb6f.js";

const ARXIV = /(?:https?:\/\/)?(?:www\.)?arxiv\.org\/(?:abs|pdf|html)\/(\d{4}\.\d{4,5})\S*|(?:arxiv:\s*)?(?<![\d.])(\d{2}(?:0[1-9]|1[0-2])\.\d{3,5})(?:v\d+)?(?![\d.])/i;
const FIELD = /(?<!\S)(?:(tag|kind|year|태그|종류|연도):|([#＃]))([^\s,]+)/giu;
const FIELD_NAMES = { tag: "tag", 태그: "tag", kind: "kind", 종류: "kind", year: "year", 연도: "year" };

const pad = (part) => String(part).padStart(2, "0");
const valid = (month, day = 1) => month >= 1 && month <= 12 && day >= 1 && day <= 31;

// Each pattern gives [year, month, day], with 0 for what it leaves open.
const DATES = [
  [/(?<!\S)((?:19|20)\d\d)[-./](\d{1,2})[-./](\d{1,2})\.?(?!\S)/, (m) => [+m[1], +m[2], +m[3]]],
  [/(?<!\S)((?:19|20)\d\d)-(\d{1,2})(?!\S)/, (m) => [+m[1], +m[2], 0]],
  [/(?:((?:19|20)?\d\d)\s*년\s*)?(?<!\d)(\d{1,2})\s*월\s*(\d{1,2})\s*일(?:자|에|의)?(?!\S)/, (m) => [century(m[1]), +m[2], +m[3]]],
  [/((?:19|20)?\d\d)\s*년\s*(\d{1,2})\s*월(?:호|에|의)?(?!\S)/, (m) => [century(m[1]), +m[2], 0]],
  [/(?<!\S)((?:19|20)\d\d)(\d\d)(\d\d)(?!\S)/, (m) => [+m[1], +m[2], +m[3]]],
  [/(?<!\S)(\d\d)(\d\d)(\d\d)(?!\S)/, (m) => [2000 + +m[1], +m[2], +m[3]]],
];

const century = (year) => (year ? (year.length === 2 ? 2000 + +year : +year) : 0);

// The day a text names, as {text, test(day as 20240319), label}, or null.
function findDate(text) {
  for (const [pattern, read] of DATES) {
    const match = pattern.exec(text);
    if (!match) continue;
    const [year, month, day] = read(match);
    if (!valid(month, day || 1)) continue;
    const label = [year || "····", pad(month), ...(day ? [pad(day)] : [])].join("-");
    const test = (date) =>
      (!year || Math.floor(date / 10000) === year) && Math.floor(date / 100) % 100 === month && (!day || date % 100 === day);
    return { text: match[0], test, label };
  }
  return null;
}

export const tagKey = (text) => text.normalize("NFKC").toLowerCase().replace(/[_\s]+/g, "-").replace(/[.,;]+$/, "");

// {fields: [{type, value, text}], date, arxiv, words: [{text, hangul, glued}]}; `glued` words touch the one before.
export function parseQuery(query) {
  let rest = query.normalize("NFC").slice(0, 400);
  const fields = [];
  rest = rest.replace(FIELD, (text, name, hash, value) => {
    fields.push({ type: hash ? "tag" : FIELD_NAMES[name.toLowerCase()], value, text });
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

export function splitWords(text) {
  const words = [];
  for (const part of normalize(text).split(/\s+/)) {
    tokenize(part, false).forEach((token, index) => {
      words.push({ text: token, hangul: isHangul(token), glued: index > 0 });
    });
  }
  return words.slice(0, 24);
}
