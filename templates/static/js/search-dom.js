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

/** Split parts at spaces: the parts of each word, and of each space. @param {Part[]} parts @returns {Part[][]} */
export function wordsOf(parts) {
  /** @type {Part[][]} */
  const words = [];
  for (const part of parts) {
    for (const text of part.text.split(/(?<=\s)(?=\S)|(?<=\S)(?=\s)/)) {
      const last = words.at(-1)?.at(-1);
      if (last && /\s/.test(last.text) === /\s/.test(text)) words.at(-1)?.push({ ...part, text });
      else words.push([{ ...part, text }]);
    }
  }
  return words;
}

// A word with hyphens, such as Chain-of-Thought, goes to the next line whole if it fits there.
/** @param {Part[]} parts */
export const markedTitle = (parts) =>
  wordsOf(parts).flatMap((word) => (/[^-]-[^-]/.test(word.map(({ text }) => text).join("")) ? [make("span", { class: "whole" }, ...marked(word))] : marked(word)));

/** Return the option of a list that a key goes to from the active one, if it goes to any; -1 is none. @param {string} key @param {number} active @param {number} last */
export function placeAfter(key, active, last) {
  if (last < 0) return undefined;
  /** @type {Record<string, number | undefined>} */
  const places = {
    ArrowDown: active < last ? active + 1 : 0,
    ArrowUp: active > 0 ? active - 1 : last,
    Home: active < 0 ? undefined : 0,
    End: active < 0 ? undefined : last,
    PageDown: Math.min(last, active + 5),
    PageUp: Math.max(0, active - 5),
  };
  return places[key];
}
