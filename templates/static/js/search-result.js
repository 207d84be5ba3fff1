// A result as lists of the site show an entry: its title, what was found in it, and small below its date, kind, authors and tags.

/** @import { MarkedEntry } from "./search-snippet.js" */
/** @import { Words } from "./search-words.js" */

import { make, marked, markedTitle } from "./search-dom.js";
import { languageOf } from "./search-language.js";
import { similarButton } from "./search-similar.js";
import { byline, writtenDay } from "./search-words.js";

// Papers are most of a digest: their kind goes without saying, as in lists.
const USUAL_KIND = "paper";
const MOST_TAGS = 4;

/** @typedef {{ id: string, kind: string, language: string, words: Words }} ResultOptions `kind` is the label, `language` that of the notes */

/** Make the item of a list that shows an entry. @param {MarkedEntry} entry @param {ResultOptions} options */
export function resultOf(entry, { id, kind, language, words }) {
  /** @param {string} text */
  const lang = (text) => languageOf(text, language);
  const title = make("span", { class: "search-title title", dir: "auto", lang: lang(entry.title) }, ...markedTitle(entry.titleParts));
  const option = make("a", { class: "search-option", role: "option", id, href: entry.url, "aria-selected": "false" }, title);
  const { snippet } = entry;
  if (snippet.length) {
    const text = snippet.map((part) => part.text).join("");
    option.append(make("span", { class: "opening search-snippet", dir: "auto", lang: lang(text) }, ...marked(snippet)));
  }
  option.append(make("span", { class: "meta search-meta" }, ...metaOf(entry, kind, lang, words)));
  const similar = similarButton(entry, `${id}-similar`, words);
  return make("li", { class: `row search-result k-${entry.kind}` }, option, similar.button, similar.shelf);
}

/** @param {MarkedEntry} entry @param {string} kind @param {(text: string) => string} lang @param {Words} words */
function metaOf(entry, kind, lang, words) {
  const meta = [];
  if (entry.date) meta.push(make("time", { datetime: entry.date, text: writtenDay(words, entry.date) }));
  if (entry.kind !== USUAL_KIND) meta.push(make("span", { class: "sort" }, make("span", { class: "mark", "aria-hidden": "true" }), kind));
  // All authors are shown only if one of them was found.
  if (entry.authorParts.length) meta.push(make("span", { class: "by search-authors", dir: "auto", lang: lang(entry.authors) }, make("span", {}, ...marked(entry.authorParts))));
  else if (entry.authors) meta.push(make("span", { class: "by", dir: "auto", lang: lang(entry.title), text: byline(words, entry.authors) }));
  for (const parts of entry.tagParts.slice(0, MOST_TAGS)) meta.push(make("span", { class: "tag search-tag" }, ...marked(parts)));
  return meta.flatMap((part) => [part, " "]);
}

/** Make the item that stands for an entry whose text could not be fetched. @param {string} day as 2024-03-19, or empty @param {Words} words */
export function missingResult(day, words) {
  const date = day ? [make("time", { datetime: day, text: writtenDay(words, day) }), " "] : [];
  return make("li", { class: "row search-missing" }, make("p", { class: "meta" }, ...date, make("span", { text: words.missing })));
}
