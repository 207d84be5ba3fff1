self.BUILD = {"version":"6460b97acbb6c2ab88fc","root":"/repo/","offline":"/repo/offline.html","manifest":"/repo/site.webmanifest","shell":["/repo/static/css/digest.56e2b3c491.css","/repo/static/css/entry.3be7dd3d52.css","/repo/static/css/guide.77f4256142.css","/repo/static/css/home.b99d60b140.css","/repo/static/css/lists.aa2d73ed71.css","/repo/static/css/print.0303e5547a.css","/repo/static/css/search.96d1589044.css","/repo/static/css/trends.0f949e7cfa.css","/repo/static/favicon.ab54bc4ee5.svg","/repo/static/js/digest.bfa1bf6a99.js","/repo/static/js/keys.cfbb817a48.js","/repo/static/js/offline-page.51c302ea3c.js","/repo/static/js/offline.c340b2e3ce.js","/repo/static/js/preview.3e6cb91166.js","/repo/static/js/search-start.4e72766b52.js","/repo/static/js/sort.a6ccad27ed.js","/repo/static/js/theme.6f45c7fa52.js"],"pages":["/repo/","/repo/2024/05/31/","/repo/2024/05/02/","/repo/2024/05/01/","/repo/search/"],"search":["/repo/search/d0.33a98q.bin","/repo/search/g0.p86p1q.bin","/repo/search/n0.m13o4t.bin","/repo/static/js/search-ui.5079dd921a.js","/repo/search/index.json"]};


const worker = /** @type {ServiceWorkerGlobalScope & { BUILD: Build }} */ (/** @type {unknown} */ (self));
const { version, root, offline, manifest, shell, pages, search } = worker.BUILD;

const PATIENCE = 4000;
const MOST_BYTES = 2 ** 20;

const SHELL = { name: `digest ${root} shell`, most: shell.length + 60, bytes: 8 * MOST_BYTES };
const PAGES = { name: `digest ${root} pages`, most: 200, bytes: 16 * MOST_BYTES };
const FILES = { name: `digest ${root} files`, most: 600, bytes: 24 * MOST_BYTES };
const STORES = [SHELL, PAGES, FILES];
const MARK = `${root}?kept`;


const within = (url) => {
const { origin, pathname } = new URL(url);
return origin === location.origin && pathname.startsWith(root) ? pathname.slice(root.length) : null;
};

const pageOf = (url) => new URL(new URL(url).pathname, location.origin).href;

const isLasting = (path) => /^(static|files)\//.test(path) || /^search\/[^/]+\.bin$/.test(path);

const isOfIndex = (path) => path === "search/index.json" || path.startsWith("search/f/");

const storeOf = (path) => (path.startsWith("static/") ? SHELL : FILES);


const findKept = ({ name }, url) => caches.match(url, { cacheName: name, ignoreVary: true });

let isLeaving = false;

const openStore = async ({ name }) => {
if (isLeaving) throw new Error("the site is gone");
return caches.open(name);
};

const mayKeep = ({ status, type, redirected, headers }) =>
status === 200 && type === "basic" && !redirected && !/no-store|private/.test(headers.get("cache-control") ?? "") && Number(headers.get("content-length") ?? 0) <= MOST_BYTES;

async function put(kept, url, body, { headers }) {
const cache = await openStore(kept);
await cache.delete(url, { ignoreVary: true });
const plain = { "content-type": headers.get("content-type") ?? "", "x-bytes": String(body.size) };
await cache.put(url, new Response(body, { headers: plain }));
}

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

async function keepFile(url, response) {
if (!mayKeep(response)) return;
const body = await response.blob();
if (body.size <= MOST_BYTES) await put(storeOf(within(url) ?? ""), url, body, response);
}

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

const forgetPage = async (url) => void (await (await openStore(PAGES)).delete(url));

const forget = async (stores) => void (await Promise.all(stores.map(({ name }) => caches.delete(name))));


const soon = (answered) => Promise.race([answered, new Promise((_, fail) => setTimeout(() => fail(new Error("the line hangs")), PATIENCE))]);

async function answerFresh(event, kept, url, keep) {
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

async function answerFile(event, path) {
const { request } = event;
const kept = await findKept(storeOf(path), request.url);
if (kept) return kept;
const response = await fetch(request);
event.waitUntil(keepFile(request.url, response.clone()).catch(() => {}));
return response;
}

function chooseAnswer(event) {
const { request } = event;
const path = within(request.url);
if (path === null || request.method !== "GET" || request.headers.has("range")) return null;
if (request.mode === "navigate") return answerPage(event);
if (isLasting(path)) return answerFile(event, path);
if (isOfIndex(path)) return answerFresh(event, FILES, request.url, keepFile);
if (path === "" || path.endsWith("/")) return answerFresh(event, PAGES, pageOf(request.url), null);
return null;
}


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

let keeping = Promise.resolve();

worker.addEventListener("message", (event) => {
const { keep } = event.data ?? {};
if (!keep) return;
keeping = keeping.then(() => keepAhead(keep)).catch(() => {});
event.waitUntil(keeping);
});
