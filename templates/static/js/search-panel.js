// A field and its results: a combobox whose options are entries, with a line about them above and what narrows them beside them.
// Whatever comes late has its place kept or stands at the end of the line, so that nothing moves under the reader.

/** @import { MarkedEntry } from "./search-snippet.js" */
/** @import { Kept } from "./search-kept.js" */
/** @import { Field } from "./search-query.js" */
/** @import { State } from "./search-state.js" */
/** @import { Words } from "./search-words.js" */
/** @import { Ranking, Search } from "./search.js" */

import { make, placeAfter } from "./search-dom.js";
import { End } from "./search-end.js";
import { Line } from "./search-line.js";
import { notesOf } from "./search-notes.js";
import { missingResult, resultOf } from "./search-result.js";
import { Side, isoDay } from "./search-side.js";
import { SINGLE, addressOf, asks, labelOf, stateOf } from "./search-state.js";
import { Steps } from "./search-steps.js";
import { IndexError, isUnreachable } from "./search.js";

/**
 * `warm` opens the index, `count` entries are shown at a time, `onQuery` is called with every query that is asked, and again with
 * its answer, `onMore` with the number of entries that are shown when there are more.
 * @typedef {{ field: HTMLInputElement, container: HTMLElement, words: Words, kept: Kept, tagsAddress: URL, count: number,
 *   warm: (options?: { again?: boolean }) => Promise<Search>, onQuery: (state: State, answer?: { isEmpty: boolean }) => void, onMore?: (shown: number) => void }} PanelOptions
 */

const PACE = 120;
const ANNOUNCE_AFTER = 400;
const SAY_LOADING_AFTER = 250;
// Entries that are shown at once. Each takes a file, and most readers see no more.
const FIRST = 4;

let panels = 0;

/** A file is gone or of another build: the site changed under an open page. @param {unknown} error */
const isStale = (error) => error instanceof IndexError && (error.kind === "missing" || error.kind === "mismatch");

export class Panel {
  /** @param {PanelOptions} options */
  constructor({ field, container, words, kept, tagsAddress, warm, count, onQuery, onMore = () => {} }) {
    this.field = field;
    this.words = words;
    this.kept = kept;
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
    /** @type {{ index: Search, ranking: Ranking } | null} */
    this.shown = null;
    // Entries to show before the button for more; those out of view are read when they come into it.
    this.wanted = count;
    this.growing = Promise.resolve();
    this.steps = new Steps();
    // Files are missing from the answer: it is asked for again when the browser is online again.
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
    // The listbox owns the links of the list: beside each is a button, which can't be in a listbox.
    this.listbox = make("div", { role: "listbox", id: `${this.id}-list`, "aria-label": words.title, hidden: "" });
    // What screen readers say: the count and the notes, once the reader has stopped typing.
    this.spoken = make("p", { class: "vh", role: "status" });
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.speaking = undefined;
    this.list = make("ol", { class: "rows search-list" });
    /** @type {HTMLElement | undefined} */
    this.notes = undefined;
    this.more = make("button", { type: "button", class: "button search-more", text: words.more });
    this.end = new End(container, { onView: (fitting) => this.grow(this.list.children.length + fitting), onScroll: () => this.grow(this.wanted) });
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
    // Every change counts, half-composed syllables too: no composition need be ended to see results.
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
    // What is opened was searched for. Ctrl and the middle button open it too.
    for (const sign of ["click", "auxclick"]) {
      this.found.addEventListener(sign, ({ target }) => /** @type {Element} */ (target).closest("[role=option]") && this.keepSearch());
    }
    addEventListener("online", () => this.isLacking && this.search());
    this.found.addEventListener("focusin", () => this.grow(this.wanted));
  }

  get options() {
    return /** @type {HTMLAnchorElement[]} */ ([...this.list.querySelectorAll("[role=option]")]);
  }

  /** What the reader asks now. @returns {State} */
  get state() {
    return { query: this.field.value, filters: this.filters, off: new Set(this.off) };
  }

  /** Keep the search: the reader has made it, by opening a result or by Enter. */
  keepSearch() {
    if (asks(this.state)) this.kept.keep("searches", addressOf(this.state));
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    // An input method owns its keys: the Enter that ends a composition must not open a result.
    if (event.isComposing || event.keyCode === 229 || event.altKey) return;
    if (event.ctrlKey || event.metaKey) return this.openTab(event);
    if (event.key === "Enter" && (this.active >= 0 || this.steps.waiting)) {
      event.preventDefault();
      return this.steps.take(() => this.options[this.active]?.click());
    }
    const next = () => placeAfter(event.key, this.active, this.options.length - 1);
    if (event.shiftKey || next() === undefined) return;
    event.preventDefault();
    // The next entry is there, as a rule; the last one may have to be read. By then the list may be another one.
    const { list } = this;
    const grown = this.grow(this.wanted);
    const isThere = event.key === "ArrowDown" && this.active < this.options.length - 1;
    this.steps.take(() => list === this.list && this.activate(next() ?? this.active), isThere ? undefined : grown);
  }

  /** Open the chosen result in a new tab. @param {KeyboardEvent} event */
  openTab(event) {
    if (event.key !== "Enter" || this.active < 0) return;
    event.preventDefault();
    this.keepSearch();
    window.open(this.options[this.active].href, "_blank", "noopener");
  }

  /** Set a filter of which there is one at a time, or take it away with an empty value. @param {string} type @param {string} value */
  setFilter(type, value) {
    this.filters = this.filters.filter((each) => each.type !== type);
    if (value) this.filters.push({ type, value, label: labelOf({ type, value }) });
    this.search();
  }

  /** Change the state, search, and give the focus back to the field. @param {(state: State) => Partial<State>} change */
  change(change) {
    const { query, filters, off } = { ...this.state, ...change(this.state) };
    this.field.value = query;
    this.filters = filters;
    this.off = off;
    this.search();
    // On a touch screen the focus would bring up the keyboard over the results.
    if (matchMedia("(pointer: coarse)").matches) this.side.toggle.focus();
    else this.field.focus();
  }

  /** Choose an option, or none with -1. @param {number} index */
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

  // Search at once after a pause, and then no more often than a hand types: every answer may fetch files.
  searchSoon() {
    clearTimeout(this.waiting);
    const rest = PACE - (performance.now() - this.searched);
    if (rest <= 0) this.search();
    else this.waiting = setTimeout(() => this.search(), rest);
  }

  /**
   * Answer the query in the field; the list stays until there is an answer. `again` reads the index anew, `shown` is the number of
   * entries to show at once.
   */
  async search({ again = false, shown = FIRST } = {}) {
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
      await this.answer(turn, state, { again, shown });
    } catch (error) {
      if (turn === this.turn) this.fail(error);
    }
  }

  /** @param {number} turn @param {State} state @param {{ again: boolean, shown: number }} options @returns {Promise<void>} */
  async answer(turn, state, { again, shown }) {
    try {
      const index = await this.warm({ again });
      const ranking = await index.rank(state.query, state);
      if (turn !== this.turn) return;
      const entries = await index.show(ranking, 0, shown);
      if (turn !== this.turn) return;
      this.wanted = Math.max(shown, this.count);
      this.shown = { index, ranking };
      this.isLacking = ranking.lacking;
      this.render(index, ranking, entries);
      this.onQuery(state, { isEmpty: !ranking.numbers.length && !ranking.unchecked.length });
      await this.addGroups(turn, state, index, ranking, again);
      const suggestion = await index.suggest(ranking, state.filters);
      if (turn === this.turn) this.renderNotes(ranking, suggestion);
    } catch (error) {
      if (isStale(error) && !again && turn === this.turn) return this.answer(turn, state, { again: true, shown });
      throw error;
    }
  }

  // Add what the groups of the notes tell, which are read after the results. Results are worth showing without them.
  /** @param {number} turn @param {State} state @param {Search} index @param {Ranking} ranking @param {boolean} again */
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

  /** @param {unknown} error */
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

  // Tell the listbox its options.
  own() {
    const { options, listbox } = this;
    listbox.hidden = !options.length;
    listbox.setAttribute("aria-owns", options.map(({ id }) => id).join(" "));
    this.field.setAttribute("aria-expanded", String(options.length > 0));
  }

  /** @param {Search} index @param {Ranking} ranking @param {(MarkedEntry | null)[]} entries */
  render(index, ranking, entries) {
    // An answer that comes after the reader has moved on to a result leaves it chosen.
    const chosen = this.options[this.active]?.getAttribute("href");
    this.notes = make("div", { class: "search-notes" });
    // The list is a new one, so that notes above it don't move the old one.
    this.list = make("ol", { class: "rows search-list" }, ...entries.map((entry, at) => this.item(index, ranking, entry, at)));
    this.growing = Promise.resolve();
    this.found.replaceChildren(this.notes, this.list, this.end.element, this.more);
    this.own();
    this.activate(chosen ? this.options.findIndex((option) => option.getAttribute("href") === chosen) : -1);
    this.line.show(this.state, ranking);
    this.renderCount(ranking);
    this.renderNotes(ranking, "");
    this.side.show(index, this.filters, ranking.sort);
  }

  /** @param {Ranking} ranking */
  renderCount(ranking) {
    const shown = this.list.children.length;
    this.end.watch();
    this.more.hidden = shown < this.wanted || (ranking.numbers.length <= shown && !ranking.unchecked.length);
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

  // Write what is wrong with the query, and what may have been meant.
  /** @param {Ranking} ranking @param {string} suggestion */
  renderNotes(ranking, suggestion) {
    const notes = notesOf(this.words, this.state, ranking, suggestion, (change) => this.change(change));
    if (ranking.lacking) notes.unshift(make("p", { class: "search-lacking" }, `${this.words.lacking} `, this.retryButton()));
    this.notes?.replaceChildren(...notes);
    this.speakSoon();
  }

  async showMore() {
    const { list } = this;
    // A second click before the entries have come asks for the same ones.
    this.wanted = list.children.length + this.count;
    await this.grow(this.wanted);
    if (list === this.list) this.onMore(list.children.length);
  }

  /** Show further entries until there are so many, one batch after the other. @param {number} count */
  grow(count) {
    this.growing = this.growing.then(() => this.append(Math.min(count, this.wanted)));
    return this.growing;
  }

  /** @param {number} count */
  async append(count) {
    const { shown, list } = this;
    const from = list.children.length;
    if (!shown || from >= count) return;
    const { index, ranking } = shown;
    if (from >= ranking.numbers.length && !ranking.unchecked.length) return;
    try {
      const entries = await index.show(ranking, from, count - from);
      if (shown !== this.shown) return;
      list.append(...entries.map((entry, at) => this.item(index, ranking, entry, from + at)));
      this.own();
      this.renderCount(ranking);
      if (ranking.lacking && !this.isLacking) {
        this.isLacking = true;
        this.renderNotes(ranking, "");
      }
    } catch (error) {
      if (shown !== this.shown) return;
      if (isStale(error)) this.search({ again: true });
      else this.fail(error);
    }
  }

  /** @param {Search} index @param {Ranking} ranking @param {MarkedEntry | null} entry null if its text could not be fetched @param {number} at */
  item(index, ranking, entry, at) {
    const { words } = this;
    const day = index.dates[ranking.numbers[at]];
    if (!entry) return missingResult(day ? isoDay(day) : "", words);
    return resultOf(entry, { id: `${this.id}-${at}`, kind: index.kindLabel(entry.kind), language: index.language, words });
  }

  /** Take the state from a query string, and show so many results at once. @param {string} search @param {number} [shown] */
  restore(search, shown) {
    const { query, filters, off } = stateOf(search);
    this.field.value = query;
    this.filters = filters;
    this.off = off;
    return this.search({ shown });
  }
}
