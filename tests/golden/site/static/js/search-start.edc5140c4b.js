
import { isKey } from "./keys.96cc8e756d.js";


const settings = /** @type {Record<string, string>} */ (document.getElementById("search-settings")?.dataset ?? {});
const base = new URL(settings.base ?? "", location.href);

const importAll = () => [
  import("./search-dates.8b32adc637.js"),
  import("./search-dom.ebc9ac267a.js"),
  import("./search-everyday.034d1d1875.js"),
  import("./search-expand.7451929ac8.js"),
  import("./search-fields.4e0d3b207c.js"),
  import("./search-format.682929ca94.js"),
  import("./search-kept-list.6d3bf0f244.js"),
  import("./search-kept.da9b8e4ed2.js"),
  import("./search-language.ebf48040ec.js"),
  import("./search-lexicon.c10c70ff48.js"),
  import("./search-line.afea2ef053.js"),
  import("./search-lookup.193da57325.js"),
  import("./search-match.ca19b9b86f.js"),
  import("./search-names.3fe1cfd565.js"),
  import("./search-notes.833df06ab3.js"),
  import("./search-panel.5266aa6beb.js"),
  import("./search-plan.4c0bfd49a1.js"),
  import("./search-query.3e3459e354.js"),
  import("./search-result.968b1074fb.js"),
  import("./search-score.3f00499a77.js"),
  import("./search-shared.2e7f9fcc2e.js"),
  import("./search-side.e9b44f9682.js"),
  import("./search-similar.d74715b3e9.js"),
  import("./search-snippet.c77ba36151.js"),
  import("./search-sound.0ffce4d4b4.js"),
  import("./search-split.ba62d91f5c.js"),
  import("./search-state.4b7d2222e4.js"),
  import("./search-store.52e763ebe9.js"),
  import("./search-tags.c3028d59d5.js"),
  import("./search-tokens.2c1a76041a.js"),
  import("./search-words.63c2502869.js"),
  import("./search.f88916e028.js"),
];

let loading = null;

function load() {
  if (!loading) {
    const ui = import("./search-ui.299fa5a12c.js");
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
