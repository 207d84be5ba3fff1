// Waits for interest in search (the / key, Ctrl or ⌘ K, a search field, a link to search), and only then loads the rest.

import { isKey } from "./keys.js";

const load = () => import("./search-ui.js");

// What is loaded ahead of need may fail in silence: the need itself tries again.
const prepare = () => void load().then(({ fetchPage }) => fetchPage()).catch(() => {});
const prefetch = () => void load().then(({ warm }) => warm()).catch(() => {});

/** @param {Event} event */
async function openDialog(event) {
  event.preventDefault();
  (await load()).openDialog();
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
  for (const sign of ["pointerover", "pointerdown", "focus"]) opener.addEventListener(sign, prepare, { once: true });
  opener.addEventListener("click", (event) => {
    if (!isHere && !event.ctrlKey && !event.metaKey && !event.shiftKey) openDialog(event);
  });
}

for (const field of document.querySelectorAll('input[type="search"]')) field.addEventListener("focus", prefetch, { once: true });

// The address of a result page holds a query, or filters.
if (document.getElementById("search-results") && location.search) load();
