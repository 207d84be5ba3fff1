

import { make } from "./search-dom.f052d08305.js";
import { Line } from "./search-line.2e8c1ecfc3.js";
import { notesOf } from "./search-notes.fd79e4625c.js";
import { missingResult, resultOf } from "./search-result.040d352979.js";
import { Side, isoDay } from "./search-side.e209cea5cc.js";
import { SINGLE, addressOf, asks, labelOf, stateOf } from "./search-state.74da9f77b3.js";
import { IndexError, isUnreachable } from "./search.1a27b938ab.js";


const PACE = 120;
const ANNOUNCE_AFTER = 400;
const SAY_LOADING_AFTER = 250;

let panels = 0;

const isStale = (error) => error instanceof IndexError && (error.kind === "missing" || error.kind === "mismatch");

export class Panel {
constructor({ field, container, words, kept, tagsAddress, warm, count, onQuery, onMore = () => {} }) {
this.field = field;
this.words = words;
this.kept = kept;
this.warm = warm;
this.count = count;
this.onQuery = onQuery;
this.onMore = onMore;
this.id = `search-${++panels}`;
this.filters = [];
this.off = new Set();
this.active = -1;
this.turn = 0;
this.searched = -PACE;
this.waiting = undefined;
this.shown = null;
this.isLacking = false;
this.line = new Line(words, kept, tagsAddress, (change) => this.change(change));
this.side = new Side(words, `${this.id}-side`, {
onSet: (type, value) => this.setFilter(type, value),
onFacet: ({ type, value, label }) => {
this.side.open(false);
this.change(({ filters }) => ({ filters: [...filters.filter((each) => each.type !== type || !SINGLE.has(type)), { type, value, label }] }));
},
onRetry: () => this.search(),
});
this.listbox = make("div", { role: "listbox", id: `${this.id}-list`, "aria-label": words.title, hidden: "" });
this.spoken = make("p", { class: "vh", role: "status" });
this.speaking = undefined;
this.list = make("ol", { class: "rows search-list" });
this.notes = undefined;
this.more = make("button", { type: "button", class: "button search-more", text: words.more });
this.found = make("div", { class: "search-found" });
const main = make("div", { class: "search-main" }, this.listbox, this.spoken, this.found);
this.element = make("div", { class: "search-panel", hidden: "" }, make("div", { class: "search-top" }, this.line.element, this.line.save, this.side.toggle), make("div", { class: "search-columns" }, main, this.side.element));
container.append(this.element);
this.listen();
}

listen() {
const { field } = this;
for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.listbox.id })) {
field.setAttribute(name, value);
}
field.addEventListener("input", () => {
this.activate(-1);
this.searchSoon();
});
field.addEventListener("focus", () => this.warm().catch(() => {}), { once: true });
field.addEventListener("keydown", (event) => this.onKey(event));
this.more.addEventListener("click", () => this.showMore());
this.found.addEventListener("pointermove", ({ target }) => {
const option = /** @type {Element} */ (target).closest("[role=option]");
if (option) this.activate(this.options.findIndex((each) => each === option), false);
});
for (const sign of ["click", "auxclick"]) {
this.found.addEventListener(sign, ({ target }) => /** @type {Element} */ (target).closest("[role=option]") && this.keepSearch());
}
addEventListener("online", () => this.isLacking && this.search());
}

get options() {
return /** @type {HTMLAnchorElement[]} */ ([...this.list.querySelectorAll("[role=option]")]);
}

get state() {
return { query: this.field.value, filters: this.filters, off: new Set(this.off) };
}

keepSearch() {
if (asks(this.state)) this.kept.keep("searches", addressOf(this.state));
}

onKey(event) {
if (event.isComposing || event.keyCode === 229 || event.altKey) return;
if (event.ctrlKey || event.metaKey) return this.openTab(event);
const last = this.options.length - 1;
if (last < 0) return;
const moves = {
ArrowDown: this.active < last ? this.active + 1 : 0,
ArrowUp: this.active > 0 ? this.active - 1 : last,
Home: this.active < 0 ? undefined : 0,
End: this.active < 0 ? undefined : last,
PageDown: Math.min(last, this.active + 5),
PageUp: Math.max(0, this.active - 5),
};
const next = moves[event.key];
if (next !== undefined && !event.shiftKey) {
event.preventDefault();
this.activate(next);
} else if (event.key === "Enter" && this.active >= 0) {
event.preventDefault();
this.options[this.active].click();
}
}

openTab(event) {
if (event.key !== "Enter" || this.active < 0) return;
event.preventDefault();
this.keepSearch();
window.open(this.options[this.active].href, "_blank", "noopener");
}

setFilter(type, value) {
this.filters = this.filters.filter((each) => each.type !== type);
if (value) this.filters.push({ type, value, label: labelOf({ type, value }) });
this.search();
}

change(change) {
const { query, filters, off } = { ...this.state, ...change(this.state) };
this.field.value = query;
this.filters = filters;
this.off = off;
this.search();
if (matchMedia("(pointer: coarse)").matches) this.side.toggle.focus();
else this.field.focus();
}

activate(index, scroll = true) {
const { options } = this;
options[this.active]?.setAttribute("aria-selected", "false");
this.active = index;
const option = options[index];
if (!option) return this.field.removeAttribute("aria-activedescendant");
option.setAttribute("aria-selected", "true");
this.field.setAttribute("aria-activedescendant", option.id);
if (scroll) option.scrollIntoView({ block: "nearest" });
}

searchSoon() {
clearTimeout(this.waiting);
const rest = PACE - (performance.now() - this.searched);
if (rest <= 0) this.search();
else this.waiting = setTimeout(() => this.search(), rest);
}

async search({ again = false, count = this.count } = {}) {
clearTimeout(this.waiting);
this.searched = performance.now();
const turn = ++this.turn;
const { state } = this;
this.element.hidden = !asks(state);
this.onQuery(state);
this.speakSoon();
if (!asks(state)) {
this.clear();
this.line.say("");
return this.onQuery(state, { isEmpty: true });
}
this.line.say(this.words.loading, SAY_LOADING_AFTER);
try {
await this.answer(turn, state, { again, count });
} catch (error) {
if (turn === this.turn) this.fail(error);
}
}

async answer(turn, state, { again, count }) {
try {
const index = await this.warm({ again });
const ranking = await index.rank(state.query, state);
if (turn !== this.turn) return;
const entries = await index.show(ranking, 0, count);
if (turn !== this.turn) return;
this.shown = { index, ranking };
this.isLacking = ranking.lacking;
this.render(index, ranking, entries);
this.onQuery(state, { isEmpty: !ranking.numbers.length && !ranking.unchecked.length });
await this.addGroups(turn, state, index, ranking, again);
const suggestion = await index.suggest(ranking, state.filters);
if (turn === this.turn) this.renderNotes(ranking, suggestion);
} catch (error) {
if (isStale(error) && !again && turn === this.turn) return this.answer(turn, state, { again: true, count });
throw error;
}
}

async addGroups(turn, state, index, ranking, again) {
try {
const facets = await index.facets(ranking);
if (turn !== this.turn) return;
this.side.showFacets(facets, this.filters);
this.line.addTags(state, ranking, index);
} catch (error) {
if (isStale(error) && !again) throw error;
if (!(error instanceof IndexError)) console.error(error);
if (turn !== this.turn) return;
this.isLacking = true;
this.side.failFacets();
}
}

fail(error) {
this.clear();
this.line.say("");
this.isLacking = true;
const text = isUnreachable(error) ? this.words.unreachable : this.words.damaged;
this.found.replaceChildren(make("div", { class: "search-alert" }, make("p", { role: "alert", text }), this.retryButton()));
if (!(error instanceof IndexError)) console.error(error);
}

retryButton() {
const button = make("button", { type: "button", class: "button search-retry", text: this.words.retry });
button.addEventListener("click", () => {
this.search();
this.field.focus();
});
return button;
}

clear() {
this.shown = null;
this.isLacking = false;
this.list.replaceChildren();
this.notes = undefined;
this.found.replaceChildren();
this.line.clear();
this.side.facets.replaceChildren();
this.own();
this.activate(-1);
}

own() {
const { options, listbox } = this;
listbox.hidden = !options.length;
listbox.setAttribute("aria-owns", options.map(({ id }) => id).join(" "));
this.field.setAttribute("aria-expanded", String(options.length > 0));
}

render(index, ranking, entries) {
const chosen = this.options[this.active]?.getAttribute("href");
this.notes = make("div", { class: "search-notes" });
this.list = make("ol", { class: "rows search-list" }, ...entries.map((entry, at) => this.item(index, ranking, entry, at)));
this.found.replaceChildren(this.notes, this.list, this.more);
this.own();
this.activate(chosen ? this.options.findIndex((option) => option.getAttribute("href") === chosen) : -1);
this.line.show(this.state, ranking);
this.renderCount(ranking);
this.renderNotes(ranking, "");
this.side.show(index, this.filters, ranking.sort);
}

renderCount(ranking) {
this.more.hidden = ranking.numbers.length <= this.list.children.length && !ranking.unchecked.length;
this.line.sayCount(ranking);
this.speakSoon();
}

speakSoon() {
clearTimeout(this.speaking);
this.speaking = setTimeout(() => {
const text = [this.line.status, ...(this.notes?.children ?? [])].map(({ textContent }) => textContent).join(" ");
if (this.spoken.textContent !== text) this.spoken.textContent = text;
}, ANNOUNCE_AFTER);
}

renderNotes(ranking, suggestion) {
const notes = notesOf(this.words, this.state, ranking, suggestion, (change) => this.change(change));
if (ranking.lacking) notes.unshift(make("p", { class: "search-lacking" }, `${this.words.lacking} `, this.retryButton()));
this.notes?.replaceChildren(...notes);
this.speakSoon();
}

async showMore() {
const { shown, list } = this;
if (!shown) return;
const { index, ranking } = shown;
const from = list.children.length;
const isCurrent = () => shown === this.shown && list.children.length === from;
try {
const entries = await index.show(ranking, from, this.count);
if (!isCurrent()) return;
list.append(...entries.map((entry, at) => this.item(index, ranking, entry, from + at)));
this.own();
this.renderCount(ranking);
if (ranking.lacking && !this.isLacking) {
this.isLacking = true;
this.renderNotes(ranking, "");
}
this.onMore(list.children.length);
} catch (error) {
if (!isCurrent()) return;
if (isStale(error)) this.search({ again: true });
else this.fail(error);
}
}

item(index, ranking, entry, at) {
const { words } = this;
const day = index.dates[ranking.numbers[at]];
if (!entry) return missingResult(day ? isoDay(day) : "", words);
return resultOf(entry, { id: `${this.id}-${at}`, kind: index.kindLabel(entry.kind), language: index.language, words });
}

restore(search, count = this.count) {
const { query, filters, off } = stateOf(search);
this.field.value = query;
this.filters = filters;
this.off = off;
return this.search({ count });
}
}
