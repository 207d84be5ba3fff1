
import { isKey } from "./keys.cfbb817a48.js";


const settings = /** @type {Record<string, string>} */ (document.getElementById("search-settings")?.dataset ?? {});
const base = new URL(settings.base ?? "", location.href);

const importAll = () => [
import("./search-dates.6bb16558f4.js"),
import("./search-dom.f052d08305.js"),
import("./search-everyday.e28270b1f5.js"),
import("./search-expand.cb2672fe8c.js"),
import("./search-fields.fb4f4f2eab.js"),
import("./search-format.0f46ebfd09.js"),
import("./search-kept-list.89737d9dee.js"),
import("./search-kept.9f5960dd20.js"),
import("./search-language.fb6de48491.js"),
import("./search-lexicon.f916950f19.js"),
import("./search-line.5e109a2740.js"),
import("./search-lookup.d3e238a8c1.js"),
import("./search-match.01fc9f631d.js"),
import("./search-names.a37e6beade.js"),
import("./search-notes.620ec3c9f7.js"),
import("./search-panel.51649ce945.js"),
import("./search-plan.ab051808ac.js"),
import("./search-query.3ac2160590.js"),
import("./search-result.13cbf4185b.js"),
import("./search-score.1cb6721e68.js"),
import("./search-shared.4983af037a.js"),
import("./search-side.e209cea5cc.js"),
import("./search-similar.4b431210df.js"),
import("./search-snippet.b4e7ebaca1.js"),
import("./search-sound.49a1b21efd.js"),
import("./search-split.9ff11e07a6.js"),
import("./search-state.74da9f77b3.js"),
import("./search-store.21eb0c552e.js"),
import("./search-tags.2f8cb7693b.js"),
import("./search-tokens.f886532cab.js"),
import("./search-words.bcb72c9ba6.js"),
import("./search.5a95879066.js"),
];

let loading = null;

function load() {
if (!loading) {
const ui = import("./search-ui.c67f16ea1a.js");
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
