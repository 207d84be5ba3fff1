// Dates and authors as lists of the site write them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { byline, fill, shortName, writtenDay } from "../../templates/static/js/search-words.js";

const MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December";

test("a day is written by the form of the language", () => {
  assert.equal(writtenDay({ date: "{month} {day}, {year}", months: MONTHS }, "2024-03-09"), "March 9, 2024");
  assert.equal(writtenDay({ date: "{year}년 {month} {day}일", months: "1월|2월|3월" }, "2024-03-19"), "2024년 3월 19일");
  assert.equal(writtenDay({ date: "{month} {day}, {year}", months: MONTHS }, "no day"), "no day");
});

test("a form keeps what it has no value for", () => {
  assert.equal(fill("{n} of {all}", { n: 0 }), "0 of {all}");
});

test("a person is called by the last name with its particles, anything else by the whole name", () => {
  const names = { "Mina Park": "Park", "Aaron van den Oord": "van den Oord", "Sam Roe Jr.": "Roe", "김민아": "김민아", "Ida Núñez": "Núñez" };
  for (const [name, short] of Object.entries(names)) assert.equal(shortName(name), short);
  for (const name of ["Parrot Team", "Google DeepMind", "OpenAI", "Kestrel Research Lab"]) assert.equal(shortName(name), name);
});

test("a byline names two authors, or one and how many others", () => {
  const words = { other: "and {n} other", others: "and {n} others" };
  assert.equal(byline(words, ""), "");
  assert.equal(byline(words, "Mina Park"), "Park");
  assert.equal(byline(words, "Mina Park, Ada Holm"), "Park, Holm");
  assert.equal(byline(words, "Mina Park, Ada Holm, Lee Chen"), "Park and 2 others");
});
