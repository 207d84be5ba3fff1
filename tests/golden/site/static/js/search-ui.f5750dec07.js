// The search dialog and the search page: one panel of field, notices, results and facets over the index's reader.

import { IndexError, openSearch } from "./search.2d8c7113f1.js";
import { make } from "./search-dom.d17b72edd4.js";
import { Panel } from "./search-panel.bf3c228b4c.js";

const settings = document.getElementById("search-settings").dataset;
const base = new URL(settings.base, location.href);

async function fetchBytes(path) {
  let response;
  try {
    // The manifest names all other files by their content, so they may come from any cache.
    response = await fetch(new URL(path, base), path === "index.json" ? { cache: "no-cache" } : {});
  } catch {
    throw new IndexError("unreachable", path);
  }
  if (!response.ok) throw new IndexError(response.status === 404 ? "missing" : "unreachable", path);
  return new Uint8Array(await response.arrayBuffer());
}

let opening = null;

// The reader of the index, opened once. After a failure the next call tries again, with a fresh manifest.
export function warm({ again = false } = {}) {
  if (again) opening = null;
  opening ??= openSearch(fetchBytes).then((index) => {
    (window.requestIdleCallback ?? setTimeout)(() => index.prepare());
    return index;
  });
  opening.catch(() => (opening = null));
  return opening;
}

function loadStyle() {
  const href = new URL(settings.style, location.href).href;
  if ([...document.querySelectorAll('link[rel="stylesheet"]')].some((link) => link.href === href)) return null;
  const link = make("link", { rel: "stylesheet", href });
  document.head.append(link);
  return new Promise((resolve) => link.addEventListener("load", resolve, { once: true }));
}

let dialog = null;

function makeDialog() {
  const field = make("input", { type: "search", name: "q", placeholder: settings.field, autocomplete: "off", spellcheck: "false", enterkeyhint: "search" });
  field.setAttribute("aria-label", settings.title);
  const close = make("button", { type: "button", class: "search-close", text: settings.close });
  const form = make("form", { role: "search", action: base.pathname, method: "get", class: "search-bar" }, field, close);
  const results = make("div", { class: "search-body" });
  const hint = make("p", { class: "search-hint", text: settings.hint });
  const all = make("a", { class: "search-all", href: base.pathname, text: settings.all, hidden: "" });
  dialog = make("dialog", { id: "search-dialog" }, form, results, make("div", { class: "search-foot" }, hint, all));
  dialog.setAttribute("aria-label", settings.title);
  document.body.append(dialog);
  const panel = new Panel({ field, container: results, settings, warm, count: 8, onQuery });

  function onQuery(state) {
    const address = new URL(base);
    address.search = panel.address(state);
    all.href = address.href;
    all.hidden = !state.query.trim();
  }

  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    dialog.close();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!all.hidden) location.assign(all.href);
  });
  return { dialog, field, panel };
}

let made = null;

export async function openDialog() {
  warm();
  if (!made) {
    const styled = loadStyle();
    made = makeDialog();
    await styled;
  }
  if (!made.dialog.open) made.dialog.showModal();
  made.field.focus();
  made.field.select();
  made.panel.search();
}

// The page keeps its query and filters in the address: typing replaces the entry of history, a rest begins a new one.
const REST = 2000;

function enhancePage(container) {
  const field = document.querySelector(".search-page #q");
  const fallback = document.querySelector(".search-fallback");
  let typed = 0;
  const panel = new Panel({
    field,
    container,
    settings,
    warm,
    count: 10,
    onQuery(state) {
      fallback.hidden = Boolean(state.query.trim() || state.filters.length);
      const address = panel.address(state);
      if (address === location.search) return;
      const begins = Date.now() - typed > REST;
      typed = Date.now();
      history[begins ? "pushState" : "replaceState"](null, "", location.pathname + address);
    },
  });
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    panel.search();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing && event.keyCode !== 229) panel.activate(-1);
  });
  const restore = () => {
    typed = Date.now();
    panel.restore(location.search);
  };
  addEventListener("popstate", restore);
  if (location.search) restore();
  else if (field.value.trim()) panel.search();
}

const container = document.getElementById("search-results");
if (container) {
  loadStyle();
  enhancePage(container);
}
