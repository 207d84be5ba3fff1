
import { contains, findPeriod, rangeOf } from "./search-dates.6bb16558f4.js";
import { CASE_FOLDS, TAG_JOINTS } from "./search-shared.6510057e36.js";
import { isHangul, normalize, tokenize } from "./search-tokens.9e0f97c4a9.js";


export const YEAR = /^(?:19|20)\d\d$/;
const MOST_CHARACTERS = 400;
const MOST_WORDS = 24;

const ARXIV = /(?:https?:\/\/)?(?:www\.)?arxiv\.org\/(?:abs|pdf|html)\/(\d{4}\.\d{4,5})\S*|(?:arxiv:\s*)?(?<![\d.])(\d{2}(?:0[1-9]|1[0-2])\.\d{3,5})(?:v\d+)?(?![\d.])/i;

export const FIELD_NAMES = {
tag: "tag", 태그: "tag", kind: "kind", 종류: "kind", year: "year", 연도: "year", author: "author", 저자: "author", title: "title", 제목: "title",
from: "from", 부터: "from", to: "to", 까지: "to", before: "before", 이전: "before", after: "after", 이후: "after", date: "date", 날짜: "date",
has: "has", 포함: "has", sort: "sort", 정렬: "sort",
};
export const FIELDS = [...new Set(Object.values(FIELD_NAMES))];
const ORDERS = { date: "newest", newest: "newest", 날짜: "newest", 최신: "newest", oldest: "oldest", 오래된: "oldest", relevance: "", 관련도: "" };

const ITEM = /([-－](?=[\p{L}\p{N}"“#＃]))?(?:(\p{L}[\p{L}_]+)[:：](?![:：/\\])|([#＃]))?(?:["“”]([^"“”]*)["“”]?|([^\s"“”]\S*)?)/uy;
const OR = /^(?:OR|\|)$/;

function itemsOf(query) {
const items = [];
for (let at = 0; at < query.length; ) {
ITEM.lastIndex = at;
const match = ITEM.exec(query);
const text = match?.[0] ?? "";
if (!match || !text) {
at += 1;
continue;
}
const [, sign = "", name = "", hash = "", phrase, value = ""] = match;
items.push({ sign, name: hash ? "#" : name.toLowerCase(), phrase, value, text });
at += text.length;
}
return items;
}

export function parseQuery(query, newest = 0) {
const parser = new Parser(newest);
const items = itemsOf(query.normalize("NFC").slice(0, MOST_CHARACTERS));
items.forEach((item, at) => parser.add(item, items[at + 1]));
return parser.finish();
}

class Parser {
constructor(newest) {
this.newest = newest;
this.clauses = [];
this.problems = [];
this.sort = "";
this.plain = "";
this.negated = false;
this.open = null;
}

add(item, next) {
if (item.text === "NOT") this.negated = true;
else if (OR.test(item.text)) this.open ??= this.clauses.at(-1) ?? null;
else if (item.text !== "AND") this.addOperand(item, OR.test(next?.text ?? ""));
}

addOperand(item, isBeforeOr) {
const atom = this.atomOf(item);
const negated = this.negated || item.sign !== "";
this.negated = false;
if (atom === null) return;
const isPlain = typeof atom === "string";
if (this.open && !negated) {
this.open.atoms.push(isPlain ? wordAtom(atom) : atom);
this.open = null;
} else if (isPlain && !negated && !isBeforeOr) {
this.plain += ` ${atom}`;
} else {
this.clauses.push({ negated, atoms: [isPlain ? wordAtom(atom) : atom] });
}
}

atomOf({ sign, name, phrase, value, text }) {
const quoted = phrase !== undefined;
const bare = quoted ? phrase.trim() : value.replace(/[,;]+$/, "").replace(/(?<!\.)\.$/, "");
if (!name) {
if (quoted) return this.phraseOf(bare, /["“”]$/.test(text.slice(sign.length + 1)));
const range = rangeOf(bare, this.newest);
return range ? { type: "date", value: bare } : text.slice(sign.length);
}
if (name === "#") return /[\p{L}\p{N}]/u.test(bare) ? { type: "tag", value: bare, loose: true } : "";
if (name === "arxiv") return text.slice(sign.length);
const type = FIELD_NAMES[name];
if (!bare) return type ? null : `${text.slice(sign.length)} `;
if (!type) {
this.problems.push({ type: "field", name, value: bare });
return null;
}
if (type !== "sort") return { type, value: bare, quoted };
const order = ORDERS[bare.toLowerCase()];
if (order === undefined) this.problems.push({ type: "value", name, value: bare });
else this.sort = order;
return null;
}

phraseOf(phrase, isClosed) {
const words = phrase.split(/\s+/);
const last = isClosed ? "" : words.pop();
const value = words.join(" ");
if (last) this.plain += ` ${last}`;
return tokenize(value, false).length ? { type: "phrase", value } : null;
}

finish() {
let rest = this.plain;
let arxiv = "";
rest = rest.replace(ARXIV, (_, linked, bare) => {
arxiv = linked ?? bare;
return " ";
});
const period = findPeriod(rest, this.newest);
if (period) rest = rest.replace(period.text, " ");
const test = (day) => period !== null && contains(period, day);
const date = period && { text: period.text, label: period.label, test };
const { clauses, sort, problems } = this;
return { clauses, date, arxiv, words: splitWords(rest), sort, problems };
}
}

const wordAtom = (text) => ({ type: "word", value: text });

export function tagKey(label) {
const lower = label.normalize("NFKC").toLowerCase();
return lower.replace(/\P{ASCII}/gu, (char) => CASE_FOLDS.get(char) ?? char).replace(TAG_JOINTS, "-").normalize("NFKC");
}

export function splitWords(text) {
return normalize(text)
.split(/\s+/)
.flatMap((part) => tokenize(part, false).map((token, at) => ({ text: token, hangul: isHangul(token), glued: at > 0 })))
.slice(0, MOST_WORDS);
}
