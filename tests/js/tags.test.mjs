// Tags that a query begins, and the tag that it is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { offersOf, pathOfTag, tagAsked } from "../../templates/static/js/search-tags.js";

/** @param {string} key @param {number} count */
const group = (key, count) => ({ key, label: key, documents: Int32Array.from({ length: count }, (_, n) => n) });
const TAGS = [group("quantization", 20), group("vector-quantization", 30), group("long-context", 4), group("context", 9), group("번역", 3), group("llm/agent", 2)];
const asked = (/** @type {string} */ query, /** @type {string[]} */ tags = []) => ({ query, filters: tags.map((value) => ({ type: "tag", value })), off: new Set() });
const offered = (/** @type {string} */ query, /** @type {string[]} */ tags = []) => offersOf(asked(query, tags), TAGS.values()).map(({ key }) => key);

test("tags are offered by their beginning, then by the beginning of one of their words", () => {
  assert.deepEqual(offered("int8 quan"), ["quantization", "vector-quantization"]);
  assert.deepEqual(offered("#QUAN"), ["quantization", "vector-quantization"]);
  assert.deepEqual(offered("agent"), ["llm/agent"]);
  assert.deepEqual(offered("번ㅇ"), ["번역"]);
});

test("several words may be one tag, and what they don't stand for stays", () => {
  assert.deepEqual(offersOf(asked("attention long con"), TAGS), [
    { key: "long-context", label: "long-context", count: 4, rest: "attention" },
    { key: "context", label: "context", count: 9, rest: "attention long" },
  ]);
});

test("no tag is offered for one letter, an operator, or a tag that was chosen", () => {
  for (const query of ["q", "", "-quan", '"quan', "title:quan", "2024..quan"]) assert.deepEqual(offered(query), []);
  assert.deepEqual(offered("quan", ["quantization"]), ["vector-quantization"]);
});

/** @param {[string, string][]} lookups @param {number} words */
const ranking = (lookups, words = 0) => /** @type {any} */ ({ lookups: lookups.map(([type, value]) => ({ type, value })), words: Array(words).fill({}) });
const byKey = new Map(TAGS.map((tag) => [tag.key, tag]));

test("a query is a tag if it asks for that alone", () => {
  assert.equal(tagAsked(asked("#context"), ranking([["tag", "Context"]]), byKey)?.key, "context");
  assert.equal(tagAsked(asked("", ["context"]), ranking([["tag", "context"]]), byKey)?.key, "context");
  assert.equal(tagAsked(asked("#context 2024"), ranking([["tag", "context"], ["year", "2024"]]), byKey), null);
  assert.equal(tagAsked(asked("#context loss"), ranking([["tag", "context"]], 1), byKey), null);
  assert.equal(tagAsked(asked("#context -loss"), ranking([["tag", "context"]]), byKey), null);
  assert.equal(tagAsked(asked("#contex"), ranking([["tag", "contex"]]), byKey), null);
});

test("a tag's page is at its key, but for exceptions", () => {
  assert.equal(pathOfTag("llm/agent", ""), "llm/agent/");
  assert.equal(pathOfTag("번역", "{}"), "%EB%B2%88%EC%97%AD/");
  assert.equal(pathOfTag("c++", '{"c++":"c-plus-plus"}'), "c-plus-plus/");
});
