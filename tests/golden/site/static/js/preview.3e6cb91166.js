
const SHOW_AFTER = 350; // milliseconds that the pointer or the focus rests on a link
const HIDE_AFTER = 250; // milliseconds to move from the link into its preview
const LONGEST = 240; // characters of an excerpt
const TITLES = 6; // entries that the preview of a day names
const GAP = 8; // pixels between a preview, its link and the edge of the window
const PAGES = /^(?:\d{4}\/\d\d\/\d\d\/(?:[^/]+\/)?|notes\/[^/]+\/)$/;


const home = /** @type {HTMLAnchorElement | null} */ (document.querySelector(".brand"))?.pathname ?? "/";
const previews = new Map();

const box = document.createElement("div");
box.id = "preview";
box.className = "preview";
box.popover = "manual";
box.setAttribute("role", "tooltip");
(document.getElementById("main") ?? document.body).append(box);

let current = null;
let timer;
let loading = new AbortController();
let pointer = null;

const isOpen = () => box.matches(":popover-open");
const isWanted = () => Boolean(current?.matches(":hover, :focus-visible") || box.matches(":hover"));

export function offer(link, at) {
const isPage = link.origin === location.origin && link.pathname.startsWith(home) && PAGES.test(link.pathname.slice(home.length));
if (!isPage || link === current || link.pathname === location.pathname || !link.matches(":hover, :focus-visible")) return;
leave();
current = link;
pointer = at;
timer = setTimeout(() => show(link), SHOW_AFTER);
}

async function show(link) {
const preview = await find(link.pathname).catch(() => null);
if (!preview || current !== link || !isWanted()) return;
box.replaceChildren(...write(preview));
box.showPopover();
place(link);
link.setAttribute("aria-describedby", box.id);
}

function close() {
clearTimeout(timer);
loading.abort();
loading = new AbortController();
current?.removeAttribute("aria-describedby");
if (isOpen()) box.hidePopover();
}

function leave() {
close();
current = null;
}

function retreat() {
clearTimeout(timer);
timer = setTimeout(() => isWanted() || leave(), HIDE_AFTER);
}

function place(link) {
const lines = [...link.getClientRects()];
const line = lines.find(({ top, bottom }) => pointer && pointer.y >= top && pointer.y <= bottom) ?? lines[0];
if (!line) return leave();
const { width, height } = box.getBoundingClientRect();
const [right, bottom] = [document.documentElement.clientWidth - width - GAP, innerHeight - height - GAP];
const beside = link.closest("aside") ? link.getBoundingClientRect().left - width - 3 * GAP : -1;
const below = line.bottom + GAP;
const above = line.top - GAP - height;
const [left, top] = beside >= GAP ? [beside, Math.min(line.top - GAP, bottom)] : [line.left, below <= bottom || above < GAP ? below : above];
box.style.left = `${Math.max(GAP, Math.min(left, right))}px`;
box.style.top = `${Math.max(GAP, top)}px`;
}

function find(path) {
const known = previews.get(path);
if (known) return known;
const found = load(path, loading.signal);
previews.set(path, found);
found.catch(() => previews.delete(path)); // it was left, or the connection broke: ask again
return found;
}

async function load(path, signal) {
const answer = await fetch(path, { signal });
return answer.ok ? read(new DOMParser().parseFromString(await answer.text(), "text/html")) : null;
}


function read(page) {
const main = page.querySelector("main");
const title = main?.querySelector("h1");
if (!main || !title || !main.matches(".entry-page, .day-page")) return null;
const text = main.querySelector(".entry-page .said") ?? main.querySelector(".entry-page .quoted");
const authors = main.querySelector(".entry-page .authors [lang], .entry-page .authors span:not(.vh)");
const kind = main.querySelector(".entry-page .kind a")?.textContent;
const date = main.querySelector("[data-written]")?.getAttribute("data-written");
return {
kind: kindOf(main),
about: [kind, date].filter((word) => word !== null && word !== undefined),
title: take(title, 300),
authors: authors && take(authors, 120),
text: text && take(text, LONGEST),
entries: [...main.querySelectorAll(".day-page .entry > .title")].map((each) => take(each, 300)),
};
}

const kindOf = (element) => [...(element.closest('[class*="k-"]')?.classList ?? [])].find((name) => name.startsWith("k-")) ?? "";

function take(element, most) {
const content = document.createDocumentFragment();
let left = most;
const add = (node) => {
if (left <= 0) return;
const text = (node.textContent ?? "").replace(/\s+/g, " ");
if (node.nodeType === Node.TEXT_NODE) {
content.append(text.length > left ? `${text.slice(0, left).replace(/\s\S*$/, "")}…` : text);
left -= text.length;
} else if (/** @type {Element} */ (node).matches("math, .nb")) {
content.append(document.importNode(node, true));
left -= text.length;
} else if (!(/** @type {Element} */ (node).matches("pre, .table, .fn, .ref-out, .vh, script, style"))) {
node.childNodes.forEach(add);
}
};
element.childNodes.forEach(add);
return { content, lang: element.closest("[lang]")?.getAttribute("lang") ?? "", kind: kindOf(element) };
}


function make(name, className, children, lang) {
const made = document.createElement(name);
made.className = className;
if (lang) made.lang = lang;
made.append(...children);
return made;
}

const writePart = (name, className, part) => make(name, className, [part.content.cloneNode(true)], part.lang);

function write({ kind, about, title, authors, text, entries }) {
box.className = `preview ${kind}`;
const parts = [writePart("p", "title", title)];
if (about.length) parts.unshift(make("p", "kind", [make("span", "mark", []), about.join(" · ")]));
if (authors) parts.push(writePart("p", "authors", authors));
if (text) parts.push(writePart("p", "excerpt", text));
const titles = entries.slice(0, TITLES).map((entry) => make("li", entry.kind, [writePart("span", "title", entry)]));
if (entries.length > TITLES) titles.push(make("li", "", [`+${entries.length - TITLES}`]));
if (titles.length) parts.push(make("ul", "brief", titles));
return parts;
}

document.addEventListener("pointerout", (event) => {
if (current && event.target instanceof Node && (current.contains(event.target) || box.contains(event.target))) retreat();
});
document.addEventListener("focusout", () => current && retreat());
document.addEventListener("pointerdown", (event) => {
if (event.target instanceof Node && !box.contains(event.target)) close();
});
document.addEventListener("keydown", (event) => {
if (event.key === "Escape") close();
});
document.addEventListener("scroll", () => current && isOpen() && place(current), { passive: true });
