// Previews: what an entry, a note or a day is about, beside a link to it that is pointed at or focused. The page is fetched from this
// site, and only its text is taken. The preview floats above the page and moves nothing. Loaded when a link first asks for one.

const SHOW_AFTER = 350; // milliseconds that the pointer or the focus rests on a link
const HIDE_AFTER = 250; // milliseconds to move from the link into its preview
const LONGEST = 240; // characters of an excerpt
const TITLES = 6; // entries that the preview of a day names
const GAP = 8; // pixels between a preview, its link and the edge of the window
const PAGES = /^(?:\d{4}\/\d\d\/\d\d\/(?:[^/]+\/)?|notes\/[^/]+\/)$/;

/** @typedef {{ kind: string, about: string[], title: Part, authors: Part | null, text: Part | null, entries: Part[] }} Preview */
/** @typedef {{ content: DocumentFragment, lang: string, kind: string }} Part */

const home = /** @type {HTMLAnchorElement | null} */ (document.querySelector(".brand"))?.pathname ?? "/";
/** Previews by path; null for a page that has none. @type {Map<string, Promise<Preview | null>>} */
const previews = new Map();

const box = document.createElement("div");
box.id = "preview";
box.className = "preview";
box.popover = "manual";
box.setAttribute("role", "tooltip");
(document.getElementById("main") ?? document.body).append(box);

/** The link that asks for a preview. @type {HTMLAnchorElement | null} */
let current = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let loading = new AbortController();
/** Where the pointer met the link; null if the link is focused. @type {{ x: number, y: number } | null} */
let pointer = null;

const isOpen = () => box.matches(":popover-open");
const isWanted = () => Boolean(current?.matches(":hover, :focus-visible") || box.matches(":hover"));

/** Offer a preview of the page that a link leads to, if the site has one. @param {HTMLAnchorElement} link @param {{ x: number, y: number } | null} at */
export function offer(link, at) {
  const isPage = link.origin === location.origin && link.pathname.startsWith(home) && PAGES.test(link.pathname.slice(home.length));
  if (!isPage || link === current || link.pathname === location.pathname || !link.matches(":hover, :focus-visible")) return;
  leave();
  current = link;
  pointer = at;
  timer = setTimeout(() => show(link), SHOW_AFTER);
}

/** @param {HTMLAnchorElement} link */
async function show(link) {
  const preview = await find(link.pathname).catch(() => null);
  if (!preview || current !== link || !isWanted()) return;
  box.replaceChildren(...write(preview));
  box.showPopover();
  place(link);
  link.setAttribute("aria-describedby", box.id);
}

/** Close the preview, and load it no further. */
function close() {
  clearTimeout(timer);
  loading.abort();
  loading = new AbortController();
  current?.removeAttribute("aria-describedby");
  if (isOpen()) box.hidePopover();
}

function leave() {
  close();
  current = null;
}

/** Leave the link unless the pointer or the focus comes back, or moves into the preview. */
function retreat() {
  clearTimeout(timer);
  timer = setTimeout(() => isWanted() || leave(), HIDE_AFTER);
}

/** Put the preview below the link, or above it if there is no room, or to the left of a list in the margin. @param {HTMLAnchorElement} link */
function place(link) {
  const lines = [...link.getClientRects()];
  const line = lines.find(({ top, bottom }) => pointer && pointer.y >= top && pointer.y <= bottom) ?? lines[0];
  if (!line) return leave();
  const { width, height } = box.getBoundingClientRect();
  const [right, bottom] = [document.documentElement.clientWidth - width - GAP, innerHeight - height - GAP];
  const beside = link.closest("aside") ? link.getBoundingClientRect().left - width - 3 * GAP : -1;
  const below = line.bottom + GAP;
  const above = line.top - GAP - height;
  const [left, top] = beside >= GAP ? [beside, Math.min(line.top - GAP, bottom)] : [line.left, below <= bottom || above < GAP ? below : above];
  box.style.left = `${Math.max(GAP, Math.min(left, right))}px`;
  box.style.top = `${Math.max(GAP, top)}px`;
}

/** @param {string} path */
function find(path) {
  const known = previews.get(path);
  if (known) return known;
  const found = load(path, loading.signal);
  previews.set(path, found);
  found.catch(() => previews.delete(path)); // it was left, or the connection broke: ask again
  return found;
}

/** @param {string} path @param {AbortSignal} signal */
async function load(path, signal) {
  const answer = await fetch(path, { signal });
  return answer.ok ? read(new DOMParser().parseFromString(await answer.text(), "text/html")) : null;
}

// Reading a page --------------------------------------------------------------------------------------------------------

/** @param {Document} page @returns {Preview | null} */
function read(page) {
  const main = page.querySelector("main");
  const title = main?.querySelector("h1");
  if (!main || !title || !main.matches(".entry-page, .day-page")) return null;
  const text = main.querySelector(".entry-page .said") ?? main.querySelector(".entry-page .quoted");
  const authors = main.querySelector(".entry-page .authors [lang], .entry-page .authors span:not(.vh)");
  const kind = main.querySelector(".entry-page .kind a")?.textContent;
  const date = main.querySelector("[data-written]")?.getAttribute("data-written");
  return {
    kind: kindOf(main),
    about: [kind, date].filter((word) => word !== null && word !== undefined),
    title: take(title, 300),
    authors: authors && take(authors, 120),
    text: text && take(text, LONGEST),
    entries: [...main.querySelectorAll(".day-page .entry > .title")].map((each) => take(each, 300)),
  };
}

/** @param {Element} element */
const kindOf = (element) => [...(element.closest('[class*="k-"]')?.classList ?? [])].find((name) => name.startsWith("k-")) ?? "";

/** Take the first characters of an element, as text and formulas. @param {Element} element @param {number} most @returns {Part} */
function take(element, most) {
  const content = document.createDocumentFragment();
  let left = most;
  /** @param {Node} node */
  const add = (node) => {
    if (left <= 0) return;
    const text = (node.textContent ?? "").replace(/\s+/g, " ");
    if (node.nodeType === Node.TEXT_NODE) {
      content.append(text.length > left ? `${text.slice(0, left).replace(/\s\S*$/, "")}…` : text);
      left -= text.length;
    } else if (/** @type {Element} */ (node).matches("math, .nb")) {
      content.append(document.importNode(node, true));
      left -= text.length;
    } else if (!(/** @type {Element} */ (node).matches("pre, .table, .fn, .ref-out, .vh, script, style"))) {
      node.childNodes.forEach(add);
    }
  };
  element.childNodes.forEach(add);
  return { content, lang: element.closest("[lang]")?.getAttribute("lang") ?? "", kind: kindOf(element) };
}

// Writing a preview -----------------------------------------------------------------------------------------------------

/** @param {string} name @param {string} className @param {(Node | string)[]} children @param {string} [lang] */
function make(name, className, children, lang) {
  const made = document.createElement(name);
  made.className = className;
  if (lang) made.lang = lang;
  made.append(...children);
  return made;
}

/** A preview is written more than once, so its parts are copied. @param {string} name @param {string} className @param {Part} part */
const writePart = (name, className, part) => make(name, className, [part.content.cloneNode(true)], part.lang);

/** @param {Preview} preview */
function write({ kind, about, title, authors, text, entries }) {
  box.className = `preview ${kind}`;
  const parts = [writePart("p", "title", title)];
  if (about.length) parts.unshift(make("p", "kind", [make("span", "mark", []), about.join(" · ")]));
  if (authors) parts.push(writePart("p", "authors", authors));
  if (text) parts.push(writePart("p", "excerpt", text));
  const titles = entries.slice(0, TITLES).map((entry) => make("li", entry.kind, [writePart("span", "title", entry)]));
  if (entries.length > TITLES) titles.push(make("li", "", [`+${entries.length - TITLES}`]));
  if (titles.length) parts.push(make("ul", "brief", titles));
  return parts;
}

// A preview closes when its link is left for another place, and with Esc.
document.addEventListener("pointerout", (event) => {
  if (current && event.target instanceof Node && (current.contains(event.target) || box.contains(event.target))) retreat();
});
document.addEventListener("focusout", () => current && retreat());
document.addEventListener("pointerdown", (event) => {
  if (event.target instanceof Node && !box.contains(event.target)) close();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});
document.addEventListener("scroll", () => current && isOpen() && place(current), { passive: true });
