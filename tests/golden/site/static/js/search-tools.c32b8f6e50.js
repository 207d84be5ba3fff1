

import { make } from "./search-dom.b7213a69c3.js";

const isoDay = (day) => String(day).replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");

export class Tools {
  constructor(settings, onChange) {
    const orders = [["", settings.relevance], ["newest", settings.newest], ["oldest", settings.oldest]];
    this.order = make("select", { class: "search-order" }, ...orders.map(([value, text]) => make("option", { value, text })));
    this.from = make("input", { type: "date", class: "search-day" });
    this.to = make("input", { type: "date", class: "search-day" });
    const labelled = (text, control) => make("label", {}, make("span", { text }), control);
    this.element = make("div", { class: "search-tools", hidden: "" }, labelled(settings.order, this.order), labelled(settings.from, this.from), labelled(settings.to, this.to));
    this.order.addEventListener("change", () => onChange("sort", this.order.value));
    for (const [type, input] of /** @type {[string, HTMLInputElement][]} */ ([["from", this.from], ["to", this.to]])) {
      input.addEventListener("change", () => input.validity.valid && onChange(type, input.value));
    }
  }

  show(index, filters, sort) {
    this.element.hidden = false;
    this.order.value = sort;
    const oldest = index.dates.find((day) => day > 0) ?? 0;
    for (const [type, input] of /** @type {[string, HTMLInputElement][]} */ ([["from", this.from], ["to", this.to]])) {
      input.min = isoDay(oldest);
      const value = filters.find((filter) => filter.type === type)?.value ?? "";
      if (input.value !== value && input !== document.activeElement) input.value = value;
    }
  }
}
