
const section = /** @type {HTMLElement} */ (document.querySelector("[data-kept]"));
const { kept = "", none = "", site = "" } = section.dataset;

const titleOf = (html) => new DOMParser().parseFromString(html, "text/html").title.replace(` · ${site}`, "");

async function listPages() {
const cache = await caches.open(`digest ${kept} pages`);
const urls = (await cache.keys()).map(({ url }) => url).reverse();
return Promise.all(urls.map(async (url) => ({ url, title: titleOf((await (await cache.match(url))?.text()) ?? "") })));
}

const pages = "caches" in window ? await listPages().catch(() => []) : [];
const list = document.createElement("ul");
list.className = "brief";
for (const { url, title } of pages) {
const link = document.createElement("a");
link.href = url;
link.textContent = title;
const item = document.createElement("li");
item.append(link);
list.append(item);
}
if (pages.length) {
section.append(list);
} else {
const words = document.createElement("p");
words.textContent = none;
section.append(words);
}
