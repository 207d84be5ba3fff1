

import { make } from "./search-dom.b7213a69c3.js";
import { Panel } from "./search-panel.858c90d71c.js";
import { MANIFEST } from "./search-shared.0ce52cb44d.js";
import { addressOf, asks } from "./search-state.20fcfb5bb1.js";
import { IndexError, openSearch } from "./search.0d9a6cbe49.js";

const settings = /** @type {Record<string, string>} */ (/** @type {HTMLElement} */ (document.getElementById("search-settings")).dataset);
const base = new URL(settings.base, location.href);

async function fetchBytes(path) {
  let response;
  try {
    response = await fetch(new URL(path, base), path === MANIFEST ? { cache: "no-cache" } : {});
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
  } catch {
    throw new IndexError("unreachable", path);
  }
  throw new IndexError(response.status === 404 ? "missing" : "unreachable", path);
}

let opening = null;

export function warm({ again = false } = {}) {
  if (opening && !again) return opening;
  const opened = openSearch(fetchBytes).then((index) => {
    (window.requestIdleCallback ?? setTimeout)(() => index.prepare());
    return index;
  });
  opening = opened;
  opened.catch(() => {
    if (opening === opened) opening = null;
  });
  return opened;
}

function loadStyle() {
  const href = new URL(settings.style, location.href).href;
  const sheets = /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll('link[rel="stylesheet"]'));
  if ([...sheets].some((link) => link.href === href)) return null;
  const link = make("link", { rel: "stylesheet", href });
  document.head.append(link);
  return new Promise((resolve) => ["load", "error"].forEach((end) => link.addEventListener(end, resolve, { once: true })));
}

async function fetchHelp() {
  const page = await fetch(base).then((response) => (response.ok ? response.text() : ""), () => "");
  return new DOMParser().parseFromString(page, "text/html").querySelector(".search-help");
}

const isEscape = (event) => event.key === "Escape" && !event.isComposing && event.keyCode !== 229;

function makeDialog() {
  const field = make("input", { type: "search", name: "q", placeholder: settings.field, autocomplete: "off", spellcheck: "false", enterkeyhint: "search", "aria-label": settings.title });
  const close = make("button", { type: "button", class: "search-close", text: settings.close });
  const form = make("form", { role: "search", action: base.pathname, method: "get", class: "search-bar" }, field, close);
  const help = make("div", { class: "search-helper" });
  const results = make("div", { class: "search-body" }, help);
  const hint = make("p", { class: "search-hint", text: settings.hint });
  const all = make("a", { class: "search-all", href: base.pathname, text: settings.all, hidden: "" });
  const dialog = make("dialog", { id: "search-dialog", "aria-label": settings.title }, form, results, make("div", { class: "search-foot" }, hint, all));
  document.body.append(dialog);
  const panel = new Panel({ field, container: results, settings, warm, count: 8, onQuery: offerAll });
  fetchHelp().then((found) => {
    if (found) help.append(document.adoptNode(found));
  });

  function pageOf(state) {
    const address = new URL(base);
    address.search = addressOf(state);
    return address.href;
  }

  function offerAll(state) {
    all.href = pageOf(state);
    all.hidden = !asks(state);
    help.hidden = asks(state);
  }

  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  field.addEventListener("keydown", (event) => {
    if (!isEscape(event)) return;
    event.preventDefault();
    dialog.close();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.assign(pageOf(panel.state));
  });
  return { dialog, field, panel, styled: loadStyle() };
}

let made = null;

export async function openDialog() {
  made ??= makeDialog();
  const { dialog, field, panel, styled } = made;
  warm();
  await styled;
  if (!dialog.open) dialog.showModal();
  field.focus();
  field.select();
  panel.search();
}

const REST = 2000;

function enhancePage(container) {
  const field = /** @type {HTMLInputElement} */ (document.querySelector(".search-page #q"));
  const fallback = /** @type {HTMLElement} */ (document.querySelector(".search-fallback"));
  let typed = 0;

  function keepAddress(state) {
    fallback.hidden = asks(state);
    const address = addressOf(state);
    if (address === location.search) return;
    const isNew = Date.now() - typed > REST;
    typed = Date.now();
    history[isNew ? "pushState" : "replaceState"](null, "", location.pathname + address);
  }

  const keepPlace = (place) => history.replaceState({ ...history.state, ...place }, "");

  const panel = new Panel({ field, container, settings, warm, count: 10, onQuery: keepAddress, onMore: (shown) => keepPlace({ shown }) });
  field.form?.addEventListener("submit", (event) => {
    event.preventDefault();
    panel.search();
  });
  field.addEventListener("keydown", (event) => {
    if (isEscape(event)) panel.activate(-1);
  });
  const restore = async () => {
    typed = Date.now();
    const { shown, top } = history.state ?? {};
    await panel.restore(location.search, shown);
    if (top) scrollTo(0, top);
  };
  addEventListener("popstate", restore);
  addEventListener("pagehide", () => keepPlace({ top: scrollY }));
  if (location.search) restore();
  else if (field.value.trim()) panel.search();
}

const container = document.getElementById("search-results");
if (container) {
  loadStyle();
  enhancePage(container);
}
