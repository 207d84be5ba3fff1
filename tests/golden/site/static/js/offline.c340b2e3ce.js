
const isLocal = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(location.hostname);

function tell() {
const files = performance.getEntriesByType("resource").map(({ name }) => name);
const { connection } = /** @type {{ connection?: { saveData?: boolean } }} */ (navigator);
navigator.serviceWorker.controller?.postMessage({ keep: { page: location.href, files, isSaving: connection?.saveData } });
}

async function start() {
const { worker = "" } = /** @type {HTMLElement} */ (document.querySelector("script[data-worker]")).dataset;
navigator.serviceWorker.addEventListener("controllerchange", tell);
await navigator.serviceWorker.register(worker, { scope: new URL(".", new URL(worker, location.href)).pathname, updateViaCache: "none" });
tell();
}

if ("serviceWorker" in navigator && !isLocal) {
const startQuietly = () => void start().catch(() => {});
if (document.readyState === "complete") startQuietly();
else addEventListener("load", () => setTimeout(startQuietly), { once: true });
}
