
import { isKey } from "./keys.cfbb817a48.js";

const root = document.documentElement;
const { body } = document;

const all = (selector, within = document) => [.../** @type {NodeListOf<HTMLElement>} */ (within.querySelectorAll(selector))];

const first = (selector, within = document) => /** @type {HTMLElement | null} */ (within.querySelector(selector));

export function recall(key, store = "localStorage") {
try {
return window[store].getItem(`digest:${key}`);
} catch {
return null;
}
}

export function remember(key, value, store = "localStorage") {
try {
if (value === null) window[store].removeItem(`digest:${key}`);
else window[store].setItem(`digest:${key}`, value);
} catch {
}
}


const THEMES = ["auto", "light", "dark"];
const themeButton = first("[data-theme-button]");

const currentTheme = () => root.dataset.theme ?? "auto";

function nameTheme() {
if (!themeButton) return;
const { label, names = "" } = themeButton.dataset;
const name = `${label}: ${names.split("|")[THEMES.indexOf(currentTheme())]}`;
if (themeButton.lastElementChild) themeButton.lastElementChild.textContent = name;
themeButton.title = name;
}

function paintBar() {
for (const meta of /** @type {HTMLMetaElement[]} */ (all('meta[name="theme-color"]'))) {
meta.dataset.media ??= meta.media;
const isChosen = meta.dataset.media.includes(currentTheme());
meta.media = currentTheme() === "auto" ? meta.dataset.media : isChosen ? "all" : "not all";
}
}

function turnTheme() {
const theme = THEMES[(THEMES.indexOf(currentTheme()) + 1) % THEMES.length];
if (theme === "auto") delete root.dataset.theme;
else root.dataset.theme = theme;
remember("theme", theme === "auto" ? null : theme);
nameTheme();
paintBar();
}

nameTheme();
paintBar();
themeButton?.addEventListener("click", turnTheme);


for (const box of /** @type {HTMLInputElement[]} */ (all("input[data-remembered]"))) {
box.checked = recall(box.id) !== null;
box.addEventListener("change", () => remember(box.id, box.checked ? "on" : null));
}
delete root.dataset.titles; // from here on, the switch decides


const showKeys = () => /** @type {HTMLDialogElement | null} */ (document.getElementById("keys"))?.showModal();
first("[data-keys-button]")?.addEventListener("click", showKeys);

function step(by) {
if (!first(".entry, .row")) return first(`.turn a[rel="${by > 0 ? "next" : "prev"}"]`)?.click();
const titles = all(".entry > .title a, .row > .title a");
const focused = titles.findIndex((title) => title === document.activeElement);
const passed = titles.filter((title) => title.getBoundingClientRect().top < 80).length - 1;
const target = titles[Math.max(0, (focused < 0 ? passed : focused) + by)];
if (!target) return;
target.focus({ preventScroll: true });
target.closest(".entry, .row")?.scrollIntoView({ block: target.closest(".entry") ? "start" : "center" });
}

const turn = (rel) => first(`main a[rel="${rel}"]`)?.click();

const GO = 1500; // milliseconds to press the second key of `g h`
const goals = all("[data-go]");
let asked = -Infinity;

function go(event) {
if (event.timeStamp - asked > GO) return false;
asked = -Infinity;
const goal = goals.find(({ dataset: { go: letter = "" } }) => isKey(event, letter, `Key${letter.toUpperCase()}`));
goal?.click();
return Boolean(goal);
}

const KEYS = [
["g", "KeyG", (event) => (asked = event.timeStamp)],
["[", undefined, () => turn("prev")],
["]", undefined, () => turn("next")],
["j", "KeyJ", () => step(1)],
["k", "KeyK", () => step(-1)],
["t", "KeyT", turnTheme],
["?", undefined, showKeys],
];

document.addEventListener("keydown", (event) => {
const isPlain = !(event.ctrlKey || event.metaKey || event.altKey) || event.getModifierState("AltGraph"); // `[` in German
if (!isPlain || event.isComposing || event.defaultPrevented) return;
const isTyping = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
if (isTyping || first("dialog[open]")) return;
if (go(event)) return void event.preventDefault();
const act = KEYS.find(([character, place]) => isKey(event, character, place))?.[2];
if (!act) return;
event.preventDefault();
act(event);
});


for (const calendar of all("[data-calendar]")) {
const days = all("li", calendar).map((cell) => cell.querySelector("a"));
const last = days.findLast(Boolean);
if (!last) continue;
last.tabIndex = 0;
calendar.addEventListener("keydown", (event) => {
const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const by = steps[event.key];
const from = days.findIndex((day) => day === event.target);
if (from < 0 || !by) return;
event.preventDefault();
let at = from + by;
while (at in days && !days[at]) at += by;
const [here, there] = [days[from], days[at]];
if (!here || !there) return;
here.tabIndex = -1;
there.tabIndex = 0;
there.focus();
});
}


async function copy(text) {
if (typeof text === "string") return navigator.clipboard.writeText(text);
const blob = text.then((content) => new Blob([content], { type: "text/plain" }));
await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
}

async function fetchText(address) {
const answer = await fetch(address);
if (!answer.ok) throw new Error(answer.statusText);
return answer.text();
}

function makeCopy(button, text, otherwise) {
const label = button.textContent;
let restoring;
button.setAttribute("aria-live", "polite");
button.addEventListener("click", async (event) => {
if (event.ctrlKey || event.metaKey || event.shiftKey) return;
event.preventDefault();
try {
await copy(text());
} catch {
return otherwise();
}
button.textContent = body.dataset.copied ?? "";
clearTimeout(restoring);
restoring = setTimeout(() => (button.textContent = label), 2000);
});
}

for (const button of all("[data-copy], [data-copy-text]")) {
const address = button.dataset.copy;
const text = address === undefined ? (button.previousElementSibling?.textContent ?? "") : new URL(address, location.href).href;
makeCopy(button, () => text, () => void prompt(button.textContent ?? "", text));
}

for (const link of /** @type {HTMLAnchorElement[]} */ (all("a[data-copy-file]"))) {
link.textContent = link.dataset.copyFile ?? "";
makeCopy(link, () => fetchText(link.href), () => location.assign(link.href));
}


addEventListener("beforeprint", () => {
const printed = new Set();
for (const link of /** @type {HTMLAnchorElement[]} */ (all(":is(.said, .source) a[href^='http']"))) {
if (printed.has(link.href)) link.classList.add("bare");
printed.add(link.href);
}
});


for (const formula of all(":is(.said, .quoted) :is(.wide, span.math)")) if (formula.scrollWidth > formula.clientWidth) formula.tabIndex = 0;

const formulaAround = (node) => (node instanceof Element ? node : node.parentElement)?.closest("math");

document.addEventListener("copy", (event) => {
const selection = getSelection();
if (!selection || selection.isCollapsed || !event.clipboardData) return;
const range = selection.getRangeAt(0).cloneRange();
const [start, end] = [formulaAround(range.startContainer), formulaAround(range.endContainer)];
if (start) range.setStartBefore(start);
if (end) range.setEndAfter(end);
const copied = document.createElement("div");
copied.append(range.cloneContents());
const formulas = all("math", copied);
if (!formulas.length) return;
for (const link of /** @type {HTMLAnchorElement[]} */ (all("a[href]", copied))) link.setAttribute("href", link.href);
event.clipboardData.setData("text/html", copied.innerHTML);
for (const formula of formulas) {
const mark = formula.hasAttribute("display") ? "$$" : "$";
formula.replaceWith(mark + formula.getAttribute("alttext") + mark);
}
copied.className = "vh";
body.append(copied);
event.clipboardData.setData("text/plain", copied.innerText);
copied.remove();
event.preventDefault();
});


const dated = all(".row[data-date], .entry[data-date]");
const dateOf = (/** @type {HTMLElement} */ item) => item.dataset.date ?? "";
const seen = recall("seen");
const since = recall("since", "sessionStorage") ?? seen ?? "";
remember("since", since, "sessionStorage");
for (const item of dated) {
if (!since || dateOf(item) <= since) continue;
item.classList.add("is-new");
const mark = first(".title, .kind", item);
if (mark) mark.dataset.new = body.dataset.new;
}
const newest = dated.map(dateOf).reduce((latest, date) => (date > latest ? date : latest), seen ?? "");
if (newest && newest !== seen) remember("seen", newest);


const MOST_READ = 2000;
const read = new Set((recall("read") ?? "").split("\n").filter(Boolean));
if (first(".entry-page")) {
read.delete(location.pathname);
read.add(location.pathname);
remember("read", [...read].slice(-MOST_READ).join("\n"));
}
for (const row of read.size ? all(".row") : []) {
const link = /** @type {HTMLAnchorElement | null} */ (first(".title a", row));
if (link && read.has(link.pathname)) row.classList.add("is-read");
}


function followContents(contents) {
const links = new Map(/** @type {HTMLAnchorElement[]} */ (all("a[href^='#']", contents)).map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
const inView = new Set();
const page = first("[aria-current=page]", contents);
if (page) contents.scrollTo({ top: page.offsetTop - contents.clientHeight / 2 });
const observer = new IntersectionObserver(
(changes) => {
for (const change of changes) inView[change.isIntersecting ? "add" : "delete"](change.target.id);
const link = [...links].find(([id]) => inView.has(id))?.[1];
if (!link || link.hasAttribute("aria-current")) return;
for (const each of links.values()) each.removeAttribute("aria-current");
link.setAttribute("aria-current", "true");
contents.scrollTo({ left: link.offsetLeft - contents.clientWidth / 4, top: link.offsetTop - contents.clientHeight / 2 });
},
{ rootMargin: "-15% 0px -60%" },
);
for (const id of links.keys()) {
const entry = document.getElementById(id);
if (entry) observer.observe(entry);
}
}

const contents = first("[data-contents]");
if (contents) followContents(contents);


const PREVIEWED = ":is(.said, .quoted, .brief) a[href]";
const connection = /** @type {any} */ (navigator).connection;
const isCostly = connection?.saveData || /2g|3g/.test(connection?.effectiveType ?? "") || matchMedia("(prefers-reduced-data: reduce)").matches;

async function offerPreview(event) {
const link = event.target instanceof Element && /** @type {HTMLAnchorElement | null} */ (event.target.closest(PREVIEWED));
if (!link || (event instanceof PointerEvent && event.pointerType !== "mouse")) return;
const { offer } = await import("./preview.3e6cb91166.js");
offer(link, event instanceof PointerEvent ? { x: event.clientX, y: event.clientY } : null);
}

if (!isCostly && "popover" in root) {
const main = document.getElementById("main");
main?.addEventListener("pointerover", offerPreview);
main?.addEventListener("focusin", offerPreview);
}
