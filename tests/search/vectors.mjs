// Runs the vectors shared with tokens.py through the browser's module; prints what differs as JSON. Arguments: folder, vectors.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, vectors] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(join(folder, name)).href);
const { ENDINGS } = await load("search-shared.js");
const { chosung, jamo, stems, tokenize } = await load("search-tokens.js");
const { checksum } = await load("search-format.js");
const expected = JSON.parse(readFileSync(vectors, "utf8"));
const rules = { tokenize: (text) => tokenize(text), stems, jamo, chosung, checksum };
const differences = [];
for (const [name, rule] of Object.entries(rules)) {
  for (const [input, wanted] of expected[name]) {
    const found = rule(input);
    if (JSON.stringify(found) !== JSON.stringify(wanted)) differences.push({ name, input, wanted, found });
  }
}
const endings = [...ENDINGS].sort();
if (JSON.stringify(endings) !== JSON.stringify([...expected.endings].sort())) differences.push({ name: "endings" });
console.log(JSON.stringify(differences));
