

const LAST_DAY = 99999999;

const pad = (part) => String(part).padStart(2, "0");
const fullYear = (year) => (year ? (year.length === 2 ? 2000 + +year : +year) : 0);
const written = (month) => +month || NaN;

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH = "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
const monthOf = (name) => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
const YEARS_BACK = { 올해: 0, 금년: 0, 작년: 1, 지난해: 1, 재작년: 2, "this year": 0, "last year": 1 };
const RELATIVE_YEAR = "(올해|금년|작년|지난해|재작년|this year|last year)";


const relativeYear = (words, newest) => Math.floor(newest / 10000) - YEARS_BACK[words.toLowerCase().replace(/\s+/g, " ")];
function monthsBack(newest, back) {
const months = Math.floor(newest / 10000) * 12 + (Math.floor(newest / 100) % 100) - 1 - back;
return [Math.floor(months / 12), (months % 12) + 1, 0];
}

const FORMS = [
["((?:19|20)\\d\\d)[-./](\\d{1,2})[-./](\\d{1,2})\\.?", (m) => [+m[1], written(m[2]), +m[3]]],
["((?:19|20)\\d\\d)[-./](\\d{1,2})\\.?", (m) => [+m[1], written(m[2]), 0]],
["(?:((?:19|20)?\\d\\d)\\s*년\\s*)?(\\d{1,2})\\s*월\\s*(\\d{1,2})\\s*일(?:자|에|의)?", (m) => [fullYear(m[1]), written(m[2]), +m[3]]],
["((?:19|20)?\\d\\d)\\s*년\\s*(\\d{1,2})\\s*월(?:호|에|의)?", (m) => [fullYear(m[1]), written(m[2]), 0]],
["((?:19|20)\\d\\d)(\\d\\d)(\\d\\d)", (m) => [+m[1], written(m[2]), +m[3]]],
["(\\d\\d)(\\d\\d)(\\d\\d)", (m) => [2000 + +m[1], written(m[2]), +m[3]]],
["((?:19|20)\\d\\d)(\\d\\d)", (m) => [+m[1], written(m[2]), 0]],
[`(\\d{1,2})(?:st|nd|rd|th)?\\s+${MONTH}\\s+((?:19|20)\\d\\d)`, (m) => [+m[3], monthOf(m[2]), +m[1]]],
[`${MONTH}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+((?:19|20)\\d\\d)`, (m) => [+m[3], monthOf(m[1]), +m[2]]],
[`${MONTH}[\\s-]+((?:19|20)\\d\\d)`, (m) => [+m[2], monthOf(m[1]), 0]],
[`((?:19|20)\\d\\d)\\s+${MONTH}`, (m) => [+m[1], monthOf(m[2]), 0]],
[`${RELATIVE_YEAR}\\s*(\\d{1,2})\\s*월(?:호|에|의)?`, (m, newest) => [relativeYear(m[1], newest), written(m[2]), 0]],
[`${MONTH}\\s+(?:of\\s+)?(this year|last year)`, (m, newest) => [relativeYear(m[2], newest), monthOf(m[1]), 0]],
["(?:지난\\s*달|저번\\s*달|last month)(?:에|의)?", (_, newest) => monthsBack(newest, 1)],
["(?:이번\\s*달|this month)(?:에|의)?", (_, newest) => monthsBack(newest, 0)],
["(\\d{1,2})\\s*월(?:호|에|의)?", (m) => [0, written(m[1]), 0]],
[`${RELATIVE_YEAR}(?:에|의)?`, (m, newest) => [relativeYear(m[1], newest), 0, 0]],
];
const YEAR_FORM = "((?:19|20)\\d\\d)(?:\\s*년(?:도)?)?";
const pattern = (form, before, after) => new RegExp(before + form + after, "iu");
const FIND = FORMS.map(([form, read]) => /** @type {[RegExp, ReadParts]} */ ([pattern(form, "(?<!\\S)", "(?!\\S)"), read]));
const WHOLE = [...FORMS, /** @type {[string, ReadParts]} */ ([YEAR_FORM, (m) => [+m[1], 0, 0]])].map(
([form, read]) => /** @type {[RegExp, ReadParts]} */ ([pattern(form, "^", "$"), read]),
);

function readPeriod(forms, text, newest) {
for (const [form, parts] of forms) {
const match = form.exec(text);
if (!match) continue;
const [year, month, day] = parts(match, newest);
if (!(month <= 12) || day > 31 || (day && !month) || (!month && !year) || year < 0) continue;
const label = [year || "····", ...(month ? [pad(month)] : []), ...(day ? [pad(day)] : [])].join("-");
return { text: match[0], label, year, month, day };
}
return null;
}

export const findPeriod = (text, newest = 0) => readPeriod(FIND, text, newest);

export function contains({ year, month, day }, date) {
return (!year || Math.floor(date / 10000) === year) && (!month || Math.floor(date / 100) % 100 === month) && (!day || date % 100 === day);
}

export function spanOf(text, newest = 0) {
const period = readPeriod(WHOLE, text.trim(), newest);
if (!period?.year) return null;
const { year, month, day } = period;
return { from: year * 10000 + month * 100 + day, to: year * 10000 + (month || 99) * 100 + (day || 99) };
}

const RANGE = /^(.*?)\s*(?:\.{2,}|…|[~～])\s*(.*)$/u;

export function rangeOf(text, newest = 0) {
const match = RANGE.exec(text);
if (!match || !(match[1] || match[2])) return null;
const first = match[1] ? spanOf(match[1], newest) : { from: 0, to: 0 };
const last = match[2] ? spanOf(match[2], newest) : { from: 0, to: LAST_DAY };
return first && last ? { from: first.from || 1, to: last.to } : null;
}

export function boundedBy(type, { from, to }) {
if (type === "from") return { from, to: LAST_DAY };
if (type === "to") return { from: 1, to };
return type === "before" ? { from: 1, to: from - 1 } : { from: to + 1, to: LAST_DAY };
}
