// The search dialog and the search page: each is a panel of field, results and what narrows them, over the index's reader.

/** @import { State } from "./search-state.js" */
/** @import { Words } from "./search-words.js" */
/** @import { Search } from "./search.js" */

import { recall, remember } from "./digest.js";
import { make } from "./search-dom.js";
import { KeptList } from "./search-kept-list.js";
import { Kept } from "./search-kept.js";
import { Panel } from "./search-panel.js";
import { MANIFEST } from "./search-shared.js";
import { addressOf, asks } from "./search-state.js";
import { wordsOf } from "./search-words.js";
import { IndexError, openSearch } from "./search.js";

const settings = /** @type {Record<string, string>} */ (/** @type {HTMLElement} */ (document.getElementById("search-settings")).dataset);
const base = new URL(settings.base, location.href);
const kept = new Kept({ recall, remember });

/**
 * What the dialog needs and is fetched while the scripts are still on their way: the search page, and its style.
 * @typedef {{ page: Promise<Document>, style: Promise<unknown> }} Early
 */

/**
 * Files of the index that were asked for while the scripts were on their way. Each answer is read once.
 * @type {Map<string, Promise<Response>>}
 */
let asked = new Map();

/** @param {string} path */
function fetchFile(path) {
  const answer = asked.get(path);
  asked.delete(path);
  // The manifest names all other files by their content, so they may come from any cache.
  return answer ?? fetch(new URL(path, base), { cache: path === MANIFEST ? "no-cache" : "default" });
}

/** @param {string} path */
async function fetchBytes(path) {
  let response;
  try {
    response = await fetchFile(path);
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
  } catch {
    throw new IndexError("unreachable", path);
  }
  throw new IndexError(response.status === 404 ? "missing" : "unreachable", path);
}

/** @type {Promise<Search> | null} */
let opening = null;

/**
 * Open the index once; `again` opens it anew, with a fresh manifest. After a failure the next call tries again.
 * @param {{ again?: boolean, early?: Map<string, Promise<Response>> }} [options] `early` are answers that are on their way
 */
export function warm({ again = false, early = new Map() } = {}) {
  if (opening && !again) return opening;
  asked = early;
  const opened = openSearch(fetchBytes).then((index) => {
    (window.requestIdleCallback ?? setTimeout)(() => index.prepare());
    return index;
  });
  opening = opened;
  // A failure forgets itself alone, and not an opening that began after it.
  opened.catch(() => {
    if (opening === opened) opening = null;
  });
  return opened;
}

/** @param {Words} words */
const tagsAddressOf = ({ tagsAddress }) => new URL(tagsAddress, base);

/** @param {KeyboardEvent} event */
const isEscape = (event) => event.key === "Escape" && !event.isComposing && event.keyCode !== 229;

/** @param {Document} page the search page */
function makeDialog(page) {
  const words = wordsOf(page);
  if (!words) throw new Error("the search page has no words");
  const field = make("input", { type: "search", name: "q", placeholder: words.field, autocomplete: "off", spellcheck: "false", enterkeyhint: "search", "aria-label": words.title });
  const close = make("button", { type: "button", class: "search-close", text: words.close });
  const form = make("form", { role: "search", action: base.pathname, method: "get", class: "search-bar" }, field, close);
  const help = page.querySelector(".search-help");
  const results = make("div", { class: "search-body" });
  const hint = make("p", { class: "search-hint", text: words.hint });
  const all = make("a", { class: "search-all", href: base.pathname, text: words.all, hidden: "" });
  const dialog = make("dialog", { id: "search-dialog", "aria-label": words.title }, form, results, make("div", { class: "search-foot" }, hint, all));
  document.body.append(dialog);
  const panel = new Panel({ field, container: results, words, kept, tagsAddress: tagsAddressOf(words), warm, count: 8, onQuery: offerAll });
  const past = new KeptList(kept, words, (address) => panel.restore(address));
  const idle = make("div", { class: "search-idle" }, past.element, ...(help ? [document.adoptNode(help)] : []));
  results.append(idle);

  /** The page of all results. @param {State} state */
  function pageOf(state) {
    const address = new URL(base);
    address.search = addressOf(state);
    return address.href;
  }

  /** @param {State} state @param {{ isEmpty: boolean }} [answer] */
  function offerAll(state, answer) {
    all.href = pageOf(state);
    all.hidden = !asks(state);
    if (!asks(state) && idle.hidden) past.show();
    // Where nothing was found, what can be typed is shown too.
    idle.hidden = asks(state) && !answer?.isEmpty;
  }

  past.show();
  all.addEventListener("click", () => panel.keepSearch());
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  field.addEventListener("keydown", (event) => {
    if (!isEscape(event)) return;
    event.preventDefault();
    dialog.close();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    panel.keepSearch();
    // The field may be ahead of the last answer.
    location.assign(pageOf(panel.state));
  });
  return { dialog, field, panel, past };
}

/** @type {ReturnType<typeof makeDialog> | null} */
let made = null;

/** Open the search dialog; raise an error if its words can't be fetched. @param {Early} early @param {Map<string, Promise<Response>>} index */
export async function openDialog({ page, style }, index) {
  warm({ early: index }).catch(() => {});
  const [words] = await Promise.all([page, style]);
  made ??= makeDialog(words);
  const { dialog, field, panel, past } = made;
  past.show();
  if (!dialog.open) dialog.showModal();
  field.focus();
  field.select();
  panel.search();
}

// The page keeps its query and filters in the address: typing replaces the entry of history, and a query after a rest begins a new one.
const REST = 2000;

/** @param {HTMLElement} container @param {Words} words */
function enhancePage(container, words) {
  const field = /** @type {HTMLInputElement} */ (document.querySelector(".search-page #q"));
  const fallback = /** @type {HTMLElement} */ (document.querySelector(".search-fallback"));
  let typed = 0;

  /** @param {State} state @param {{ isEmpty: boolean }} [answer] */
  function keepAddress(state, answer) {
    // theme.js hides the fallback of an address with a query before the first paint.
    delete document.documentElement.dataset.asked;
    // Where nothing was found, what leads on is shown too.
    fallback.hidden = asks(state) && !answer?.isEmpty;
    const address = addressOf(state);
    if (!answer || address === location.search) return;
    const isNew = Date.now() - typed > REST;
    typed = Date.now();
    history[isNew ? "pushState" : "replaceState"](null, "", location.pathname + address);
  }

  /** @param {Record<string, number>} place */
  const keepPlace = (place) => history.replaceState({ ...history.state, ...place }, "");

  const panel = new Panel({ field, container, words, kept, tagsAddress: tagsAddressOf(words), warm, count: 10, onQuery: keepAddress, onMore: (shown) => keepPlace({ shown }) });
  // Below the field, over what leads on, while the field has the focus and is empty.
  const past = new KeptList(kept, words, (address) => {
    field.focus();
    panel.restore(address);
  });
  past.show();
  field.after(past.element);
  field.addEventListener("focus", () => past.show());
  field.form?.addEventListener("submit", (event) => {
    event.preventDefault();
    panel.keepSearch();
    panel.search();
  });
  field.addEventListener("keydown", (event) => {
    if (isEscape(event)) panel.activate(-1);
  });
  // Back from an entry the list is as long as it was, and in its place.
  const restore = async () => {
    typed = Date.now();
    const { shown, top } = history.state ?? {};
    await panel.restore(location.search, shown ?? (top ? panel.count : undefined));
    if (top) scrollTo(0, top);
  };
  addEventListener("popstate", restore);
  addEventListener("pagehide", () => keepPlace({ top: scrollY }));
  if (location.search) restore();
  else if (field.value.trim()) panel.search();
}

let isEnhanced = false;

/** Open the index ahead of need, and search in the search page if this is it. @param {Map<string, Promise<Response>>} index */
export function begin(index) {
  const opened = warm({ early: index });
  const container = document.getElementById("search-results");
  const words = wordsOf(document);
  if (container && words && !isEnhanced) {
    isEnhanced = true;
    enhancePage(container, words);
  }
  return opened;
}
