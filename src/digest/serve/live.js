// Live reload, put into pages by `digest serve` alone: reloads this page when it changed, and shows what is wrong.
//
// The script element carries the tag of the page it came with, and the server tells the tag that the page has now. So a page
// is loaded again only when it is another one, however often the connection broke in between.

const script = document.querySelector("script[data-digest-tag]");
const tag = script.dataset.digestTag;
const KEPT_SCROLL = "digest:scroll";
const SEEN = "digest:problems-seen";

restoreScroll();

let source;
// What is wrong can wait until the page is painted, and a page in the background until someone looks at it.
requestAnimationFrame(() => setTimeout(connect));
// Browsers allow six connections to a server: tabs in the background give theirs back.
document.addEventListener("visibilitychange", () => (document.hidden ? source?.close() : connect()));
addEventListener("pagehide", () => source?.close());

function connect() {
  source?.close();
  const events = new URL("events", import.meta.url);
  events.searchParams.set("page", decodeURI(location.pathname));
  events.searchParams.set("tag", tag);
  source = new EventSource(events);
  source.addEventListener("change", (event) => {
    const change = JSON.parse(event.data);
    if (change.tag === tag) {
      showProblems(change);
    } else {
      sessionStorage.setItem(KEPT_SCROLL, JSON.stringify([location.pathname, scrollX, scrollY]));
      location.reload();
    }
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

function showProblems({ errors, warnings, shown }) {
  document.getElementById("digest-problems")?.remove();
  if (!shown.length) return;
  addStyle();
  const panel = element("details", "digest-problems");
  panel.id = "digest-problems";
  panel.dataset.severity = errors ? "error" : "warning";
  panel.setAttribute("role", "status");
  panel.lang = "en";
  const list = element("ol", "digest-problems-list");
  list.append(...shown.map(problemItem));
  const more = errors + warnings - shown.length;
  if (more > 0) list.append(element("li", "digest-problem", `and ${more} more; digest check lists them all`));
  const summary = element("summary", "", [count(errors, "error"), count(warnings, "warning")].filter(Boolean).join(", "));
  panel.append(summary, list);
  // Errors open the panel until the author has closed it on exactly these.
  const errorsNow = JSON.stringify(shown.filter((problem) => problem.severity === "error"));
  panel.open = errors > 0 && sessionStorage.getItem(SEEN) !== errorsNow;
  // A click, by pointer or key, comes before what it does; `toggle` comes later, when another panel may stand here.
  summary.addEventListener("click", () => panel.open && sessionStorage.setItem(SEEN, errorsNow));
  document.body.append(panel);
}

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
  link.href = new URL("live.css", import.meta.url);
  document.head.append(link);
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function count(number, noun) {
  return number && `${number} ${noun}${number === 1 ? "" : "s"}`;
}
