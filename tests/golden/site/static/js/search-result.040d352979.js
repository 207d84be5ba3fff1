

import { make, marked } from "./search-dom.f052d08305.js";
import { languageOf } from "./search-language.fb6de48491.js";
import { similarButton } from "./search-similar.4b431210df.js";
import { byline, writtenDay } from "./search-words.29a7285ec4.js";

const USUAL_KIND = "paper";
const MOST_TAGS = 4;


export function resultOf(entry, { id, kind, language, words }) {
const lang = (text) => languageOf(text, language);
const title = make("span", { class: "search-title title", dir: "auto", lang: lang(entry.title) }, ...marked(entry.titleParts));
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

function metaOf(entry, kind, lang, words) {
const meta = [];
if (entry.date) meta.push(make("time", { datetime: entry.date, text: writtenDay(words, entry.date) }));
if (entry.kind !== USUAL_KIND) meta.push(make("span", { class: "sort" }, make("span", { class: "mark", "aria-hidden": "true" }), kind));
if (entry.authorParts.length) meta.push(make("span", { class: "by search-authors", dir: "auto", lang: lang(entry.authors) }, make("span", {}, ...marked(entry.authorParts))));
else if (entry.authors) meta.push(make("span", { class: "by", dir: "auto", lang: lang(entry.title), text: byline(words, entry.authors) }));
for (const parts of entry.tagParts.slice(0, MOST_TAGS)) meta.push(make("span", { class: "tag search-tag" }, ...marked(parts)));
return meta.flatMap((part) => [part, " "]);
}

export function missingResult(day, words) {
const date = day ? [make("time", { datetime: day, text: writtenDay(words, day) }), " "] : [];
return make("li", { class: "row search-missing" }, make("p", { class: "meta" }, ...date, make("span", { text: words.missing })));
}
