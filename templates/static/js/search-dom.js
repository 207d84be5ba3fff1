// Makes elements of the search dialog and its results.

/** @import { Part } from "./search-snippet.js" */

/**
 * Make an element by name, attributes and children; `text` is its text, never HTML. An undefined attribute is left out.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name @param {Record<string, string | undefined>} [attributes] @param {(Node | string)[]} children
 */
export function make(name, { text, ...attributes } = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  element.append(...children);
  return element;
}

/** @param {Part[]} parts */
export const marked = (parts) => parts.map(({ text, mark, weak }) => (mark ? make("mark", { text, class: weak ? "weak" : undefined }) : document.createTextNode(text)));
