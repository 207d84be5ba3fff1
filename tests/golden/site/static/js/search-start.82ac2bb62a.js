
import { isKey } from "./keys.96cc8e756d.js";


const settings = /** @type {Record<string, string>} */ (document.getElementById("search-settings")?.dataset ?? {});
const base = new URL(settings.base ?? "", location.href);

const importAll = () => [
  import("./search-dates.8b32adc637.js"),
  import("./search-dom.ebc9ac267a.js"),
  import("./search-everyday.034d1d1875.js"),
  import("./search-expand.0987ec90dc.js"),
  import("./search-fields.d7a4dc65de.js"),
  import("./search-format.6dc3d93e31.js"),
  import("./search-kept-list.99626d2889.js"),
  import("./search-kept.da9b8e4ed2.js"),
  import("./search-language.ebf48040ec.js"),
  import("./search-lexicon.167812ad93.js"),
  import("./search-line.6d01fefd85.js"),
  import("./search-lookup.366b0d8d2c.js"),
  import("./search-match.e9298e0057.js"),
  import("./search-names.668e9a5eb4.js"),
  import("./search-notes.15ef470c9a.js"),
  import("./search-panel.0257bb229d.js"),
  import("./search-plan.830236ebb7.js"),
  import("./search-query.01d5c258d6.js"),
  import("./search-result.71e3f0860c.js"),
  import("./search-score.3f00499a77.js"),
  import("./search-shared.52d636e26e.js"),
  import("./search-side.e9b44f9682.js"),
  import("./search-similar.d74715b3e9.js"),
  import("./search-snippet.0b5e0cabd4.js"),
  import("./search-sound.28f87e8aeb.js"),
  import("./search-split.2ede93584e.js"),
  import("./search-state.4b7d2222e4.js"),
  import("./search-store.4b478b15cf.js"),
  import("./search-tags.61e641627e.js"),
  import("./search-tokens.0091fc0968.js"),
  import("./search-words.7b2298b695.js"),
  import("./search.01bf0fe7e5.js"),
];

let loading = null;

function load() {
  if (!loading) {
    const ui = import("./search-ui.2ee438a766.js");
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
