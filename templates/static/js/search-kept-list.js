// Shows the searches that the browser keeps. Each can be made again or removed.

/** @import { Kept, Shelf } from "./search-kept.js" */
/** @import { Words } from "./search-words.js" */

import { make } from "./search-dom.js";
import { nameOf, stateOf } from "./search-state.js";
import { fill } from "./search-words.js";

export class KeptList {
  /** @param {Kept} kept @param {Words} words @param {(address: string) => void} onChoose */
  constructor(kept, words, onChoose) {
    this.kept = kept;
    this.words = words;
    this.onChoose = onChoose;
    this.element = make("div", { class: "search-kept", hidden: "" });
  }

  /** Read the searches anew, and show them. */
  show() {
    const { saved, recent } = this.words;
    const sections = [...this.section("saved-searches", saved), ...this.section("searches", recent)];
    const note = make("p", { class: "search-private", text: this.words.private });
    this.element.replaceChildren(...sections, note);
    this.element.hidden = !sections.length;
  }

  /** @param {Shelf} shelf @param {string} title */
  section(shelf, title) {
    const addresses = this.kept.list(shelf);
    if (!addresses.length) return [];
    const id = `kept-${shelf}`;
    const all = this.removing(make("button", { type: "button", class: "search-forget", text: this.words.forgetAll }), shelf);
    const head = make("div", { class: "search-kept-head" }, make("h2", { id, text: title }), all);
    const list = make("ul", {}, ...addresses.map((address) => this.item(shelf, address)));
    return [make("section", { "aria-labelledby": id }, head, list)];
  }

  /** @param {Shelf} shelf @param {string} address */
  item(shelf, address) {
    const name = nameOf(stateOf(address));
    const again = make("button", { type: "button", class: "search-again", text: name });
    again.addEventListener("click", () => this.onChoose(address));
    const cross = make("span", { text: "×", "aria-hidden": "true" });
    const forget = make("button", { type: "button", class: "search-forget" }, cross, make("span", { class: "vh", text: fill(this.words.forget, { name }) }));
    return make("li", {}, again, this.removing(forget, shelf, address));
  }

  // Let a button remove one search, or all, and give the focus to what is left.
  /** @param {HTMLButtonElement} button @param {Shelf} shelf @param {string} [address] */
  removing(button, shelf, address) {
    button.addEventListener("click", () => {
      const place = this.buttons().indexOf(button);
      this.kept.forget(shelf, address);
      this.show();
      (this.buttons()[place] ?? this.buttons().at(-1))?.focus();
    });
    return button;
  }

  buttons() {
    return /** @type {HTMLElement[]} */ ([...this.element.querySelectorAll("button.search-forget")]);
  }
}
