// The entries that are like a result, as its own page lists them: no search finds better ones, and the page is one file.

/** @import { Words } from "./search-words.js" */

import { make } from "./search-dom.js";

/** @typedef {{ url: string, title: string, lang: string, kind: string, dated: string }} SimilarEntry */

/** List the entries below the heading of related ones. @param {Document} page @param {string} heading @param {string} address of the page @returns {SimilarEntry[]} */
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

/** @param {string} address @param {string} heading */
async function fetchSimilar(address, heading) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  return similarOf(new DOMParser().parseFromString(await answer.text(), "text/html"), heading, answer.url);
}

/** @param {SimilarEntry} entry */
function itemOf({ url, title, lang, kind, dated }) {
  const link = make("a", { class: "title", href: url, lang: lang || undefined, text: title });
  return make("li", { class: kind || undefined }, link, ...(dated ? [" ", make("span", { class: "dated", text: dated })] : []));
}

/** Read and show the similar entries. @param {HTMLElement} shelf @param {string} address @param {Words} words */
async function fillShelf(shelf, address, words) {
  /** @param {string} text */
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

/**
 * Make a button that shows the similar entries of a result below it, and hides them again.
 * @param {{ url: string, title: string }} entry @param {string} id @param {Words} words
 */
export function similarButton({ url, title }, id, words) {
  // Out of sight, the button says whose similar entries it shows.
  const button = make("button", { type: "button", class: "search-similar", "aria-expanded": "false", "aria-controls": id }, words.similar, make("span", { class: "vh", text: `: ${title}` }));
  const shelf = make("div", { class: "search-shelf", id, hidden: "" });
  button.addEventListener("click", () => {
    shelf.hidden = !shelf.hidden;
    button.setAttribute("aria-expanded", String(!shelf.hidden));
    // After a failure, opening it again tries again.
    if (!shelf.hidden && !shelf.querySelector("a")) fillShelf(shelf, url, words);
  });
  return { button, shelf };
}
