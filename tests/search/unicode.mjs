// Prints what the browser's modules make of texts, as JSON. Arguments: folder of modules, name of the module, name of the
// function, file of texts as a JSON array.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, module, name, texts] = process.argv.slice(2);
const { [name]: rule } = await import(pathToFileURL(join(folder, module)).href);
console.log(JSON.stringify(JSON.parse(readFileSync(texts, "utf8")).map((text) => rule(text))));
