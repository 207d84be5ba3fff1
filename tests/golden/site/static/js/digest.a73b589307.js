// What the pages gain with scripts: the theme's button, keys, copying, marks on what is new. Nothing here is needed to read.

const root = document.documentElement;

/** Read a string kept in the browser; null where there is none or storage is barred. */
export function recall(key, store = "localStorage") {
  try {
    return window[store].getItem(`digest:${key}`);
  } catch {
    return null;
  }
}

/** Keep a string in the browser, or forget it when null. */
export function remember(key, value, store = "localStorage") {
  try {
    if (value === null) window[store].removeItem(`digest:${key}`);
    else window[store].setItem(`digest:${key}`, value);
  } catch {
    // Storage is barred: the choice lasts for this page only.
  }
}

// Theme ---------------------------------------------------------------------------------------------------------------

const THEMES = ["auto", "light", "dark"];
const themeButton = document.querySelector("[data-theme-button]");

function currentTheme() {
  return root.dataset.theme ?? "auto";
}

function nameTheme() {
  const { label, names } = themeButton.dataset;
  const name = `${label}: ${names.split("|")[THEMES.indexOf(currentTheme())]}`;
  themeButton.lastElementChild.textContent = name;
  themeButton.title = name;
}

function turnTheme() {
  const theme = THEMES[(THEMES.indexOf(currentTheme()) + 1) % THEMES.length];
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  remember("theme", theme === "auto" ? null : theme);
  nameTheme();
}

if (themeButton) {
  nameTheme();
  themeButton.addEventListener("click", turnTheme);
}

// Keys ----------------------------------------------------------------------------------------------------------------

const keysDialog = document.getElementById("keys");
document.querySelector("[data-keys-button]")?.addEventListener("click", () => keysDialog.showModal());

/** Move the focus to the title of the entry after or before the one in view. */
function step(by) {
  const titles = [...document.querySelectorAll(".entry > .title a, .row > .title a")];
  if (!titles.length) return;
  const focused = titles.indexOf(document.activeElement);
  // Without focus, the entry whose title passed the top of the window last is where the reader is.
  const passed = titles.filter((title) => title.getBoundingClientRect().top < 80).length - 1;
  const target = titles[Math.max(0, (focused < 0 ? passed : focused) + by)];
  if (!target) return;
  target.focus({ preventScroll: true });
  target.closest(".entry, .row").scrollIntoView({ block: target.closest(".entry") ? "start" : "center" });
}

function leadTo(rel) {
  document.querySelector(`.turn a[rel="${rel}"]`)?.click();
}

const KEYS = {
  j: () => (document.querySelector(".entry, .row") ? step(1) : leadTo("next")),
  k: () => (document.querySelector(".entry, .row") ? step(-1) : leadTo("prev")),
  t: turnTheme,
  "?": () => keysDialog.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]")) return;
  // A Korean layout gives ㅓ, ㅏ and ㅅ on the same keys, which `code` tells apart from what they type.
  const key = event.key === "?" ? "?" : { KeyJ: "j", KeyK: "k", KeyT: "t" }[event.code];
  if (!key || (event.shiftKey && key !== "?")) return;
  event.preventDefault();
  KEYS[key]();
});

// Calendar: one stop of the Tab key, then arrows from day to day --------------------------------------------------------

for (const calendar of document.querySelectorAll("[data-calendar]")) {
  const cells = [...calendar.querySelectorAll("li")];
  const days = cells.map((cell) => cell.querySelector("a"));
  const last = days.findLast(Boolean);
  if (!last) continue;
  last.tabIndex = 0;
  calendar.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    let at = days.indexOf(event.target);
    if (at < 0 || !by) return;
    event.preventDefault();
    do at += by;
    while (at in days && !days[at]);
    if (!days[at]) return;
    event.target.tabIndex = -1;
    days[at].tabIndex = 0;
    days[at].focus();
  });
}

// Copying an address --------------------------------------------------------------------------------------------------

for (const button of document.querySelectorAll("[data-copy]")) {
  const label = button.textContent;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
    button.textContent = document.body.dataset.copied;
    setTimeout(() => (button.textContent = label), 2000);
  });
}

// New since the last visit ----------------------------------------------------------------------------------------------

// A visit lasts as long as its tab: what was new when it began stays marked until it ends.
const dated = [...document.querySelectorAll(".row[data-date], .entry[data-date]")];
const seen = recall("seen");
const since = recall("since", "sessionStorage") ?? seen ?? "";
remember("since", since, "sessionStorage");
for (const item of dated) {
  if (since && item.dataset.date > since) {
    item.classList.add("is-new");
    item.querySelector(".title, .kind").dataset.new = document.body.dataset.new;
  }
}
const newest = dated.reduce((latest, item) => (item.dataset.date > latest ? item.dataset.date : latest), seen ?? "");
if (newest && newest !== seen) remember("seen", newest);

// The entry in view, in the day's contents --------------------------------------------------------------------------------

const contents = document.querySelector("[data-contents]");
if (contents) {
  const links = new Map([...contents.querySelectorAll("a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const inView = new Set();
  const observer = new IntersectionObserver(
    (changes) => {
      for (const change of changes) inView[change.isIntersecting ? "add" : "delete"](change.target.id);
      const first = [...links.keys()].find((id) => inView.has(id));
      if (!first || links.get(first).hasAttribute("aria-current")) return;
      for (const link of links.values()) link.removeAttribute("aria-current");
      const link = links.get(first);
      link.setAttribute("aria-current", "true");
      // Scroll the list only, never the page under the reader.
      contents.scrollTo({ left: link.offsetLeft - contents.clientWidth / 4, top: link.offsetTop - contents.clientHeight / 2 });
    },
    { rootMargin: "-15% 0px -60%" },
  );
  for (const id of links.keys()) {
    const entry = document.getElementById(id);
    if (entry) observer.observe(entry);
  }
}
