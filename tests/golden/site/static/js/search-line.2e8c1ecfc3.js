

import { make } from "./search-dom.f052d08305.js";
import { addressOf, expansionOf } from "./search-state.74da9f77b3.js";
import { offersOf, pathOfTag, tagAsked } from "./search-tags.87a3d5ce6c.js";
import { fill } from "./search-words.29a7285ec4.js";


export class Line {
constructor(words, kept, tagsAddress, onChange) {
this.words = words;
this.kept = kept;
this.tagsAddress = tagsAddress;
this.onChange = onChange;
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

say(text, after = 0) {
clearTimeout(this.saying);
if (after) {
this.saying = setTimeout(() => {
this.status.style.minInlineSize = `${this.status.offsetWidth}px`;
this.status.textContent = text;
}, after);
} else {
this.status.removeAttribute("style");
this.status.textContent = text;
}
}

sayCount({ numbers, unchecked }) {
const { none, one, results, some } = this.words;
const total = numbers.length;
const form = unchecked.length ? some : !total ? none : total === 1 ? one : results;
this.say(fill(form, { n: total.toLocaleString(document.documentElement.lang) }));
}

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

renew(...chips) {
const [old, oldLate] = [this.chips, this.late];
this.chips = make("div", { class: "search-chips", role: "group", "aria-label": this.words.wider }, ...chips);
this.late = make("div", { class: "search-late" });
old.replaceWith(this.chips);
oldLate.replaceWith(this.late);
}

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

chip(label, kind, change) {
const button = make("button", { type: "button", class: `search-chip ${kind}` }, make("span", { text: label }));
if (kind === "off") button.setAttribute("aria-pressed", "false");
else if (kind !== "offer") button.append(make("span", { text: "×", "aria-hidden": "true" }), make("span", { class: "vh", text: this.words.remove }));
button.addEventListener("click", () => this.onChange(change));
return button;
}

addTags(state, ranking, { tags, dates }) {
const tag = tagAsked(state, ranking, tags);
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

waysOf({ key, label }) {
const page = new URL(pathOfTag(key, this.words.slugs), this.tagsAddress).href;
const feed = make("a", { class: "search-feed", href: new URL("feed.xml", page).href, type: "application/atom+xml", text: this.words.feed });
return [make("a", { class: "tag", href: page, text: label ?? key }), " ", feed];
}
}
