// Keeps pages to read without a connection. The build puts `BUILD` before this script: what the worker has to know of the site.
//
// Online, a reader always sees the newest page: pages come from the network, and from what is kept only if the network fails, or
// says nothing for `PATIENCE`. Files whose address holds a hash of their content never change, so they come from what is kept first.

/**
 * Addresses are paths on this server. `shell` are the files that every page needs, `pages` the newest pages, and `search` what the first
 * search needs. `version` is a hash of the content of all of them.
 * @typedef {{ version: string, root: string, offline: string, manifest: string, shell: string[], pages: string[], search: string[] }} Build
 */

const worker = /** @type {ServiceWorkerGlobalScope & { BUILD: Build }} */ (/** @type {unknown} */ (self));
const { version, root, offline, manifest, shell, pages, search } = worker.BUILD;

const PATIENCE = 4000;
const MOST_BYTES = 2 ** 20;

// Other sites may lie on the same server, so every name holds the path of this one.
const SHELL = { name: `digest ${root} shell`, most: shell.length + 60, bytes: 8 * MOST_BYTES };
const PAGES = { name: `digest ${root} pages`, most: 200, bytes: 16 * MOST_BYTES };
const FILES = { name: `digest ${root} files`, most: 600, bytes: 24 * MOST_BYTES };
const STORES = [SHELL, PAGES, FILES];
const MARK = `${root}?kept`;

/** @typedef {typeof SHELL} Kept a cache, with the numbers of files and of bytes that it holds at most */

/** @param {string} url */
const within = (url) => {
  const { origin, pathname } = new URL(url);
  return origin === location.origin && pathname.startsWith(root) ? pathname.slice(root.length) : null;
};

/** Return the address of a page without what follows its path: the files of the site do not depend on it. @param {string} url */
const pageOf = (url) => new URL(new URL(url).pathname, location.origin).href;

/** Return true if the content at a path never changes. Names of texts of the search hold too short a hash. @param {string} path */
const isLasting = (path) => /^(static|files)\//.test(path) || /^search\/[^/]+\.bin$/.test(path);

/** @param {string} path */
const isOfIndex = (path) => path === "search/index.json" || path.startsWith("search/f/");

/** @param {string} path */
const storeOf = (path) => (path.startsWith("static/") ? SHELL : FILES);

// What is kept --------------------------------------------------------------------------------------------------------

/** @param {Kept} kept @param {string} url */
const findKept = ({ name }, url) => caches.match(url, { cacheName: name, ignoreVary: true });

// To open a cache is to make it: once the worker leaves, an answer that is still on its way must not bring a removed cache back.
let isLeaving = false;

/** @param {Kept} kept */
const openStore = async ({ name }) => {
  if (isLeaving) throw new Error("the site is gone");
  return caches.open(name);
};

/** Return true if an answer may be kept: whole, of this server, at its own address, and not for one reader alone. @param {Response} response */
const mayKeep = ({ status, type, redirected, headers }) =>
  status === 200 && type === "basic" && !redirected && !/no-store|private/.test(headers.get("cache-control") ?? "") && Number(headers.get("content-length") ?? 0) <= MOST_BYTES;

/** Keep an answer as the newest of its cache. @param {Kept} kept @param {string} url @param {Blob} body @param {Response} response */
async function put(kept, url, body, { headers }) {
  const cache = await openStore(kept);
  await cache.delete(url, { ignoreVary: true });
  const plain = { "content-type": headers.get("content-type") ?? "", "x-bytes": String(body.size) };
  await cache.put(url, new Response(body, { headers: plain }));
}

/** Forget the oldest answers of a cache that holds too many, or too many bytes. @param {Kept} kept */
async function trim(kept) {
  const { most, bytes } = kept;
  const cache = await openStore(kept);
  let sum = 0;
  for (const [at, key] of [...(await cache.keys())].reverse().entries()) {
    const answer = await cache.match(key, { ignoreVary: true });
    sum += Number(answer?.headers.get("x-bytes") ?? 0);
    if (at >= most || sum > bytes) await cache.delete(key, { ignoreVary: true });
  }
}

/** @param {string} url @param {Response} response */
async function keepFile(url, response) {
  if (!mayKeep(response)) return;
  const body = await response.blob();
  if (body.size <= MOST_BYTES) await put(storeOf(within(url) ?? ""), url, body, response);
}

/** Keep a page of this site, which names the site's manifest; forget one that is gone or that the reader may no longer see. @param {string} url @param {Response} response */
async function keepPage(url, response) {
  const { status } = response;
  if (status === 401 || status === 403) return forget([PAGES, FILES]);
  if (status === 404 || status === 410) return forgetPage(url);
  if (!mayKeep(response) || !/^text\/html/.test(response.headers.get("content-type") ?? "")) return;
  const body = await response.blob();
  if (body.size > MOST_BYTES) return;
  if (!(await body.text()).includes(`href="${manifest}"`)) return forgetPage(url);
  await put(PAGES, url, body, response);
  await trim(PAGES);
}

/** @param {string} url */
const forgetPage = async (url) => void (await (await openStore(PAGES)).delete(url));

/** @param {Kept[]} stores */
const forget = async (stores) => void (await Promise.all(stores.map(({ name }) => caches.delete(name))));

// Answers -------------------------------------------------------------------------------------------------------------

/** Wait for an answer of the network; fail if it takes too long. @template T @param {Promise<T>} answered @returns {Promise<T>} */
const soon = (answered) => Promise.race([answered, new Promise((_, fail) => setTimeout(() => fail(new Error("the line hangs")), PATIENCE))]);

/**
 * Answer from the network, and keep the answer; if the network fails or hangs, answer with what is kept.
 * @param {FetchEvent} event @param {Kept} kept @param {string} url @param {((url: string, response: Response) => Promise<void>) | null} keep
 */
async function answerFresh(event, kept, url, keep) {
  // A host may let browsers keep a page for minutes; a reader who is online gets the one that is there now.
  const answered = fetch(event.request, { cache: "no-cache" }).then((response) => ({ response, copy: keep ? response.clone() : null }));
  event.waitUntil(answered.then(({ copy }) => copy && keep?.(url, copy)).catch(() => {}));
  const known = await findKept(kept, url);
  try {
    return (await (known ? soon(answered) : answered)).response;
  } catch (error) {
    if (known) return known;
    throw error;
  }
}

/** @param {FetchEvent} event */
async function answerPage(event) {
  try {
    const response = await answerFresh(event, PAGES, pageOf(event.request.url), keepPage);
    event.waitUntil(tidy().catch(() => {}));
    return response;
  } catch (error) {
    const page = await findKept(SHELL, new URL(offline, location.origin).href);
    if (page) return page;
    throw error;
  }
}

/** @param {FetchEvent} event @param {string} path */
async function answerFile(event, path) {
  const { request } = event;
  const kept = await findKept(storeOf(path), request.url);
  if (kept) return kept;
  const response = await fetch(request);
  event.waitUntil(keepFile(request.url, response.clone()).catch(() => {}));
  return response;
}

/** Choose an answer; null stands for what the browser does by itself. @param {FetchEvent} event @returns {Promise<Response> | null} */
function chooseAnswer(event) {
  const { request } = event;
  const path = within(request.url);
  if (path === null || request.method !== "GET" || request.headers.has("range")) return null;
  if (request.mode === "navigate") return answerPage(event);
  if (isLasting(path)) return answerFile(event, path);
  if (isOfIndex(path)) return answerFresh(event, FILES, request.url, keepFile);
  // A script asks for a page to show a part of it: the reader has not been there.
  if (path === "" || path.endsWith("/")) return answerFresh(event, PAGES, pageOf(request.url), null);
  return null;
}

// What to keep ahead ----------------------------------------------------------------------------------------------------

/** Fetch and keep an address that is not kept yet. @param {string} path @param {RequestInit} [options] */
async function add(path, options) {
  const url = new URL(path, location.origin).href;
  const at = within(url);
  if (at === null) return;
  if (isLasting(at)) {
    if (!(await findKept(storeOf(at), url))) await keepFile(url, await fetch(url));
  } else if (isOfIndex(at)) {
    await keepFile(url, await fetch(url, options));
  } else {
    await keepPage(pageOf(url), await fetch(url, options));
  }
}

/** Keep the page that a reader opened before the worker was there, with its files, and then the newest pages and the search. @param {{ page: string, files: string[], isSaving?: boolean }} seen */
async function keepAhead({ page, files, isSaving }) {
  if (!(await findKept(PAGES, pageOf(page)))) await add(page);
  for (const file of files) {
    const path = within(file) ?? "";
    if (isLasting(path) || isOfIndex(path)) await add(file);
  }
  if (isSaving || (await (await findKept(SHELL, MARK))?.text()) === version) return;
  for (const path of [...pages, ...search]) await add(path, { cache: "no-cache" });
  await (await openStore(SHELL)).put(MARK, new Response(version));
  await Promise.all(STORES.map(trim));
}

async function install() {
  for (const path of shell) {
    await add(path);
    if (!(await findKept(SHELL, new URL(path, location.origin).href))) throw new Error(`${path} cannot be kept`);
  }
  const page = await fetch(offline, { cache: "no-cache" });
  if (!page.ok) throw new Error("the page for readers without a connection is missing");
  await put(SHELL, new URL(offline, location.origin).href, await page.blob(), page);
  await worker.skipWaiting();
}

/** Remove what workers of other versions of digest have kept for this site. */
async function clean() {
  const own = STORES.map(({ name }) => name);
  const names = (await caches.keys()).filter((name) => name.startsWith(`digest ${root} `));
  await Promise.all(names.filter((name) => !own.includes(name)).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function tidy() {
  await Promise.all([trim(SHELL), trim(FILES)]);
  await leaveIfAbandoned();
}

let isChecked = false;

/** If the server has no worker any more, the site is gone or is another one: leave nothing of it behind. */
async function leaveIfAbandoned() {
  if (isChecked) return;
  isChecked = true;
  const { status, ok, headers } = await fetch(location.href, { method: "HEAD", cache: "no-store" });
  if (status !== 404 && status !== 410 && !(ok && !/javascript/.test(headers.get("content-type") ?? ""))) return;
  isLeaving = true;
  await forget(STORES);
  await worker.registration.unregister();
}

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(clean()));
worker.addEventListener("fetch", (event) => {
  const answered = chooseAnswer(event);
  if (answered) event.respondWith(answered);
});

/** @type {Promise<void>} */
let keeping = Promise.resolve();

worker.addEventListener("message", (event) => {
  const { keep } = event.data ?? {};
  if (!keep) return;
  keeping = keeping.then(() => keepAhead(keep)).catch(() => {});
  event.waitUntil(keeping);
});
