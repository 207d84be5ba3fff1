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
  const { clauses, words } = parseQuery("벡터 #Long_Context, kind:model 연도:2023.");
  assert.deepEqual(clauses.map(({ atoms }) => atoms.map(({ type, value }) => [type, value])), [[["tag", "Long_Context"]], [["kind", "model"]], [["year", "2023"]]]);
  assert.deepEqual(words.map(({ text }) => text), ["벡터"]);
});

test("signs alone are no tag", () => assert.deepEqual(parseQuery("# #... tag:").clauses, []));

const clausesOf = (query) => parseQuery(query).clauses.map(({ negated, atoms }) => (negated ? "-" : "") + atoms.map(({ type, value }) => `${type}:${value}`).join("|"));
const wordsOf = (query) => parseQuery(query).words.map(({ text }) => text);

test("a minus sign and NOT leave out the word, phrase or field behind them", () => {
  assert.deepEqual(clausesOf("벡터 -군집 NOT kind:note -\"cold start\" -#web"), ["-word:군집", "-kind:note", "-phrase:cold start", "-tag:web"]);
  assert.deepEqual(wordsOf("벡터 -군집"), ["벡터"]);
});

test("a dash that leaves nothing out is none", () => {
  assert.deepEqual(clausesOf("warm-start 벡터 - 군집 -> 행렬 --"), []);
  assert.deepEqual(wordsOf("벡터 -> 행렬"), ["벡터", "행렬"]);
});

test("quotation marks of any keyboard hold a phrase", () => {
  for (const query of ['"cold start"', "“cold start”", '"cold start" ']) assert.deepEqual(clausesOf(query), ["phrase:cold start"]);
});

test("a phrase that is still being typed ends before its last word", () => {
  const { clauses, words } = parseQuery('"cold start pro');
  assert.equal(clauses[0].atoms[0].value, "cold start");
  assert.deepEqual(words.map(({ text }) => text), ["pro"]);
});

test("OR joins what stands on both sides, and nothing else", () => {
  assert.deepEqual(clausesOf('벡터 OR 행렬 텐서 tag:a OR "b c" | kind:d'), ["word:벡터|word:행렬", "tag:a|phrase:b c|kind:d"]);
  assert.deepEqual(wordsOf("벡터 OR 행렬 텐서"), ["텐서"]);
  assert.deepEqual(wordsOf("more or less OR"), ["more", "or"]);
});

test("every field has a name in both languages", () => {
  for (const [korean, english] of [["저자", "author"], ["제목", "title"], ["태그", "tag"], ["종류", "kind"], ["연도", "year"], ["부터", "from"], ["이전", "before"], ["포함", "has"]]) {
    assert.deepEqual(clausesOf(`${korean}:ivo`), clausesOf(`${english}:ivo`));
  }
});

test("a field's value may be a phrase", () => assert.deepEqual(parseQuery('author:"Ivo Lund" a').clauses[0].atoms, [{ type: "author", value: "Ivo Lund", quoted: true }]));

test("an unknown field is a problem and no word", () => {
  const { problems, words } = parseQuery("colour:red 벡터");
  assert.deepEqual(problems, [{ type: "field", name: "colour", value: "red" }]);
  assert.deepEqual(words.map(({ text }) => text), ["벡터"]);
});

test("colons of titles, addresses and times are no fields", () => {
  for (const query of ["Wobblefish: Learning", "https://site.example/a", "std::vector", "10:30", "arXiv:2304.01234"]) {
    const { clauses, problems } = parseQuery(query);
    assert.deepEqual([clauses, problems], [[], []], query);
  }
});

test("an order is no word, and an unknown one is a problem", () => {
  assert.equal(parseQuery("벡터 sort:date").sort, "newest");
  assert.equal(parseQuery("정렬:오래된").sort, "oldest");
  assert.deepEqual(parseQuery("sort:size").problems, [{ type: "value", name: "sort", value: "size" }]);
});

test("two days or months with dots or a tilde between them are a range", () => {
  for (const query of ["2022-07..2022-09", "2022-07~2022-09", "2022..", "..2022-09", "2022-07…2022-09"]) assert.deepEqual(clausesOf(query), [`date:${query}`]);
});

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
