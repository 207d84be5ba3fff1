// Answers queries on indexes with the browser's modules until its input ends. Argument: folder of modules. A line of input is
// {files: {path: base64}, queries: [query…]}; a line of output has, for each query, what was found or how it failed.

import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { openSearch, IndexError } = await import(pathToFileURL(join(process.argv[2], "search.js")).href);

/** @param {(path: string) => Promise<Uint8Array>} load @param {string} query */
async function answer(load, query) {
  try {
    const search = await openSearch(load);
    const ranking = await search.rank(query, { off: new Set(), filters: [] });
    await search.facets(ranking);
    await search.show(ranking, 0, 5);
    return { total: String(ranking.numbers.length) };
  } catch (error) {
    return error instanceof IndexError ? { error: error.kind } : { thrown: String(error?.stack ?? error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { files, queries } = JSON.parse(line);
  const load = async (path) => {
    if (!Object.hasOwn(files, path)) throw new IndexError("missing", path);
    return new Uint8Array(Buffer.from(files[path], "base64"));
  };
  const answers = [];
  for (const query of queries) answers.push(await answer(load, query));
  console.log(JSON.stringify(answers));
}
