// A field and its results: a combobox whose options are entries, with notices above and facets beside them.

import { IndexError } from "./search.2d8c7113f1.js";
import { make, marked } from "./search-dom.d17b72edd4.js";
import { languageOf } from "./search-language.c42c61c281.js";

const FACETS = { tags: 8, kinds: 6, years: 12 };
const PACE = 120;
const ANNOUNCE_AFTER = 400;
const SAY_LOADING_AFTER = 250;

let panels = 0;

export class Panel {
  // `warm` opens the index, `count` entries are shown at a time, `onQuery` hears of every query that was answered.
  constructor({ field, container, settings, warm, count, onQuery }) {
    Object.assign(this, { field, settings, warm, count, onQuery });
    this.id = `search-${++panels}`;
    this.filters = [];
    this.off = new Set();
    this.active = -1;
    this.asked = 0;
    this.searched = -PACE;
    this.build(container);
    this.listen();
  }

  build(container) {
    const { settings, field, id } = this;
    this.status = make("p", { class: "search-status", role: "status" });
    this.alert = make("p", { class: "search-alert", role: "alert", hidden: "" });
    this.chips = make("div", { class: "search-chips", role: "group", hidden: "" });
    this.chips.setAttribute("aria-label", settings.wider);
    this.list = make("div", { class: "search-list", role: "listbox", id: `${id}-list`, hidden: "" });
    this.list.setAttribute("aria-label", settings.title);
    this.more = make("button", { type: "button", class: "button search-more", text: settings.more, hidden: "" });
    this.facets = make("div", { class: "search-facets", role: "group", hidden: "" });
    this.facets.setAttribute("aria-label", settings.narrow);
    container.append(this.alert, this.chips, this.status, make("div", { class: "search-columns" }, make("div", {}, this.list, this.more), this.facets));
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list` })) {
      field.setAttribute(name, value);
    }
  }

  listen() {
    const { field } = this;
    // Every change counts, half-composed syllables too: nobody should have to end a composition to see results.
    field.addEventListener("input", () => {
      this.activate(-1);
      this.searchSoon();
    });
    field.addEventListener("focus", () => this.warm().catch(() => {}), { once: true });
    field.addEventListener("keydown", (event) => this.onKey(event));
    this.more.addEventListener("click", () => this.showMore());
    this.list.addEventListener("pointermove", ({ target }) => this.activate(this.options.indexOf(target.closest("[role=option]")), false));
  }

  get options() {
    return [...this.list.children];
  }

  onKey(event) {
    // An IME owns its keys: the Enter that ends a composition must not open a result.
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = this.options.length - 1;
    if (last < 0) return;
    const next = {
      ArrowDown: this.active < last ? this.active + 1 : 0,
      ArrowUp: this.active > 0 ? this.active - 1 : last,
      Home: this.active < 0 ? undefined : 0,
      End: this.active < 0 ? undefined : last,
      PageDown: Math.min(last, this.active + 5),
      PageUp: Math.max(0, this.active - 5),
    }[event.key];
    if (next !== undefined && !event.shiftKey) {
      event.preventDefault();
      this.activate(next);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.options[this.active].click();
    }
  }

  activate(index, scroll = true) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = index;
    const option = this.options[index];
    if (!option) return this.field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    this.field.setAttribute("aria-activedescendant", option.id);
    if (scroll) option.scrollIntoView({ block: "nearest" });
  }

  // Search at once after a pause, and then no oftener than a hand types: every answer may fetch files.
  searchSoon() {
    clearTimeout(this.waiting);
    const rest = PACE - (performance.now() - this.searched);
    if (rest <= 0) this.search();
    else this.waiting = setTimeout(() => this.search(), rest);
  }

  // Answer what the field holds. Answers that a later keystroke has overtaken are dropped; the list stays until then.
  async search() {
    clearTimeout(this.waiting);
    this.searched = performance.now();
    const asked = ++this.asked;
    const query = this.field.value;
    if (!query.trim() && !this.filters.length) {
      this.clear();
      this.say("");
      return this.onQuery({ query: "", filters: [], off: new Set() });
    }
    const slow = setTimeout(() => asked === this.asked && this.say(this.settings.loading, 0), SAY_LOADING_AFTER);
    try {
      await this.answer(asked, query);
    } catch (error) {
      if (asked === this.asked) this.fail(error);
    } finally {
      clearTimeout(slow);
    }
  }

  async answer(asked, query, again = false) {
    const state = { query, filters: this.filters, off: this.off };
    try {
      const index = await this.warm({ again });
      const ranking = await index.rank(query, state);
      if (asked !== this.asked) return;
      const entries = await index.show(ranking, 0, this.count);
      if (asked !== this.asked) return;
      this.ranking = ranking;
      this.index = index;
      this.alert.hidden = true;
      this.render(entries);
      this.onQuery(state);
      const facets = await index.facets(ranking);
      if (asked === this.asked) this.renderFacets(facets);
    } catch (error) {
      // A site that changed under an open page: read the new manifest once.
      if (error instanceof IndexError && !again && (error.kind === "missing" || error.kind === "mismatch")) return this.answer(asked, query, true);
      throw error;
    }
  }

  fail(error) {
    this.clear();
    this.say("", 0);
    this.alert.textContent = error instanceof IndexError && error.kind === "unreachable" ? this.settings.unreachable : this.settings.damaged;
    this.alert.hidden = false;
    if (!(error instanceof IndexError)) console.error(error);
  }

  clear() {
    for (const part of [this.list, this.chips, this.facets]) part.replaceChildren();
    for (const part of [this.list, this.chips, this.facets, this.more, this.alert]) part.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.activate(-1);
  }

  render(entries) {
    const { ranking } = this;
    // An answer that comes after the reader has moved on to a result leaves it chosen.
    const chosen = this.options[this.active]?.getAttribute("href");
    this.list.replaceChildren(...entries.map((entry, at) => this.option(entry, at)));
    this.list.hidden = !entries.length;
    this.list.scrollTop = 0;
    this.field.setAttribute("aria-expanded", String(entries.length > 0));
    this.activate(chosen ? this.options.findIndex((option) => option.getAttribute("href") === chosen) : -1);
    this.more.hidden = ranking.total <= entries.length;
    this.renderChips();
    this.say(this.countText(ranking.total));
  }

  countText(total) {
    const { none, one, results } = this.settings;
    if (!total) return none;
    return total === 1 ? one : results.replace("{n}", total.toLocaleString(document.documentElement.lang));
  }

  async showMore() {
    const { ranking, index, list } = this;
    const from = list.children.length;
    try {
      const entries = await index.show(ranking, from, this.count);
      if (ranking !== this.ranking) return;
      list.append(...entries.map((entry, at) => this.option(entry, from + at)));
      this.more.hidden = ranking.total <= list.children.length;
    } catch (error) {
      this.fail(error);
    }
  }

  option(entry, at) {
    const kind = this.index.kindLabel(entry.kind);
    const meta = make("span", { class: "search-meta" }, make("span", { class: "search-kind", text: kind }), make("time", { datetime: entry.date, text: entry.date }));
    for (const parts of entry.tagParts) meta.append(make("span", { class: "search-tag" }, "#", ...marked(parts)));
    const lang = (text) => languageOf(text, this.index.language);
    const title = make("span", { class: "search-title", lang: lang(entry.title) }, ...marked(entry.titleParts));
    const option = make("a", { class: `search-option k-${entry.kind}`, role: "option", id: `${this.id}-${at}`, href: entry.url, tabindex: "-1", "aria-selected": "false" }, title, meta);
    if (entry.authorParts.length) option.append(make("span", { class: "search-authors", lang: lang(entry.authors) }, ...marked(entry.authorParts)));
    if (entry.snippet.length) option.append(make("span", { class: "search-snippet", lang: lang(entry.snippet.map(({ text }) => text).join("")) }, ...marked(entry.snippet)));
    return option;
  }

  // What was looked up, filtered by and searched besides what was typed; the latter two can be taken off.
  renderChips() {
    const { settings, ranking } = this;
    const chips = this.filters.map((filter) =>
      this.chip(filter.label ?? filter.value, "filter", () => {
        this.filters = this.filters.filter((each) => each !== filter);
      }),
    );
    const expansions = [...ranking.expansions, ...this.removed()];
    if (expansions.length) chips.push(make("span", { class: "search-label", text: settings.wider }));
    for (const { id, from, to } of expansions) {
      const off = this.off.has(id);
      chips.push(
        this.chip(`${from} → ${to}`, off ? "off" : "expansion", () => {
          if (off) this.off.delete(id);
          else this.off.add(id);
        }),
      );
    }
    this.chips.replaceChildren(...chips);
    this.chips.hidden = !chips.length;
  }

  removed() {
    return [...this.off].filter((id) => this.field.value.includes(id.split("→")[0])).map((id) => ({ id, from: id.split("→")[0], to: id.split("→")[1] }));
  }

  chip(label, kind, change) {
    const button = make("button", { type: "button", class: `search-chip ${kind}` }, make("span", { text: label }));
    if (kind === "off") button.setAttribute("aria-pressed", "false");
    else {
      const cross = make("span", { text: "×" });
      cross.setAttribute("aria-hidden", "true");
      button.append(cross, make("span", { class: "vh", text: this.settings.remove }));
    }
    button.addEventListener("click", () => {
      change();
      this.search();
      this.field.focus();
    });
    return button;
  }

  renderFacets(facets) {
    const groups = Object.entries(FACETS).map(([name, most]) => {
      const open = facets[name].filter((facet) => !this.filters.some(({ type, value }) => type === facet.type && value === facet.value)).slice(0, most);
      if (open.length < (name === "tags" ? 1 : 2)) return "";
      return make("p", { class: "search-facet-group" }, ...open.map((facet) => this.facet(facet)));
    });
    this.facets.replaceChildren(...groups.filter(Boolean));
    this.facets.hidden = !this.facets.children.length;
  }

  facet({ type, value, label, count }) {
    const shown = type === "tag" ? `#${label}` : label;
    const button = make("button", { type: "button", class: "search-facet" }, make("span", { text: shown }), make("span", { class: "n", text: String(count) }));
    button.addEventListener("click", () => {
      this.filters = [...this.filters.filter((each) => each.type !== type || type === "tag"), { type, value, label: shown }];
      this.search();
      this.field.focus();
    });
    return button;
  }

  // Say something politely, once the typing pauses.
  say(text, after = ANNOUNCE_AFTER) {
    clearTimeout(this.saying);
    if (this.status.textContent === text) return;
    if (!after || !text) this.status.textContent = text;
    else this.saying = setTimeout(() => (this.status.textContent = text), after);
  }

  // The state as a query string, and back.
  address({ query, filters, off }) {
    const parameters = new URLSearchParams();
    if (query.trim()) parameters.set("q", query);
    for (const { type, value } of filters) parameters.append(type, value);
    for (const id of off) if (query.includes(id.split("→")[0])) parameters.append("off", id);
    const text = parameters.toString();
    return text ? `?${text}` : "";
  }

  restore(search) {
    const parameters = new URLSearchParams(search);
    this.field.value = parameters.get("q") ?? "";
    this.filters = ["tag", "kind", "year"].flatMap((type) => parameters.getAll(type).map((value) => ({ type, value, label: type === "tag" ? `#${value}` : value })));
    this.off = new Set(parameters.getAll("off"));
    return this.search();
  }
}
