// Searches that the browser keeps.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Kept } from "../../templates/static/js/search-kept.js";
import { nameOf, stateOf } from "../../templates/static/js/search-state.js";

function keptIn(/** @type {Map<string, string>} */ store) {
  return new Kept({
    recall: (key) => store.get(key) ?? null,
    remember: (key, value) => void (value === null ? store.delete(key) : store.set(key, value)),
  });
}

test("the newest search comes first, each once, and only the last eight are kept", () => {
  const kept = keptIn(new Map());
  for (let n = 0; n < 10; n++) kept.keep("searches", `?q=${n}`);
  kept.keep("searches", "?q=7");
  assert.deepEqual(kept.list("searches"), ["?q=7", "?q=9", "?q=8", "?q=6", "?q=5", "?q=4", "?q=3", "?q=2"]);
});

test("a search that asks for nothing is not kept", () => {
  const store = new Map();
  keptIn(store).keep("searches", "");
  assert.equal(store.size, 0);
});

test("searches are forgotten one at a time or all together, and then leave nothing behind", () => {
  const store = new Map();
  const kept = keptIn(store);
  kept.keep("searches", "?q=a");
  kept.keep("searches", "?q=b");
  kept.keep("saved-searches", "?q=a");
  kept.forget("searches", "?q=a");
  assert.deepEqual(kept.list("searches"), ["?q=b"]);
  assert.equal(kept.isSaved("?q=a"), true);
  kept.forget("searches");
  kept.forget("saved-searches");
  assert.equal(store.size, 0);
});

test("a search is named by its query and its filters", () => {
  assert.equal(nameOf(stateOf("?q=%EB%B2%88%EC%97%AD&tag=nmt&from=2024-01-01&sort=newest")), "번역 · #nmt · from:2024-01-01");
});
