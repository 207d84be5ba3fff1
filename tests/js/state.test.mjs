// A state of the search page in its address.

import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, asks, stateOf } from "../../templates/static/js/search-state.js";

test("an address holds query, filters, days, order and what was taken off", () => {
  const search = "?q=%EB%B2%A1%ED%84%B0&tag=web&from=2022-07-01&to=2022-09-30&sort=newest&off=%EB%B2%A1%ED%84%B0%E2%86%92vector";
  assert.equal(addressOf(stateOf(search)), search);
  assert.deepEqual(stateOf(search).filters.map(({ label }) => label), ["#web", "from:2022-07-01", "to:2022-09-30", "newest"]);
});

test("an order alone asks for nothing", () => {
  assert.equal(asks(stateOf("?sort=newest")), false);
  assert.equal(asks(stateOf("?from=2022-07-01")), true);
});
