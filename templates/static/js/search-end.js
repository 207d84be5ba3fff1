// The end of the list of results: what is out of view is read when it comes into view.

import { make } from "./search-dom.js";

/**
 * `onView` is called with the number of further entries that fit the view when the end of the list is in it, `onScroll` when the reader
 * moves on.
 * @typedef {{ onView: (fitting: number) => void, onScroll: () => void }} EndOptions
 */

export class End {
  /** @param {HTMLElement} container of the list, which may scroll by itself @param {EndOptions} options */
  constructor(container, { onView, onScroll }) {
    this.element = make("div");
    this.container = container;
    this.observer = new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && onView(this.fitting()));
    document.addEventListener("scroll", onScroll, { capture: true, passive: true });
  }

  /** Look whether the end is in view; called when the list has changed. */
  watch() {
    this.observer.disconnect();
    this.observer.observe(this.element);
  }

  // Entries that fit the view, going by the height of those above.
  fitting() {
    const { container, element } = this;
    const list = element.previousElementSibling;
    const { height = 0, bottom = 0 } = list?.getBoundingClientRect() ?? {};
    const isScroller = getComputedStyle(container).overflowY !== "visible";
    const below = Math.min(innerHeight, isScroller ? container.getBoundingClientRect().bottom : innerHeight) - bottom;
    return Math.max(1, Math.ceil((below * (list?.children.length ?? 0)) / height) || 0);
  }
}
