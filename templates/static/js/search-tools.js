// The order of the results, and the days that they are from.

/** @import { Field } from "./search-query.js" */
/** @import { Search } from "./search.js" */

import { make } from "./search-dom.js";

/** @param {number} day as 20240319 */
const isoDay = (day) => String(day).replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");

export class Tools {
  /** @param {Record<string, string>} settings @param {(type: string, value: string) => void} onChange is called with a filter */
  constructor(settings, onChange) {
    const orders = [["", settings.relevance], ["newest", settings.newest], ["oldest", settings.oldest]];
    this.order = make("select", { class: "search-order" }, ...orders.map(([value, text]) => make("option", { value, text })));
    this.from = make("input", { type: "date", class: "search-day" });
    this.to = make("input", { type: "date", class: "search-day" });
    /** @param {string} text @param {HTMLElement} control */
    const labelled = (text, control) => make("label", {}, make("span", { text }), control);
    this.element = make("div", { class: "search-tools", hidden: "" }, labelled(settings.order, this.order), labelled(settings.from, this.from), labelled(settings.to, this.to));
    this.order.addEventListener("change", () => onChange("sort", this.order.value));
    for (const [type, input] of /** @type {[string, HTMLInputElement][]} */ ([["from", this.from], ["to", this.to]])) {
      // While a year is being typed, it is the year 2 and then 20.
      input.addEventListener("change", () => input.validity.valid && onChange(type, input.value));
    }
  }

  /** Show the filters and the order in use. @param {Search} index @param {Field[]} filters @param {string} sort */
  show(index, filters, sort) {
    this.element.hidden = false;
    this.order.value = sort;
    const oldest = index.dates.find((day) => day > 0) ?? 0;
    for (const [type, input] of /** @type {[string, HTMLInputElement][]} */ ([["from", this.from], ["to", this.to]])) {
      input.min = isoDay(oldest);
      const value = filters.find((filter) => filter.type === type)?.value ?? "";
      // A day that is being typed stays.
      if (input.value !== value && input !== document.activeElement) input.value = value;
    }
  }
}
