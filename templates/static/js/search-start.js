// Waits for interest in search (the / key, Ctrl or ⌘ K, a search field, a link to search), and only then loads the rest.

import { isKey } from "./keys.js";

/** @import { Early } from "./search-ui.js" */

const settings = /** @type {Record<string, string>} */ (document.getElementById("search-settings")?.dataset ?? {});
const base = new URL(settings.base ?? "", location.href);

/** @type {Promise<typeof import("./search-ui.js")> | null} */
let loading = null;

/** Load the scripts. After a failure the next call tries again. */
function load() {
  if (!loading) {
    loading = import("./search-ui.js");
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
  // The dialog opens without its style rather than never.
  return new Promise((resolve) => ["load", "error"].forEach((end) => link.addEventListener(end, resolve, { once: true })));
}

async function fetchPage() {
  const answer = await fetch(base);
  if (!answer.ok) throw new Error(answer.statusText);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** @type {Early | null} */
let early = null;

/** Load what the dialog needs: the scripts, its style, and the search page, which has its words. After a failure the next call tries again. */
function prepare() {
  load().catch(() => {});
  early ??= { page: fetchPage(), style: loadStyle() };
  early.page.catch(() => (early = null));
  return early;
}

// What is loaded ahead of need may fail in silence: the need itself tries again.
const prefetch = () => void load().then(({ warm }) => warm()).catch(() => {});

/** @param {Event} event */
async function openDialog(event) {
  event.preventDefault();
  const begun = prepare();
  if (!begun.manifest) {
    begun.manifest = fetch(new URL("index.json", base), { cache: "no-cache" });
    // It is an error only for the search that needs it.
    begun.manifest.catch(() => {});
  }
  try {
    await (await load()).openDialog(begun);
  } catch {
    // Without its words there is no dialog: the search page says what is wrong, or works.
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

// The address of a result page holds a query, or filters.
if (document.getElementById("search-results") && location.search) load();
