
import { CASE_FOLDS, TAG_JOINTS } from "./search-shared.0ea0428364.js";
import { isHangul, normalize, tokenize } from "./search-tokens.9ac326128a.js";


export const YEAR = /^(?:19|20)\d\d$/;
const MOST_CHARACTERS = 400;
const MOST_WORDS = 24;

const ARXIV = /(?:https?:\/\/)?(?:www\.)?arxiv\.org\/(?:abs|pdf|html)\/(\d{4}\.\d{4,5})\S*|(?:arxiv:\s*)?(?<![\d.])(\d{2}(?:0[1-9]|1[0-2])\.\d{3,5})(?:v\d+)?(?![\d.])/i;
const FIELD = /(?<!\S)(?:(tag|kind|year|태그|종류|연도):|[#＃])([^\s,]*[^\s,.;])[.,;]*/giu;
const FIELD_NAMES = { tag: "tag", 태그: "tag", kind: "kind", 종류: "kind", year: "year", 연도: "year" };

const pad = (part) => String(part).padStart(2, "0");
const isValid = (month, day) => month >= 1 && month <= 12 && day >= 1 && day <= 31;
const fullYear = (year) => (year ? (year.length === 2 ? 2000 + +year : +year) : 0);

const DATES = [
  [/(?<!\S)((?:19|20)\d\d)[-./](\d{1,2})[-./](\d{1,2})\.?(?!\S)/, (m) => [+m[1], +m[2], +m[3]]],
  [/(?<!\S)((?:19|20)\d\d)-(\d{1,2})(?!\S)/, (m) => [+m[1], +m[2], 0]],
  [/(?:((?:19|20)?\d\d)\s*년\s*)?(?<!\d)(\d{1,2})\s*월\s*(\d{1,2})\s*일(?:자|에|의)?(?!\S)/, (m) => [fullYear(m[1]), +m[2], +m[3]]],
  [/((?:19|20)?\d\d)\s*년\s*(\d{1,2})\s*월(?:호|에|의)?(?!\S)/, (m) => [fullYear(m[1]), +m[2], 0]],
  [/(?<!\S)((?:19|20)\d\d)(\d\d)(\d\d)(?!\S)/, (m) => [+m[1], +m[2], +m[3]]],
  [/(?<!\S)(\d\d)(\d\d)(\d\d)(?!\S)/, (m) => [2000 + +m[1], +m[2], +m[3]]],
];

function findDate(text) {
  for (const [pattern, read] of DATES) {
    const match = pattern.exec(text);
    if (!match) continue;
    const [year, month, day] = read(match);
    if (!isValid(month, day || 1)) continue;
    const label = [year || "····", pad(month), ...(day ? [pad(day)] : [])].join("-");
    const test = (date) =>
      (!year || Math.floor(date / 10000) === year) && Math.floor(date / 100) % 100 === month && (!day || date % 100 === day);
    return { text: match[0], test, label };
  }
  return null;
}

export function tagKey(label) {
  const lower = label.normalize("NFKC").toLowerCase();
  return lower.replace(/\P{ASCII}/gu, (char) => CASE_FOLDS.get(char) ?? char).replace(TAG_JOINTS, "-").normalize("NFKC");
}

export function parseQuery(query) {
  let rest = query.normalize("NFC").slice(0, MOST_CHARACTERS);
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

export function splitWords(text) {
  return normalize(text)
    .split(/\s+/)
    .flatMap((part) => tokenize(part, false).map((token, at) => ({ text: token, hangul: isHangul(token), glued: at > 0 })))
    .slice(0, MOST_WORDS);
}
