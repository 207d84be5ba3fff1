// Answers queries by the browser's module on indexes on disk. Argument: the folder of modules. Each line of the input has a
// query as JSON, [folder of the index, query, options]; its answer, or the kind of the error, is a line of the output.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { openSearch, IndexError } = await import(pathToFileURL(join(process.argv[2], "search.js")).href);

let isOffline = false;
/** @type {string[]} */
let fetched = [];

async function load(index, path) {
  if (isOffline && path.startsWith("p")) throw new IndexError("unreachable", path);
  fetched.push(path);
  try {
    return new Uint8Array(readFileSync(join(index, path)));
  } catch {
    throw new IndexError("missing", path);
  }
}

async function answer(index, query, options) {
  try {
    isOffline = false;
    const search = await openSearch((path) => load(index, path));
    // Without further files of words, the results have what earlier queries read.
    for (const earlier of options.earlier ?? []) await search.rank(earlier);
    isOffline = Boolean(options.earlier);
    fetched = [];
    const ranking = await search.rank(query, { off: new Set(options.off ?? []), filters: options.filters ?? [] });
    const files = [...fetched];
    const entries = await search.show(ranking, 0, options.shown ?? 5);
    const facets = await search.facets(ranking);
    return {
      total: ranking.numbers.length,
      files,
      lacking: ranking.lacking,
      unchecked: ranking.unchecked.length,
      ids: entries.map(({ id }) => id),
      titles: entries.map(({ title }) => title),
      marked: entries.map((entry) => [...entry.titleParts, ...entry.authorParts, ...entry.snippet].filter(({ mark }) => mark).map(({ text }) => text)),
      snippets: entries.map(({ snippet }) => snippet.map(({ text }) => text).join("")),
      expansions: ranking.expansions.map(({ id }) => id),
      lookups: ranking.lookups,
      problems: ranking.problems,
      suggestion: await search.suggest(ranking, options.filters),
      facets,
    };
  } catch (error) {
    if (!(error instanceof IndexError)) throw error;
    return { error: error.kind };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(...JSON.parse(line))));
}
