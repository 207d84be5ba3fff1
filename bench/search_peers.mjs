// Compares a site's own search with Pagefind and MiniSearch, both with the best settings that we found for Korean.
//
//   cd bench && npm ci && cd .. && node bench/search_peers.mjs SITE QUERIES.jsonl [--json]
//
// Both index the texts in SITE/data/entries.json: title, tags, authors, abstract, commentary, translations.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

import { measure, printTable } from "./search_measure.mjs";
import { median, openSite, pathOf, readIds } from "./search_site.mjs";

async function readNotes(site) {
  const ids = await readIds(site);
  const { entries } = JSON.parse(await readFile(join(site, "data", "entries.json"), "utf8"));
  // `key` identifies a note, since two notes may have the same name.
  return entries.map((entry, key) => ({
    key,
    id: ids.get(pathOf(entry.url)),
    title: entry.title,
    tags: entry.tags.map((tag) => `#${tag}`).join(" "),
    authors: entry.authors.join(", "),
    abstract: entry.abstract ?? "",
    commentary: [entry.commentary, ...Object.values(entry.translations ?? {}), entry.date, ...entry.arxiv].join("\n"),
  }));
}

// Pagefind. Its browser script runs in Node if there is a fake page, and a `fetch` that reads files.
async function openPagefind(notes) {
  const { createIndex, close } = await import("pagefind");
  const folder = await mkdtemp(join(tmpdir(), "pagefind-"));
  const { index } = await createIndex({ forceLanguage: "ko" });
  for (const note of notes) {
    const content = [note.title, note.title, note.title, note.tags, note.authors, note.abstract, note.commentary].join("\n");
    await index.addCustomRecord({ url: `/${note.key}/`, content, language: "ko", meta: { title: note.title } });
  }
  await index.writeFiles({ outputPath: folder });
  await close();
  await writeFile(join(folder, "package.json"), '{"type": "module"}');
  globalThis.document = { querySelector: () => ({ getAttribute: () => "ko" }), currentScript: null };
  globalThis.window = { location: { origin: "http://site.invalid" } };
  globalThis.location = window.location;
  const fetched = new Map();
  globalThis.fetch = async (address) => {
    const path = String(address).split("?")[0].split(`${basename(folder)}/`).pop();
    const content = await readFile(join(folder, path));
    fetched.set(path, /\.js(?:on)?$/.test(path) ? gzipSync(content).length : content.length);
    return new Response(content);
  };
  const pagefind = await import(pathToFileURL(join(folder, "pagefind.js")).href);
  await pagefind.options({ basePath: `${pathToFileURL(folder).href}/` });
  const script = gzipSync(await readFile(join(folder, "pagefind.js"))).length;
  const costs = [];
  const sum = (test) => [...fetched].reduce((total, [path, bytes]) => total + (test(path) ? bytes : 0), 0);
  const isAnswer = (path) => /\.pf_(?:index|fragment)$/.test(path);
  return {
    name: "Pagefind 1.6, lang=ko",
    cost: () => ({ opening: script + sum((path) => !isAnswer(path)), query: median(costs) }),
    close: () => rm(folder, { recursive: true }),
    async search(query) {
      // Drop everything that earlier queries loaded, so that the cost is that of a reader's first query.
      await pagefind.destroy();
      await pagefind.init();
      fetched.clear();
      const { results } = await pagefind.search(query);
      const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()));
      costs.push(sum(isAnswer));
      const rest = await Promise.all(results.slice(10, 400).map((result) => result.data()));
      return [...shown, ...rest].map(({ url }) => notes[url.split("/").at(-2)].id);
    },
  };
}

const FIELDS = ["title", "tags", "authors", "abstract", "commentary"];
const BOOST = { title: 3, tags: 2, authors: 1, abstract: 0.5, commentary: 1 };

function bigrams(text) {
  return (text.normalize("NFC").toLowerCase().match(/[가-힣]+|[a-z0-9]+/g) ?? []).flatMap((word) => {
    if (!/^[가-힣]/.test(word) || word.length < 2) return [word];
    return Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2));
  });
}

async function openMiniSearch(notes, name, options, search) {
  const { default: MiniSearch } = await import("minisearch");
  const index = new MiniSearch({ idField: "key", fields: FIELDS, ...options });
  index.addAll(notes);
  const script = await readFile(fileURLToPath(import.meta.resolve("minisearch")));
  const titles = JSON.stringify(notes.map(({ key, title }) => [key, title]));
  const opening = gzipSync(JSON.stringify(index)).length + gzipSync(script).length + gzipSync(titles).length;
  return {
    name,
    cost: () => ({ opening, query: 0 }),
    close: () => {},
    search: async (query) => search(index, query).map(({ id }) => notes[id].id),
  };
}

const args = process.argv.slice(2);
const asJson = args.includes("--json");
const [site, queryFile] = args.filter((arg) => arg !== "--json");
if (!site || !queryFile) {
  console.error("usage: node bench/search_peers.mjs SITE QUERIES.jsonl [--json]");
  process.exit(2);
}
const queries = (await readFile(queryFile, "utf8")).split("\n").filter(Boolean).map((line) => JSON.parse(line));
const notes = await readNotes(site);
const engines = [
  await openSite(site),
  await openMiniSearch(notes, "MiniSearch 7.2, prefix and fuzzy", {}, (index, query) => index.search(query, { boost: BOOST, prefix: true, fuzzy: 0.2 })),
  await openMiniSearch(notes, "MiniSearch 7.2, Hangul bigrams, AND then OR", { tokenize: bigrams }, (index, query) => {
    const settings = { boost: BOOST, prefix: true, fuzzy: (term) => (/[a-z]{4}/.test(term) ? 0.2 : false) };
    const strict = index.search(query, { ...settings, combineWith: "AND" });
    return strict.length ? strict : index.search(query, settings);
  }),
  await openPagefind(notes),
];
const reports = {};
for (const engine of engines) {
  reports[engine.name] = await measure(engine, queries);
  await engine.close?.();
}
if (asJson) console.log(JSON.stringify(reports, null, 1));
else printTable(reports);
