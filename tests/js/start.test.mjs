// The modules that are asked for at first interest.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const FOLDER = new URL("../../templates/static/js/", import.meta.url);
const STATIC = /^(?:import|export)\b[^"\n]*from "\.\/([^"]+)"/gm;
const DYNAMIC = /import\("\.\/([^"]+)"\)/g;

/** @param {string} name @param {RegExp} pattern */
const named = (name, pattern) => [...readFileSync(new URL(name, FOLDER), "utf8").matchAll(pattern)].map((match) => match[1]);

/** @param {string[]} names */
function reached(names) {
  const found = new Set(names);
  for (const name of found) for (const other of named(name, STATIC)) found.add(other);
  return found;
}

test("search asks at once for every module that it needs, and for no other", () => {
  const isTyped = (/** @type {string} */ name) => !name.startsWith("search-ui");
  const asked = named("search-start.js", DYNAMIC).filter(isTyped);
  const needed = [...reached(["search-ui.js"])].filter((name) => name.startsWith("search") && isTyped(name));
  assert.deepEqual(asked.toSorted(), needed.toSorted());
});
