// A field and its results: a combobox whose options are entries, with notices above and facets beside them.

/** @import { MarkedEntry } from "./search-snippet.js" */
/** @import { Field } from "./search-query.js" */
/** @import { State } from "./search-state.js" */
/** @import { Facet, Ranking, Search } from "./search.js" */

import { make, marked } from "./search-dom.js";
import { languageOf } from "./search-language.js";
import { FIELDS } from "./search-query.js";
import { SINGLE, asks, expansionOf, labelOf, stateOf } from "./search-state.js";
import { Tools } from "./search-tools.js";
import { IndexError } from "./search.js";

/** @typedef {{ tags: Facet[], kinds: Facet[], years: Facet[] }} Facets */
/**
 * `warm` opens the index, `count` entries are shown at a time, `onQuery` is called with every query that was answered, `onMore` with
 * the number of entries that are shown when there are more.
 * @typedef {{ field: HTMLInputElement, container: HTMLElement, settings: Record<string, string>, count: number,
 *   warm: (options?: { again?: boolean }) => Promise<Search>, onQuery: (state: State) => void, onMore?: (shown: number) => void }} PanelOptions
 */

/** @type {[keyof Facets, number][]} */
const MOST_FACETS = [["tags", 8], ["kinds", 6], ["years", 12]];
/** @type {Facets} */
const NO_FACETS = { tags: [], kinds: [], years: [] };
const PACE = 120;
const ANNOUNCE_AFTER = 400;
const SAY_LOADING_AFTER = 250;

let panels = 0;

/** A file is gone or of another build: the site changed under an open page. @param {unknown} error */
const isStale = (error) => error instanceof IndexError && (error.kind === "missing" || error.kind === "mismatch");

export class Panel {
  /** @param {PanelOptions} options */
  constructor({ field, container, settings, warm, count, onQuery, onMore = () => {} }) {
    this.field = field;
    this.settings = settings;
    this.warm = warm;
    this.count = count;
    this.onQuery = onQuery;
    this.onMore = onMore;
    this.id = `search-${++panels}`;
    /** @type {Field[]} */
    this.filters = [];
    /** @type {Set<string>} */
    this.off = new Set();
    this.active = -1;
    // Counts the queries: an answer to any but the newest is dropped.
    this.turn = 0;
    this.searched = -PACE;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.waiting = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.saying = undefined;
    /** @type {{ index: Search, ranking: Ranking } | null} */
    this.shown = null;
    this.alert = make("p", { class: "search-alert", role: "alert", hidden: "" });
    this.chips = make("div", { class: "search-chips", role: "group", hidden: "", "aria-label": settings.wider });
    this.status = make("p", { class: "search-status", role: "status" });
    this.notes = make("div", { class: "search-notes", role: "status" });
    this.list = make("div", { class: "search-list", role: "listbox", id: `${this.id}-list`, hidden: "", "aria-label": settings.title });
    this.more = make("button", { type: "button", class: "button search-more", text: settings.more, hidden: "" });
    this.facets = make("div", { class: "search-facets", role: "group", hidden: "", "aria-label": settings.narrow });
    this.tools = new Tools(settings, (type, value) => this.setFilter(type, value));
    const side = make("div", { class: "search-side" }, this.tools.element, this.facets);
    const columns = make("div", { class: "search-columns" }, make("div", {}, this.list, this.more), side);
    container.append(this.alert, this.chips, this.status, this.notes, columns);
    this.listen();
  }

  listen() {
    const { field } = this;
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id })) {
      field.setAttribute(name, value);
    }
    // Every change counts, half-composed syllables too: no composition need be ended to see results.
    field.addEventListener("input", () => {
      this.activate(-1);
      this.searchSoon();
    });
    field.addEventListener("focus", () => this.warm().catch(() => {}), { once: true });
    field.addEventListener("keydown", (event) => this.onKey(event));
    this.more.addEventListener("click", () => this.showMore());
    this.list.addEventListener("pointermove", ({ target }) => {
      const option = /** @type {Element} */ (target).closest("[role=option]");
      this.activate(this.options.findIndex((each) => each === option), false);
    });
  }

  get options() {
    return /** @type {HTMLAnchorElement[]} */ ([...this.list.children]);
  }

  /** What the reader asks now. @returns {State} */
  get state() {
    return { query: this.field.value, filters: this.filters, off: new Set(this.off) };
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    // An input method owns its keys: the Enter that ends a composition must not open a result.
    if (event.isComposing || event.keyCode === 229 || event.altKey) return;
    if (event.ctrlKey || event.metaKey) return this.openTab(event);
    const last = this.options.length - 1;
    if (last < 0) return;
    /** @type {Record<string, number | undefined>} */
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

  /** Open the chosen result in a new tab. @param {KeyboardEvent} event */
  openTab(event) {
    if (event.key !== "Enter" || this.active < 0) return;
    event.preventDefault();
    window.open(this.options[this.active].href, "_blank", "noopener");
  }

  /** Set a filter of which there is one at a time, or take it away with an empty value. @param {string} type @param {string} value */
  setFilter(type, value) {
    this.filters = this.filters.filter((each) => each.type !== type);
    if (value) this.filters.push({ type, value, label: labelOf({ type, value }) });
    this.search();
  }

  /** Choose an option, or none with -1. @param {number} index */
  activate(index, scroll = true) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = index;
    const option = this.options[index];
    if (!option) return this.field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    this.field.setAttribute("aria-activedescendant", option.id);
    if (scroll) option.scrollIntoView({ block: "nearest" });
  }

  // Search at once after a pause, and then no more often than a hand types: every answer may fetch files.
  searchSoon() {
    clearTimeout(this.waiting);
    const rest = PACE - (performance.now() - this.searched);
    if (rest <= 0) this.search();
    else this.waiting = setTimeout(() => this.search(), rest);
  }

  /** Answer the query in the field; `again` reads the index anew, `count` entries are shown. The list stays until there is an answer. */
  async search({ again = false, count = this.count } = {}) {
    clearTimeout(this.waiting);
    this.searched = performance.now();
    const turn = ++this.turn;
    const { state } = this;
    if (!asks(state)) {
      this.clear();
      this.say("");
      return this.onQuery(state);
    }
    this.say(this.settings.loading, SAY_LOADING_AFTER);
    try {
      await this.answer(turn, state, { again, count });
    } catch (error) {
      if (turn === this.turn) this.fail(error);
    }
  }

  /** @param {number} turn @param {State} state @param {{ again: boolean, count: number }} options @returns {Promise<void>} */
  async answer(turn, state, { again, count }) {
    try {
      const index = await this.warm({ again });
      const ranking = await index.rank(state.query, state);
      if (turn !== this.turn) return;
      const entries = await index.show(ranking, 0, count);
      if (turn !== this.turn) return;
      this.shown = { index, ranking };
      this.alert.hidden = true;
      this.render(index, ranking, entries);
      this.onQuery(state);
      const facets = await index.facets(ranking).catch((error) => {
        if (isStale(error) && !again) throw error;
        // Results are worth showing without facets.
        if (!(error instanceof IndexError)) console.error(error);
        return NO_FACETS;
      });
      if (turn !== this.turn) return;
      this.renderFacets(facets);
      const suggestion = await index.suggest(ranking, state.filters);
      if (turn === this.turn) this.renderNotes(ranking, suggestion);
    } catch (error) {
      if (isStale(error) && !again && turn === this.turn) return this.answer(turn, state, { again: true, count });
      throw error;
    }
  }

  /** @param {unknown} error */
  fail(error) {
    this.clear();
    this.say("");
    const isUnreachable = error instanceof IndexError && error.kind === "unreachable";
    this.alert.textContent = isUnreachable ? this.settings.unreachable : this.settings.damaged;
    this.alert.hidden = false;
    if (!(error instanceof IndexError)) console.error(error);
  }

  clear() {
    this.shown = null;
    for (const part of [this.list, this.chips, this.facets, this.notes]) part.replaceChildren();
    for (const part of [this.list, this.chips, this.facets, this.more, this.alert, this.tools.element]) part.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.activate(-1);
  }

  /** @param {Search} index @param {Ranking} ranking @param {MarkedEntry[]} entries */
  render(index, ranking, entries) {
    // An answer that comes after the reader has moved on to a result leaves it chosen.
    const chosen = this.options[this.active]?.getAttribute("href");
    this.list.replaceChildren(...entries.map((entry, at) => this.option(index, entry, at)));
    this.list.hidden = !entries.length;
    this.list.scrollTop = 0;
    this.field.setAttribute("aria-expanded", String(entries.length > 0));
    this.activate(chosen ? this.options.findIndex((option) => option.getAttribute("href") === chosen) : -1);
    this.renderCount(ranking, ANNOUNCE_AFTER);
    this.renderChips(ranking);
    this.renderNotes(ranking, "");
    this.tools.show(index, this.filters, ranking.sort);
  }

  /** @param {Ranking} ranking @param {number} [after] */
  renderCount(ranking, after) {
    this.more.hidden = ranking.numbers.length <= this.list.children.length && !ranking.unchecked.length;
    this.say(this.countText(ranking), after);
  }

  // The texts of some notes may not have been checked yet.
  /** @param {Ranking} ranking */
  countText({ numbers, unchecked }) {
    const { none, one, results, some, unread } = this.settings;
    const total = numbers.length;
    if (!total) return unchecked.length ? unread : none;
    const form = unchecked.length ? some : total === 1 ? one : results;
    return form.replace("{n}", total.toLocaleString(document.documentElement.lang));
  }

  // What is wrong with the query, and what may have been meant.
  /** @param {Ranking} ranking @param {string} suggestion */
  renderNotes({ problems, lost = 0 }, suggestion) {
    const { unknown, unclear, unfit, meant } = this.settings;
    const forms = { field: unknown, value: unclear, has: unfit };
    const found = problems.map(({ type, name, value }) => forms[type].replace("{name}", name).replace("{fields}", FIELDS.join(", ")).replace("{value}", `${name}:${value}`));
    if (lost) found.push(this.settings.lost.replace("{n}", lost.toLocaleString(document.documentElement.lang)));
    const notes = [...new Set(found)].map((text) => make("p", { text }));
    if (suggestion) {
      const button = make("button", { type: "button", class: "search-meant", text: suggestion });
      notes.push(make("p", {}, `${meant} `, this.searching(button, () => (this.field.value = suggestion))));
    }
    this.notes.replaceChildren(...notes);
  }

  async showMore() {
    const { shown, list } = this;
    if (!shown) return;
    const { index, ranking } = shown;
    const from = list.children.length;
    // Another click may have shown these entries already, or another query other ones.
    const isCurrent = () => shown === this.shown && list.children.length === from;
    try {
      const entries = await index.show(ranking, from, this.count);
      if (!isCurrent()) return;
      list.append(...entries.map((entry, at) => this.option(index, entry, from + at)));
      list.hidden = !list.children.length;
      this.renderCount(ranking);
      if (ranking.lost) this.renderNotes(ranking, "");
      this.onMore(list.children.length);
    } catch (error) {
      if (!isCurrent()) return;
      if (isStale(error)) this.search({ again: true });
      else this.fail(error);
    }
  }

  /** @param {Search} index @param {MarkedEntry} entry @param {number} at */
  option(index, entry, at) {
    /** @param {string} text */
    const lang = (text) => languageOf(text, index.language);
    const kind = index.kindLabel(entry.kind);
    const meta = make("span", { class: "search-meta" }, make("span", { class: "search-kind", text: kind }));
    if (entry.date) meta.append(make("time", { datetime: entry.date, text: entry.date }));
    for (const parts of entry.tagParts) meta.append(make("span", { class: "search-tag" }, "#", ...marked(parts)));
    const title = make("span", { class: "search-title", dir: "auto", lang: lang(entry.title) }, ...marked(entry.titleParts));
    const option = make("a", { class: `search-option k-${entry.kind}`, role: "option", id: `${this.id}-${at}`, href: entry.url, tabindex: "-1", "aria-selected": "false" }, title, meta);
    if (entry.authorParts.length) option.append(make("span", { class: "search-authors", dir: "auto", lang: lang(entry.authors) }, ...marked(entry.authorParts)));
    const { snippet } = entry;
    if (snippet.length) option.append(make("span", { class: "search-snippet", dir: "auto", lang: lang(snippet.map(({ text }) => text).join("")) }, ...marked(snippet)));
    return option;
  }

  // The filters and the expansions, which the reader can take off.
  /** @param {Ranking} ranking */
  renderChips(ranking) {
    const { settings } = this;
    const chips = this.filters.filter(({ type }) => type !== "sort").map((filter) =>
      this.chip(filter.label ?? filter.value, "filter", () => {
        this.filters = this.filters.filter((each) => each !== filter);
      }),
    );
    const removed = [...this.off].map(expansionOf).filter(({ from }) => this.field.value.includes(from));
    const expansions = [...ranking.expansions, ...removed].map(({ id, from, to }) => {
      const isOff = this.off.has(id);
      return this.chip(`${from} → ${to}`, isOff ? "off" : "expansion", () => this.off[isOff ? "delete" : "add"](id));
    });
    const label = expansions.length ? [make("span", { class: "search-label", text: settings.wider })] : [];
    this.chips.replaceChildren(...chips, ...label, ...expansions);
    this.chips.hidden = !this.chips.children.length;
  }

  /** @param {string} label @param {string} kind @param {() => void} change */
  chip(label, kind, change) {
    const button = make("button", { type: "button", class: `search-chip ${kind}` }, make("span", { text: label }));
    if (kind === "off") button.setAttribute("aria-pressed", "false");
    else button.append(make("span", { text: "×", "aria-hidden": "true" }), make("span", { class: "vh", text: this.settings.remove }));
    return this.searching(button, change);
  }

  /** @param {Facets} facets */
  renderFacets(facets) {
    const groups = MOST_FACETS.map(([name, most]) => {
      const open = facets[name].filter((facet) => !this.filters.some(({ type, value }) => type === facet.type && value === facet.value)).slice(0, most);
      // One kind or one year narrows nothing.
      if (open.length < (name === "tags" ? 1 : 2)) return "";
      return make("p", { class: "search-facet-group" }, ...open.map((facet) => this.facet(facet)));
    });
    this.facets.replaceChildren(...groups.filter(Boolean));
    this.facets.hidden = !this.facets.children.length;
  }

  /** @param {Facet} facet */
  facet({ type, value, label, count }) {
    const shown = type === "tag" ? `#${label}` : label;
    const button = make("button", { type: "button", class: "search-facet" }, make("span", { text: shown }), make("span", { class: "n", text: String(count) }));
    return this.searching(button, () => {
      this.filters = [...this.filters.filter((each) => each.type !== type || !SINGLE.has(type)), { type, value, label: shown }];
    });
  }

  // Let a button change the state, search, and give the focus back to the field.
  /** @param {HTMLButtonElement} button @param {() => void} change */
  searching(button, change) {
    button.addEventListener("click", () => {
      change();
      this.search();
      this.field.focus();
    });
    return button;
  }

  // Set the status, after a time. There is one timer, so what is said last is what stays: an answer ends "searching".
  /** @param {string} text */
  say(text, after = 0) {
    clearTimeout(this.saying);
    if (this.status.textContent === text) return;
    if (!after) this.status.textContent = text;
    else this.saying = setTimeout(() => (this.status.textContent = text), after);
  }

  /** Take the state from a query string, and show so many results. @param {string} search */
  restore(search, count = this.count) {
    const { query, filters, off } = stateOf(search);
    this.field.value = query;
    this.filters = filters;
    this.off = off;
    return this.search({ count });
  }
}
