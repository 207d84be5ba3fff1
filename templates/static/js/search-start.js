// Waits for interest in search (the / key, Ctrl or ⌘ K, a search field, a link to search), and only then loads the rest.

import { isKey } from "./keys.js";

/** @import { Early } from "./search-ui.js" */

const settings = /** @type {Record<string, string>} */ (document.getElementById("search-settings")?.dataset ?? {});
const base = new URL(settings.base ?? "", location.href);

/** @type {Promise<typeof import("./search-ui.js")> | null} */
let loading = null;
/** @type {Map<string, Promise<Response>> | null} */
let files = null;

/** Load the scripts. After a failure the next call tries again. */
function load() {
  if (!loading) {
    loading = import("./search-ui.js");
    loading.catch(() => (loading = files = null));
  }
  return loading;
}

/** Ask for what the first query reads of the index, while the scripts are on their way: the manifest, and what it names. */
function fetchIndex() {
  if (files) return files;
  /** @type {Map<string, Promise<Response>>} */
  const asked = (files = new Map());
  /** @param {string} path @param {Promise<Response>} answer */
  const add = (path, answer) => {
    asked.set(path, answer);
    // It is an error only for the search that needs the file.
    answer.catch(() => {});
  };
  const fetchManifest = async () => {
    const answer = await fetch(new URL("index.json", base), { cache: "no-cache" });
    // The reader of the index says what is wrong with a manifest. The scripts, without which there is no dialog, come first.
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
function prefetch() {
  const index = fetchIndex();
  load()
    .then(({ begin }) => begin(index))
    .catch(() => {});
}

/** @param {Event} event */
async function openDialog(event) {
  event.preventDefault();
  const begun = prepare();
  const index = fetchIndex();
  try {
    await (await load()).openDialog(begun, index);
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
if (document.getElementById("search-results") && location.search) prefetch();
