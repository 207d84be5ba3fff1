
import { isKey } from "./keys.cfbb817a48.js";


const settings = /** @type {Record<string, string>} */ (document.getElementById("search-settings")?.dataset ?? {});
const base = new URL(settings.base ?? "", location.href);

const importAll = () => [
import("./search-dates.6bb16558f4.js"),
import("./search-dom.f052d08305.js"),
import("./search-everyday.e28270b1f5.js"),
import("./search-expand.50785de41f.js"),
import("./search-fields.285e71df40.js"),
import("./search-format.cc806424e4.js"),
import("./search-kept-list.937322ae0e.js"),
import("./search-kept.9f5960dd20.js"),
import("./search-language.fb6de48491.js"),
import("./search-lexicon.815a5fbfbf.js"),
import("./search-line.2e8c1ecfc3.js"),
import("./search-lookup.717c458271.js"),
import("./search-match.3c2972cd3a.js"),
import("./search-names.d292dcc1ee.js"),
import("./search-notes.fd79e4625c.js"),
import("./search-panel.a233f42dd2.js"),
import("./search-plan.720c29234f.js"),
import("./search-query.a4fa65c4f2.js"),
import("./search-result.040d352979.js"),
import("./search-score.1cb6721e68.js"),
import("./search-shared.6510057e36.js"),
import("./search-side.e209cea5cc.js"),
import("./search-similar.4b431210df.js"),
import("./search-snippet.1815521ca9.js"),
import("./search-sound.c4c273be6b.js"),
import("./search-split.fae74f5315.js"),
import("./search-state.74da9f77b3.js"),
import("./search-store.a6d0d65dc1.js"),
import("./search-tags.87a3d5ce6c.js"),
import("./search-tokens.9e0f97c4a9.js"),
import("./search-words.29a7285ec4.js"),
import("./search.1a27b938ab.js"),
];

let loading = null;

function load() {
if (!loading) {
const ui = import("./search-ui.7ab9bc0a47.js");
loading = Promise.all([ui, ...importAll()]).then(() => ui);
loading.catch(() => (loading = null));
}
return loading;
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

const prefetch = () => void load().then(({ warm }) => warm()).catch(() => {});

async function openDialog(event) {
event.preventDefault();
const begun = prepare();
if (!begun.manifest) {
begun.manifest = fetch(new URL("index.json", base), { cache: "no-cache" });
begun.manifest.catch(() => {});
}
try {
await (await load()).openDialog(begun);
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

if (document.getElementById("search-results") && location.search) load();
