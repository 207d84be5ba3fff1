// Measures the quality of search: runs every query in a file through the search module of a built site.
//
//   node bench/search.mjs SITE QUERIES.jsonl [--json] [--failures] [--off jamo,alignment,transliteration,glossary,typos,keyboard]
//
// A query is {id, class, sub, query, relevant: [ids], ignore?: [ids]}. The id of a note is the stem of its file name or, in a day
// file, date/slug.

import { readFile } from "node:fs/promises";
import { openSite } from "./search_site.mjs";
import { measure, printTable } from "./search_measure.mjs";

const args = process.argv.slice(2);
const option = (name) => {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args.splice(at, 2)[1];
};
const flag = (name) => {
  const at = args.indexOf(name);
  return at >= 0 && Boolean(args.splice(at, 1));
};
const off = (option("--off") ?? "").split(",").filter(Boolean);
const asJson = flag("--json");
const failures = flag("--failures");
const [site, queryFile] = args;
if (!site || !queryFile) {
  console.error("usage: node bench/search.mjs SITE QUERIES.jsonl [--json] [--failures] [--off PART,…]");
  process.exit(2);
}

const queries = (await readFile(queryFile, "utf8")).split("\n").filter(Boolean).map((line) => JSON.parse(line));
const engine = await openSite(site, Object.fromEntries(off.map((part) => [part, false])));
const report = await measure(engine, queries);
if (asJson) console.log(JSON.stringify(report, null, 1));
else printTable({ [engine.name]: report });
if (failures) {
  for (const each of report.queries.filter(({ reciprocal }) => reciprocal < 0.5)) console.log(each.class, each.id, JSON.stringify(each.query), each.reciprocal.toFixed(2), each.first.join(" | "));
}
