// A built site's own search module as an engine of the benchmark: the very files that a browser would load.

import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

// Node takes .js for CommonJS unless a package.json beside it says otherwise, so the scripts are copied beside one.
async function importModule(site) {
  const source = join(site, "static", "js");
  const name = (await readdir(source)).find((file) => /^search(?:\.[0-9a-z]+)?\.js$/.test(file));
  if (!name) throw new Error(`${source} holds no search module`);
  const folder = await mkdtemp(join(tmpdir(), "search-"));
  await cp(source, folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{"type": "module"}');
  const module = await import(pathToFileURL(join(folder, name)).href);
  await rm(folder, { recursive: true });
  return module;
}

// Notes by the address of their entry: the stem of their file, or date/slug where the stem is only a date.
async function readIds(site) {
  const { entries } = JSON.parse(await readFile(join(site, "data", "entries.json"), "utf8"));
  const ids = new Map();
  for (const { id, url, source } of entries) {
    const stem = basename(source.path).replace(/\.[^.]*$/, "").normalize("NFC");
    ids.set(url, /^[\d\s.년월일-]+$/.test(stem) ? id : stem);
  }
  return ids;
}

export async function openSite(site, options = {}) {
  const { openSearch } = await importModule(site);
  const ids = await readIds(site);
  const fetched = new Map();
  let bytes = 0;
  const load = async (path) => {
    const content = await readFile(join(site, "search", path));
    if (!fetched.has(path)) bytes += content.length;
    fetched.set(path, content.length);
    return new Uint8Array(content);
  };
  const search = await openSearch(load, options);
  const opening = bytes;
  const known = new Map();
  const name = async (number) => {
    if (!known.has(number)) known.set(number, ids.get((await search.fragment(number)).url));
    return known.get(number);
  };
  const perQuery = [];
  return {
    name: "digest",
    bytes: () => bytes,
    cost: () => ({ opening, median: perQuery.sort((a, b) => a - b)[perQuery.length >> 1], files: fetched.size }),
    async search(query) {
      const fresh = new Set();
      const ranking = await search.rank(query);
      return Promise.all(ranking.numbers.slice(0, 1500).map(name));
    },
  };
}
