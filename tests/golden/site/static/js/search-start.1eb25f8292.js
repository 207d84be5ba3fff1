// Waits for interest in search (the / key, Ctrl or ⌘ K, a search field, a link to search), and only then loads the rest.

const load = () => import("./search-ui.f5750dec07.js");

async function openDialog(event) {
  event.preventDefault();
  (await load()).openDialog();
}

// A Korean layout may give another character on the same key, and then its place decides; on a German one `/` lies elsewhere.
const isKey = (event, character, place) =>
  event.key === character || (event.code === place && !event.shiftKey && !/^[ -~]$/.test(event.key));

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented || event.altKey) return;
  const control = event.ctrlKey || event.metaKey;
  const k = control && isKey(event, "k", "KeyK");
  const slash = !control && isKey(event, "/", "Slash");
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  const busy = document.querySelector("dialog[open]:not(#search-dialog)");
  if (!busy && (k || (slash && !typing))) {
    const field = document.querySelector(".search-page #q");
    if (!field) return void openDialog(event);
    event.preventDefault();
    field.focus();
    field.select();
  }
});

for (const opener of document.querySelectorAll("[data-search-open]")) {
  const here = opener.getAttribute("aria-current") === "page";
  for (const sign of ["pointerdown", "focus"]) opener.addEventListener(sign, load, { once: true });
  opener.addEventListener("click", (event) => {
    if (!here && !event.ctrlKey && !event.metaKey && !event.shiftKey) openDialog(event);
  });
}

for (const field of document.querySelectorAll('input[type="search"]')) {
  field.addEventListener("focus", async () => (await load()).warm(), { once: true });
}

// A result page is one that was asked for.
if (document.getElementById("search-results") && new URLSearchParams(location.search).has("q")) load();
