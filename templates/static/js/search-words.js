// The words of the interface, the help and the addresses of tags, which the search page has: no other page carries them.

import { ORGANISATIONS, ORGANISATION_WORDS } from "./search-shared.js";

/** @typedef {Record<string, string>} Words as `data-…` attributes of the search page name them */

const AUTHORS_IN_SHORT = 2;
const PARTICLE = /^[a-zà-ÿ'’]+$/;
const SUFFIX = /^(?:jr|sr|ii|iii|iv)\.?$/i;

/** Read the words that a document of the search page has. @param {Document} page @returns {Words | null} */
export function wordsOf(page) {
  const element = page.getElementById("search-words");
  return element ? /** @type {Words} */ ({ ...element.dataset }) : null;
}

/** Put values into a form such as `{n} results`. @param {string} form @param {Record<string, string | number>} values */
export const fill = (form, values) => form.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

/** Write a day as the lists of the site do. @param {Words} words @param {string} day as 2024-03-19 */
export function writtenDay({ date, months }, day) {
  const [year, month, number] = day.split("-").map(Number);
  const name = months.split("|")[month - 1];
  return name ? fill(date, { year, month: name, day: number }) : day;
}

/** Name authors in short: one or two by their last names, of more the first and how many others. @param {Words} words @param {string} authors by commas */
export function byline({ other, others }, authors) {
  const names = authors.split(", ").filter(Boolean);
  if (names.length <= AUTHORS_IN_SHORT) return names.map(shortName).join(", ");
  const more = names.length - 1;
  return `${shortName(names[0])} ${fill(more === 1 ? other : others, { n: more })}`;
}

/** Return a last name with its particles: `van den Oord`. Names of organisations, and names that are not in Latin letters, stay whole. @param {string} name */
export function shortName(name) {
  const parts = name.split(" ").filter((part) => !SUFFIX.test(part));
  const words = name.toLowerCase().split(/[ -]/);
  const isOrganisation = ORGANISATIONS.has(words[0]) || words.some((word) => ORGANISATION_WORDS.has(word));
  if (parts.length < 2 || isOrganisation || !/^[\p{Script=Latin}\p{M}\s.'’-]+$/u.test(name)) return name;
  let from = parts.length - 1;
  while (from > 1 && PARTICLE.test(parts[from - 1])) from -= 1;
  return parts.slice(from).join(" ");
}
