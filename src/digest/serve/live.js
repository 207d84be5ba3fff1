// Live reload, put into pages by `digest serve` alone: reloads the page when it changed, and shows its problems.
//
// The script element carries the tag of the page it came with, and the server sends the tag that the page has now. The page is
// loaded again only if they differ, however often the connection broke in between. A page that has another address now is followed.

/**
 * @typedef {{ place: string, severity: string, code: string, message: string, hint: string }} Problem
 * @typedef {{ tag: string, errors: number, shown: Problem[], moved: string, lang: string, summary: string, more: string }} Change
 */

const script = /** @type {HTMLElement} */ (document.querySelector("script[data-digest-tag]"));
const tag = script.dataset.digestTag ?? "";
const KEPT_SCROLL = "digest:scroll";
const SEEN = "digest:problems-seen";

restoreScroll();

/** @type {EventSource | undefined} */
let source;
// Problems can wait until the page is painted.
requestAnimationFrame(() => setTimeout(connect));
document.addEventListener("visibilitychange", connect);
addEventListener("pagehide", () => source?.close());
// A page that the Back button takes from memory has lost its connection.
addEventListener("pageshow", ({ persisted }) => persisted && connect());

function connect() {
  source?.close();
  // Browsers allow six connections to a server: pages in the background hold none.
  if (document.hidden) return;
  const events = new URL("events", import.meta.url);
  events.searchParams.set("page", decodeURI(location.pathname));
  events.searchParams.set("tag", tag);
  source = new EventSource(events);
  source.addEventListener("change", ({ data }) => {
    /** @type {Change} */
    const change = JSON.parse(data);
    if (!change.moved && change.tag === tag) return showProblems(change);
    const path = change.moved || location.pathname;
    sessionStorage.setItem(KEPT_SCROLL, JSON.stringify([path, scrollX, scrollY]));
    // The old address has no page, so the browser's history need not keep it.
    if (change.moved) location.replace(change.moved + location.hash);
    else location.reload();
  });
}

function restoreScroll() {
  const kept = sessionStorage.getItem(KEPT_SCROLL);
  sessionStorage.removeItem(KEPT_SCROLL);
  if (!kept) return;
  const [path, x, y] = JSON.parse(kept);
  if (path === location.pathname) scrollTo({ left: x, top: y, behavior: "instant" });
}

// Problems ------------------------------------------------------------------------------------------------------------

/** @param {Change} change */
function showProblems({ errors, shown, lang, summary: counts, more }) {
  document.getElementById("digest-problems")?.remove();
  if (!shown.length) return;
  addStyle();
  const panel = element("details", "digest-problems");
  panel.id = "digest-problems";
  panel.dataset.severity = errors ? "error" : "warning";
  panel.setAttribute("role", "status");
  panel.lang = lang;
  const list = element("ol", "digest-problems-list");
  list.append(...shown.map(problemItem));
  if (more) list.append(element("li", "digest-problem", more));
  const summary = element("summary", "", counts);
  panel.append(summary, list);
  // Errors open the panel until the author has closed it on exactly these errors.
  const errorsNow = JSON.stringify(shown.filter((problem) => problem.severity === "error"));
  panel.open = errors > 0 && sessionStorage.getItem(SEEN) !== errorsNow;
  // `click` comes before the panel closes, for pointers and keys alike; `toggle` comes later, when another panel may stand here.
  summary.addEventListener("click", () => panel.open && sessionStorage.setItem(SEEN, errorsNow));
  document.body.append(panel);
}

/** @param {Problem} problem */
function problemItem({ place, severity, code, message, hint }) {
  const item = element("li", "digest-problem");
  item.append(element("code", "", place), element("b", severity, `${severity}[${code}]`), element("span", "", message));
  if (hint) item.append(element("i", "", hint));
  return item;
}

function addStyle() {
  if (document.getElementById("digest-live-style")) return;
  const link = document.createElement("link");
  link.id = "digest-live-style";
  link.rel = "stylesheet";
  link.href = new URL("live.css", import.meta.url).href;
  document.head.append(link);
}

/** @template {keyof HTMLElementTagNameMap} Name @param {Name} name @param {string} className */
function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
