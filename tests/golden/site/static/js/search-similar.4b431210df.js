

import { make } from "./search-dom.f052d08305.js";


export function similarOf(page, heading, address) {
const title = [...page.querySelectorAll("main h2, main h3")].find((each) => each.textContent?.trim() === heading);
const items = [...(title?.parentElement?.querySelectorAll("li") ?? [])];
return items.flatMap((item) => {
const link = item.querySelector("a[href]");
if (!link) return [];
return {
url: new URL(link.getAttribute("href") ?? "", address).href,
title: link.textContent?.trim() ?? "",
lang: link.getAttribute("lang") ?? "",
kind: [...item.classList].find((name) => name.startsWith("k-")) ?? "",
dated: item.querySelector(".dated, time")?.textContent?.trim() ?? "",
};
});
}

async function fetchSimilar(address, heading) {
const answer = await fetch(address);
if (!answer.ok) throw new Error(answer.statusText);
return similarOf(new DOMParser().parseFromString(await answer.text(), "text/html"), heading, answer.url);
}

function itemOf({ url, title, lang, kind, dated }) {
const link = make("a", { class: "title", href: url, lang: lang || undefined, text: title });
return make("li", { class: kind || undefined }, link, ...(dated ? [" ", make("span", { class: "dated", text: dated })] : []));
}

async function fillShelf(shelf, address, words) {
const say = (text) => shelf.replaceChildren(make("p", { role: "status", text }));
say(words.loading);
try {
const entries = await fetchSimilar(address, words.related);
if (entries.length) shelf.replaceChildren(make("ol", { class: "brief" }, ...entries.map(itemOf)));
else say(words.noSimilar);
} catch {
say(words.missing);
}
}

export function similarButton({ url, title }, id, words) {
const button = make("button", { type: "button", class: "search-similar", "aria-expanded": "false", "aria-controls": id }, words.similar, make("span", { class: "vh", text: `: ${title}` }));
const shelf = make("div", { class: "search-shelf", id, hidden: "" });
button.addEventListener("click", () => {
shelf.hidden = !shelf.hidden;
button.setAttribute("aria-expanded", String(!shelf.hidden));
if (!shelf.hidden && !shelf.querySelector("a")) fillShelf(shelf, url, words);
});
return { button, shelf };
}
