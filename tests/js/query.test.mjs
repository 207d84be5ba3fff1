// What a query names: tags, kinds, years, dates, arXiv ids, and words.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseQuery, splitWords, tagKey } from "../../templates/static/js/search-query.js";

test("tags have one key however they are spelt", () => {
  for (const spelt of ["straße", "STRASSE", "Straſſe"]) assert.equal(tagKey(spelt), "strasse");
  for (const spelt of ["long context", "Long_Context", "ｌｏｎｇ－context"]) assert.equal(tagKey(spelt), "long-context");
  assert.equal(tagKey("ΣΟΦΟΣ"), tagKey("σοφος"));
});

test("fields are taken out of the words", () => {
  const { fields, words } = parseQuery("벡터 #Long_Context, kind:model 연도:2023.");
  assert.deepEqual(fields, [
    { type: "tag", value: "Long_Context" },
    { type: "kind", value: "model" },
    { type: "year", value: "2023" },
  ]);
  assert.deepEqual(words.map(({ text }) => text), ["벡터"]);
});

test("signs alone are no tag", () => assert.deepEqual(parseQuery("# #... tag:").fields, []));

for (const spelt of ["2023-04-05", "20230405", "230405", "2023.4.5.", "2023년 4월 5일에", "23년 4월 5일"]) {
  test(`${spelt} is a day`, () => {
    const { date, words } = parseQuery(spelt);
    assert.equal(date.label, "2023-04-05");
    assert.deepEqual([20230405, 20230406, 20220405].map(date.test), [true, false, false]);
    assert.deepEqual(words, []);
  });
}

test("a month and a day without a year fit every year", () => {
  assert.deepEqual([20230400, 20230512].map(parseQuery("2023년 4월").date.test), [true, false]);
  const { label, test: fits } = parseQuery("4월 5일").date;
  assert.equal(label, "····-04-05");
  assert.deepEqual([20190405, 20200406].map(fits), [true, false]);
});

test("impossible days are words", () => assert.equal(parseQuery("2023-14-05").date, null));

test("arXiv ids are found in addresses, with versions, and not in other numbers", () => {
  for (const spelt of ["2304.01234", "arXiv:2304.01234v2", "https://arxiv.org/pdf/2304.01234v1.pdf"]) assert.equal(parseQuery(spelt).arxiv, "2304.01234");
  for (const spelt of ["2399.01234", "12304.012345"]) assert.equal(parseQuery(spelt).arxiv, "");
});

test("words know their script and whether they touch the one before", () => {
  assert.deepEqual(splitWords("GPU서버 a-b"), [
    { text: "gpu", hangul: false, glued: false },
    { text: "서버", hangul: true, glued: true },
    { text: "a", hangul: false, glued: false },
    { text: "b", hangul: false, glued: true },
  ]);
});

test("a pasted page is cut to so many words", () => assert.equal(splitWords("w ".repeat(100)).length, 24));
