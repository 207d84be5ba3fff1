// Days, months and years as people write them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { boundedBy, contains, findPeriod, rangeOf, spanOf } from "../../templates/static/js/search-dates.js";

const NEWEST = 20240203;
const label = (text) => findPeriod(text, NEWEST)?.label;

for (const spelt of ["2022-11", "2022/11", "2022.11", "2022.11.", "202211", "2022년 11월", "22년 11월에", "Nov 2022", "november 2022", "Nov-2022", "2022 Nov"]) {
  test(`${spelt} is a month, also beside other words`, () => {
    assert.equal(label(spelt), "2022-11");
    assert.equal(label(`벡터 ${spelt} 군집`), "2022-11");
  });
}

for (const spelt of ["12 Nov 2022", "Nov 12, 2022", "November 12th 2022", "2022/11/12", "20221112", "221112"]) {
  test(`${spelt} is a day`, () => assert.equal(label(spelt), "2022-11-12"));
}

test("relative times are counted from the newest note", () => {
  assert.deepEqual(["작년 3월", "올해 1월", "재작년", "last year", "지난달", "이번 달에", "march last year"].map(label), [
    "2023-03", "2024-01", "2022", "2023", "2024-01", "2024-02", "2023-03",
  ]);
});

test("a month without a year is of every year", () => {
  const march = findPeriod("3월");
  assert.deepEqual([20210301, 20220331, 20220401, 0].map((day) => contains(march, day)), [true, true, false, false]);
});

test("versions, sizes and impossible months are no dates", () => {
  for (const text of ["2022-13", "13월", "0월", "2022.0", "v2022.11", "3월부", "1024", "may", "2304.01234"]) assert.equal(findPeriod(text), null, text);
});

test("a year, month or day spans its days", () => {
  assert.deepEqual(spanOf("2022"), { from: 20220000, to: 20229999 });
  assert.deepEqual(spanOf("2022-07"), { from: 20220700, to: 20220799 });
  assert.deepEqual(spanOf("2022년 7월 3일"), { from: 20220703, to: 20220703 });
  assert.equal(spanOf("3월"), null);
});

test("a range has both of its ends, or is open", () => {
  assert.deepEqual(rangeOf("2022-07..2022-09"), { from: 20220700, to: 20220999 });
  assert.deepEqual(rangeOf("..2022"), { from: 1, to: 20229999 });
  assert.deepEqual(rangeOf("2022~"), { from: 20220000, to: 99999999 });
  for (const text of ["..", "a..b", "2022-07", "1~2"]) assert.equal(rangeOf(text), null, text);
});

test("from and to include what they name, before and after don't", () => {
  const july = { from: 20220700, to: 20220799 };
  const isIn = (type, day) => day >= boundedBy(type, july).from && day <= boundedBy(type, july).to;
  const days = [0, 20220630, 20220701, 20220731, 20220801];
  assert.deepEqual(days.filter((day) => isIn("from", day)), [20220701, 20220731, 20220801]);
  assert.deepEqual(days.filter((day) => isIn("to", day)), [20220630, 20220701, 20220731]);
  assert.deepEqual(days.filter((day) => isIn("before", day)), [20220630]);
  assert.deepEqual(days.filter((day) => isIn("after", day)), [20220801]);
});
