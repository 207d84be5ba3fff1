// Words of titles, whose parts stay together.

import assert from "node:assert/strict";
import { test } from "node:test";

import { wordsOf } from "../../templates/static/js/search-dom.js";

const part = (text, mark = false) => ({ text, mark });

test("a word stays together though only a part of it is marked", () => {
  const words = wordsOf([part("A Warm-"), part("up", true), part(" of\u00a0it")]);
  assert.deepEqual(words.map((word) => word.map(({ text, mark }) => (mark ? `[${text}]` : text)).join("")), ["A", " ", "Warm-[up]", " ", "of", "\u00a0", "it"]);
});

test("nothing of a title is lost", () => {
  const title = " Self-Supervised  Pre-training: ";
  assert.equal(wordsOf([part(title)]).flat().map(({ text }) => text).join(""), title);
});
