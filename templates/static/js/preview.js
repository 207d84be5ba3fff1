// Previews: what an entry, a note or a day is about, shown beside a link to it that is pointed at or focused. The page is fetched
// from this site, and only its text is taken. It floats above the page and moves nothing. Loaded when a link is first pointed at.

const SHOW_AFTER = 350; // milliseconds that the pointer or the focus rests on a link
const HIDE_AFTER = 250; // milliseconds to move from the link into its preview
const LONGEST = 280; // characters of an excerpt
const GAP = 8; // pixels between the link and its preview, and to the edge of the window
const TITLES = 6; // entries that the preview of a day names

/** @typedef {{ title: Node, titleLang: string, line: string, excerpt: DocumentFragment, excerptLang: string, titles: Node[], kind: string }} Preview */

/** Previews by their address. A page is fetched once. @type {Map<string, Promise<Preview | null>>} */
const previews = new Map();

const box = document.createElement("div");
box.id = "preview";
box.className = "preview";
box.popover = "manual";
box.setAttribute("role", "tooltip");
document.body.append(box);

/** The link that is pointed at or focused. @type {HTMLAnchorElement | null} */
let current = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let loading = new AbortController();

/** Return a copy of an element's text, with its formulas and without its links. @param {Node} from @param {number} room */
function copyText(from, room) {
  const copy = document.createDocumentFragment();
  let left = room;
  /** @param {Node} node */
  const add = (node) => {
    if (left <= 0) return;
    if (node instanceof Text || node.nodeType === Node.TEXT_NODE) {
      const text = (node.textContent ?? "").replace(/\s+/g, " ");
      const cut = text.length > left ? `${text.slice(0, left).replace(/\s+\S*$/, "")}…` : text;
      left -= text.length;
      copy.append(cut);
    } else if (node.nodeName === "math") {
      left -= (node.textContent ?? "").length;
      copy.append(document.importNode(node, true));
    } else if (!/** @type {Element} */ (node).matches?.(".ref-out, .fn, pre, table, .table, svg, img, video, audio, script, style")) {
      node.childNodes.forEach(add);
    }
  };
  add(from);
  return copy;
}
