// The search of a built site, for the benchmarks.

import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const THEME = fileURLToPath(new URL("../templates/static/js/", import.meta.url));

// A site has the modules joined into one, which needs a page, so they are those of the theme; unless the site has them one by one.
// Node treats .js files as CommonJS unless a package.json says otherwise, so they are copied to a folder with one.
async function importModule(site) {
  const own = join(site, "static", "js");
  const name = (await readdir(own)).find((file) => /^search(?:\.[0-9a-z]+)?\.js$/.test(file));
  const folder = await mkdtemp(join(tmpdir(), "search-"));
  await cp(name ? own : THEME, folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{"type": "module"}');
  const module = await import(pathToFileURL(join(folder, name ?? "search.js")).href);
  await rm(folder, { recursive: true });
  return module;
}

export const pathOf = (url) => decodeURI(new URL(url, "https://site.invalid").pathname);

// Maps the address of each entry to its id: the stem of its file name or, if that is only a date, date/slug.
export async function readIds(site) {
  const { entries } = JSON.parse(await readFile(join(site, "data", "entries.json"), "utf8"));
  const ids = new Map();
  for (const { id, url, source } of entries) {
    const stem = basename(source.path).replace(/\.[^.]*$/, "").normalize("NFC");
    ids.set(pathOf(url), /^[\d\s.년월일-]+$/.test(stem) ? id : stem);
  }
  return ids;
}

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

// Results that a dialog on a desktop shows without scrolling, at most.
const IN_VIEW = 6;

// Opens the site's search. Its costs are those of a reader who opens the page, types one query and sees the results in view, or ten.
export async function openSite(site, options = {}) {
  const { openSearch } = await importModule(site);
  const ids = await readIds(site);
  const contents = new Map();
  const read = async (path) => {
    if (!contents.has(path)) contents.set(path, new Uint8Array(await readFile(join(site, "search", path))));
    return contents.get(path);
  };
  const known = new Map();
  const name = async (search, number) => {
    if (!known.has(number)) known.set(number, ids.get(pathOf((await search.fragment(number)).url)));
    return known.get(number);
  };
  const costs = [];
  const scripts = await scriptBytes(site);
  return {
    name: "digest",
    cost: () => ({
      scripts,
      opening: median(costs.map(({ opening }) => opening)),
      postings: median(costs.map(({ postings }) => postings)),
      query: median(costs.map(({ query }) => query)),
      later: median(costs.map(({ later }) => later)),
      files: median(costs.map(({ files }) => files)),
      view: median(costs.map(({ view }) => view)),
      viewFiles: median(costs.map(({ viewFiles }) => viewFiles)),
      worst: Math.max(...costs.map(({ query }) => query)),
    }),
    async search(query) {
      // The index is opened anew for each query: what an earlier query has read must not help.
      const { search, ranking, cost } = await ask(openSearch, read, options, query);
      costs.push(cost);
      return Promise.all(ranking.numbers.slice(0, 1500).map((number) => name(search, number)));
    },
  };
}

// The compressed size of the scripts and the style sheet that a reader loads before the first result.
async function scriptBytes(site) {
  let bytes = 0;
  for (const folder of ["js", "css"]) {
    const names = await readdir(join(site, "static", folder)).catch(() => []);
    for (const name of names.filter((each) => each.startsWith("search"))) bytes += gzipSync(await readFile(join(site, "static", folder, name))).length;
  }
  return bytes;
}

async function ask(openSearch, read, options, query) {
  let bytes = 0;
  let files = 0;
  const fetched = new Set();
  const search = await openSearch(async (path) => {
    const content = await read(path);
    if (!fetched.has(path)) {
      bytes += content.length;
      files += 1;
    }
    fetched.add(path);
    return content;
  }, options);
  const opening = bytes;
  files = 0;
  const ranking = await search.rank(query);
  const postings = bytes - opening;
  await search.show(ranking, 0, IN_VIEW);
  const [view, viewFiles] = [bytes - opening, files];
  await search.show(ranking, 0, 10);
  const [asked, askedFiles] = [bytes - opening, files];
  await search.facets(ranking);
  const cost = { opening, postings, view, viewFiles, query: asked, files: askedFiles, later: bytes - opening - asked };
  return { search, ranking, cost };
}
