

import { recall, remember } from "./digest.a657c4e84d.js";
import { make } from "./search-dom.f052d08305.js";
import { KeptList } from "./search-kept-list.937322ae0e.js";
import { Kept } from "./search-kept.9f5960dd20.js";
import { Panel } from "./search-panel.a233f42dd2.js";
import { MANIFEST } from "./search-shared.6510057e36.js";
import { addressOf, asks } from "./search-state.74da9f77b3.js";
import { wordsOf } from "./search-words.29a7285ec4.js";
import { IndexError, openSearch } from "./search.1a27b938ab.js";

const settings = /** @type {Record<string, string>} */ (/** @type {HTMLElement} */ (document.getElementById("search-settings")).dataset);
const base = new URL(settings.base, location.href);
const kept = new Kept({ recall, remember });


let earlyManifest = undefined;

function fetchFile(path) {
const address = new URL(path, base);
if (path !== MANIFEST) return fetch(address);
const answer = earlyManifest ?? fetch(address, { cache: "no-cache" });
earlyManifest = undefined;
return answer;
}

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

const tagsAddressOf = ({ tagsAddress }) => new URL(tagsAddress, base);

const isEscape = (event) => event.key === "Escape" && !event.isComposing && event.keyCode !== 229;

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

function pageOf(state) {
const address = new URL(base);
address.search = addressOf(state);
return address.href;
}

function offerAll(state, answer) {
all.href = pageOf(state);
all.hidden = !asks(state);
if (!asks(state) && idle.hidden) past.show();
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
location.assign(pageOf(panel.state));
});
return { dialog, field, panel, past };
}

let made = null;

export async function openDialog({ page, style, manifest }) {
if (!opening) earlyManifest = manifest;
warm().catch(() => {});
const [words] = await Promise.all([page, style]);
made ??= makeDialog(words);
const { dialog, field, panel, past } = made;
past.show();
if (!dialog.open) dialog.showModal();
field.focus();
field.select();
panel.search();
}

const REST = 2000;

function enhancePage(container, words) {
const field = /** @type {HTMLInputElement} */ (document.querySelector(".search-page #q"));
const fallback = /** @type {HTMLElement} */ (document.querySelector(".search-fallback"));
let typed = 0;

function keepAddress(state, answer) {
delete document.documentElement.dataset.asked;
fallback.hidden = asks(state) && !answer?.isEmpty;
const address = addressOf(state);
if (!answer || address === location.search) return;
const isNew = Date.now() - typed > REST;
typed = Date.now();
history[isNew ? "pushState" : "replaceState"](null, "", location.pathname + address);
}

const keepPlace = (place) => history.replaceState({ ...history.state, ...place }, "");

const panel = new Panel({ field, container, words, kept, tagsAddress: tagsAddressOf(words), warm, count: 10, onQuery: keepAddress, onMore: (shown) => keepPlace({ shown }) });
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
const ownWords = wordsOf(document);
if (container && ownWords) enhancePage(container, ownWords);
