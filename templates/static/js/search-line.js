// The line above the results: how many they are, what narrows and what widens them, and at its end, since they come later, the tags
// that the query begins and the feed of the tag that it is. It stays one line and moves sideways.

/** @import { Group } from "./search-format.js" */
/** @import { Kept } from "./search-kept.js" */
/** @import { State } from "./search-state.js" */
/** @import { Words } from "./search-words.js" */
/** @import { Ranking, Search } from "./search.js" */

import { make } from "./search-dom.js";
import { addressOf, expansionOf } from "./search-state.js";
import { offersOf, pathOfTag, tagAsked } from "./search-tags.js";
import { fill } from "./search-words.js";

/** @typedef {(change: (state: State) => Partial<State>) => void} Change */

export class Line {
  /** @param {Words} words @param {Kept} kept @param {URL} tagsAddress of the page of tags @param {Change} onChange */
  constructor(words, kept, tagsAddress, onChange) {
    this.words = words;
    this.kept = kept;
    this.tagsAddress = tagsAddress;
    this.onChange = onChange;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.saying = undefined;
    this.status = make("p", { class: "search-status" });
    this.chips = make("div", { class: "search-chips", role: "group", "aria-label": words.wider });
    this.late = make("div", { class: "search-late" });
    this.save = make("button", { type: "button", class: "search-save", hidden: "" });
    this.element = make("div", { class: "search-line" }, this.status, this.chips, this.late);
  }

  clear() {
    this.renew();
    this.save.hidden = true;
  }

  // Set the status, after a time. There is one timer, so what is said last is what stays: an answer ends "searching".
  /** @param {string} text */
  say(text, after = 0) {
    clearTimeout(this.saying);
    if (after) {
      // The chips behind a longer status stay where they are.
      this.saying = setTimeout(() => {
        this.status.style.minInlineSize = `${this.status.offsetWidth}px`;
        this.status.textContent = text;
      }, after);
    } else {
      this.status.removeAttribute("style");
      this.status.textContent = text;
    }
  }

  // The texts of some notes may not have been checked yet.
  /** @param {Ranking} ranking */
  sayCount({ numbers, unchecked }) {
    const { none, one, results, some } = this.words;
    const total = numbers.length;
    const form = unchecked.length ? some : !total ? none : total === 1 ? one : results;
    this.say(fill(form, { n: total.toLocaleString(document.documentElement.lang) }));
  }

  /** Show the filters and the expansions, which the reader can take off. @param {State} state @param {Ranking} ranking */
  show(state, ranking) {
    const { words } = this;
    const filters = state.filters.filter(({ type }) => type !== "sort").map((filter) =>
      this.chip(filter.label ?? filter.value, "filter", (now) => ({ filters: now.filters.filter((each) => each.type !== filter.type || each.value !== filter.value) })),
    );
    const removed = [...state.off].map(expansionOf).filter(({ from }) => state.query.includes(from));
    const expansions = [...ranking.expansions, ...removed].map(({ id, from, to }) => {
      const isOff = state.off.has(id);
      return this.chip(`${from} → ${to}`, isOff ? "off" : "expansion", ({ off }) => ({ off: new Set(isOff ? [...off].filter((each) => each !== id) : [...off, id]) }));
    });
    const label = expansions.length ? [make("span", { class: "search-label", text: words.wider })] : [];
    this.renew(...filters, ...label, ...expansions);
    this.showSave(addressOf(state));
  }

  // New chips stand in new groups: a group that had moved would be a shift.
  /** @param {HTMLElement[]} chips */
  renew(...chips) {
    const [old, oldLate] = [this.chips, this.late];
    this.chips = make("div", { class: "search-chips", role: "group", "aria-label": this.words.wider }, ...chips);
    this.late = make("div", { class: "search-late" });
    old.replaceWith(this.chips);
    oldLate.replaceWith(this.late);
  }

  // The button is made anew for each search, so that it keeps no listener of an older one.
  /** @param {string} address */
  showSave(address) {
    const button = make("button", { type: "button", class: "search-save", "aria-pressed": String(this.kept.isSaved(address)) }, make("span", { text: this.words.save }));
    button.addEventListener("click", () => {
      if (this.kept.isSaved(address)) this.kept.forget("saved-searches", address);
      else this.kept.keep("saved-searches", address);
      button.setAttribute("aria-pressed", String(this.kept.isSaved(address)));
    });
    this.save.replaceWith(button);
    this.save = button;
  }

  /** @param {string} label @param {string} kind @param {(state: State) => Partial<State>} change */
  chip(label, kind, change) {
    const button = make("button", { type: "button", class: `search-chip ${kind}` }, make("span", { text: label }));
    if (kind === "off") button.setAttribute("aria-pressed", "false");
    else if (kind !== "offer") button.append(make("span", { text: "×", "aria-hidden": "true" }), make("span", { class: "vh", text: this.words.remove }));
    button.addEventListener("click", () => this.onChange(change));
    return button;
  }

  /** Add the tags that a query begins, or the page and the feed of the tag that it is. @param {State} state @param {Ranking} ranking @param {Search} index */
  addTags(state, ranking, { tags, dates }) {
    const tag = tagAsked(state, ranking, tags);
    // Notes without a date are in no feed.
    if (tag?.documents.some((number) => dates[number])) return this.late.replaceChildren(...this.waysOf(tag));
    const offers = offersOf(state, tags.values()).map(({ key, label, count, rest }) => {
      const change = (/** @type {State} */ { filters }) => ({ query: rest, filters: [...filters, { type: "tag", value: key, label: `#${label}` }] });
      const chip = this.chip(`#${label}`, "offer", change);
      chip.append(make("span", { class: "n", text: String(count) }));
      return chip;
    });
    const label = offers.length ? [make("span", { class: "search-label", text: this.words.tags })] : [];
    this.late.replaceChildren(...label, ...offers);
  }

  /** @param {Group} tag */
  waysOf({ key, label }) {
    const page = new URL(pathOfTag(key, this.words.slugs), this.tagsAddress).href;
    const feed = make("a", { class: "search-feed", href: new URL("feed.xml", page).href, type: "application/atom+xml", text: this.words.feed });
    return [make("a", { class: "tag", href: page, text: label ?? key }), " ", feed];
  }
}
