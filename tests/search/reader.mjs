// Runs queries through the browser's module on an index on disk. Arguments: folder of modules, folder of the index, queries
// as JSON [[query, options]…]. Prints, for each, what was found or the kind of the error.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, index, queries] = process.argv.slice(2);
const { openSearch, IndexError } = await import(pathToFileURL(join(modules, "search.js")).href);

async function load(path) {
  try {
    return new Uint8Array(readFileSync(join(index, path)));
  } catch {
    throw new IndexError("missing", path);
  }
}

const answers = [];
for (const [query, options] of JSON.parse(queries)) {
  try {
    const search = await openSearch(load);
    const ranking = await search.rank(query, { off: new Set(options?.off ?? []), filters: options?.filters ?? [] });
    const entries = await search.show(ranking, 0, options?.shown ?? 5);
    const facets = await search.facets(ranking);
    answers.push({
      total: ranking.numbers.length,
      unchecked: ranking.unchecked.length,
      ids: entries.map(({ id }) => id),
      titles: entries.map(({ title }) => title),
      marked: entries.map((entry) => [...entry.titleParts, ...entry.authorParts, ...entry.snippet].filter(({ mark }) => mark).map(({ text }) => text)),
      snippets: entries.map(({ snippet }) => snippet.map(({ text }) => text).join("")),
      expansions: ranking.expansions.map(({ id }) => id),
      lookups: ranking.lookups,
      problems: ranking.problems,
      suggestion: await search.suggest(ranking, options?.filters),
      facets,
    });
  } catch (error) {
    if (!(error instanceof IndexError)) throw error;
    answers.push({ error: error.kind });
  }
}
console.log(JSON.stringify(answers));
