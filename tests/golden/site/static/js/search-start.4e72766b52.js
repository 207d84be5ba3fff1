
import { isKey } from "./keys.cfbb817a48.js";


const settings = /** @type {Record<string, string>} */ (document.getElementById("search-settings")?.dataset ?? {});
const base = new URL(settings.base ?? "", location.href);

let loading = null;
let files = null;

function load() {
if (!loading) {
loading = import("./search-ui.5079dd921a.js");
loading.catch(() => (loading = files = null));
}
return loading;
}

function fetchIndex() {
if (files) return files;
const asked = (files = new Map());
const add = (path, answer) => {
asked.set(path, answer);
answer.catch(() => {});
};
const fetchManifest = async () => {
const answer = await fetch(new URL("index.json", base), { cache: "no-cache" });
const manifest = await answer.clone().json().catch(() => null);
for (const [at, part] of Object.entries(manifest?.parts ?? [])) {
for (const path of [`d${at}.${part?.core}.bin`, `n${at}.${part?.documents}.bin`]) add(path, fetch(new URL(path, base), { priority: "low" }));
}
return answer;
};
add("index.json", fetchManifest());
return asked;
}

function loadStyle() {
const href = new URL(settings.style, location.href).href;
const sheets = /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll('link[rel="stylesheet"]'));
if ([...sheets].some((link) => link.href === href)) return Promise.resolve();
const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
document.head.append(link);
return new Promise((resolve) => ["load", "error"].forEach((end) => link.addEventListener(end, resolve, { once: true })));
}

async function fetchPage() {
const answer = await fetch(base);
if (!answer.ok) throw new Error(answer.statusText);
return new DOMParser().parseFromString(await answer.text(), "text/html");
}

let early = null;

function prepare() {
load().catch(() => {});
early ??= { page: fetchPage(), style: loadStyle() };
early.page.catch(() => (early = null));
return early;
}

function prefetch() {
const index = fetchIndex();
load()
.then(({ begin }) => begin(index))
.catch(() => {});
}

async function openDialog(event) {
event.preventDefault();
const begun = prepare();
const index = fetchIndex();
try {
await (await load()).openDialog(begun, index);
} catch {
location.assign(base);
}
}

document.addEventListener("keydown", (event) => {
if (event.isComposing || event.defaultPrevented || event.altKey) return;
const hasControl = event.ctrlKey || event.metaKey;
const isControlK = hasControl && isKey(event, "k", "KeyK");
const isSlash = !hasControl && isKey(event, "/", "Slash");
const isTyping = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
const isBusy = document.querySelector("dialog[open]:not(#search-dialog)");
if (isBusy || !(isControlK || (isSlash && !isTyping))) return;
const field = /** @type {HTMLInputElement | null} */ (document.querySelector(".search-page #q"));
if (!field) return void openDialog(event);
event.preventDefault();
field.focus();
field.select();
});

for (const opener of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-search-open]"))) {
const isHere = opener.getAttribute("aria-current") === "page";
for (const sign of ["pointerover", "pointerdown", "focus"]) opener.addEventListener(sign, isHere ? prefetch : prepare, { once: true });
opener.addEventListener("click", (event) => {
if (!isHere && !event.ctrlKey && !event.metaKey && !event.shiftKey) openDialog(event);
});
}

for (const field of document.querySelectorAll('input[type="search"]')) field.addEventListener("focus", prefetch, { once: true });

if (document.getElementById("search-results") && location.search) prefetch();
