

import { make } from "./search-dom.f052d08305.js";
import { nameOf, stateOf } from "./search-state.74da9f77b3.js";
import { fill } from "./search-words.29a7285ec4.js";

export class KeptList {
constructor(kept, words, onChoose) {
this.kept = kept;
this.words = words;
this.onChoose = onChoose;
this.element = make("div", { class: "search-kept", hidden: "" });
}

show() {
const { saved, recent } = this.words;
const sections = [...this.section("saved-searches", saved), ...this.section("searches", recent)];
const note = make("p", { class: "search-private", text: this.words.private });
this.element.replaceChildren(...sections, note);
this.element.hidden = !sections.length;
}

section(shelf, title) {
const addresses = this.kept.list(shelf);
if (!addresses.length) return [];
const id = `kept-${shelf}`;
const all = this.removing(make("button", { type: "button", class: "search-forget", text: this.words.forgetAll }), shelf);
const head = make("div", { class: "search-kept-head" }, make("h2", { id, text: title }), all);
const list = make("ul", {}, ...addresses.map((address) => this.item(shelf, address)));
return [make("section", { "aria-labelledby": id }, head, list)];
}

item(shelf, address) {
const name = nameOf(stateOf(address));
const again = make("button", { type: "button", class: "search-again", text: name });
again.addEventListener("click", () => this.onChoose(address));
const cross = make("span", { text: "×", "aria-hidden": "true" });
const forget = make("button", { type: "button", class: "search-forget" }, cross, make("span", { class: "vh", text: fill(this.words.forget, { name }) }));
return make("li", {}, again, this.removing(forget, shelf, address));
}

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
