
import { ORGANISATIONS, ORGANISATION_WORDS } from "./search-shared.6510057e36.js";


const AUTHORS_IN_SHORT = 2;
const PARTICLE = /^[a-zà-ÿ'’]+$/;
const SUFFIX = /^(?:jr|sr|ii|iii|iv)\.?$/i;

export function wordsOf(page) {
const element = page.getElementById("search-words");
return element ? /** @type {Words} */ ({ ...element.dataset }) : null;
}

export const fill = (form, values) => form.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

export function writtenDay({ date, months }, day) {
const [year, month, number] = day.split("-").map(Number);
const name = months.split("|")[month - 1];
return name ? fill(date, { year, month: name, day: number }) : day;
}

export function byline({ other, others }, authors) {
const names = authors.split(", ").filter(Boolean);
if (names.length <= AUTHORS_IN_SHORT) return names.map(shortName).join(", ");
const more = names.length - 1;
return `${shortName(names[0])} ${fill(more === 1 ? other : others, { n: more })}`;
}

export function shortName(name) {
const parts = name.split(" ").filter((part) => !SUFFIX.test(part));
const words = name.toLowerCase().split(/[ -]/);
const isOrganisation = ORGANISATIONS.has(words[0]) || words.some((word) => ORGANISATION_WORDS.has(word));
if (parts.length < 2 || isOrganisation || !/^[\p{Script=Latin}\p{M}\s.'’-]+$/u.test(name)) return name;
let from = parts.length - 1;
while (from > 1 && PARTICLE.test(parts[from - 1])) from -= 1;
return parts.slice(from).join(" ");
}
