// The worker of a site that keeps nothing in browsers: it takes the place of one that did, and removes that one's caches and itself.
// The build puts `BUILD` before this script: what the worker has to know of the site.

const worker = /** @type {ServiceWorkerGlobalScope & { BUILD: { root: string } }} */ (/** @type {unknown} */ (self));

async function leave() {
  const names = (await caches.keys()).filter((name) => name.startsWith(`digest ${worker.BUILD.root} `));
  await Promise.all(names.map((name) => caches.delete(name)));
  await worker.registration.unregister();
}

worker.addEventListener("install", () => void worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(leave()));
