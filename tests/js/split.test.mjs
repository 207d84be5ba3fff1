// Words that are typed as one and written as several.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Lexicon } from "../../templates/static/js/search-lexicon.js";
import { segmentGlued, versionOf } from "../../templates/static/js/search-split.js";

const TERMS = ["군집", "긴", "벡터", "색인", "압축", "의미"];
const lexicon = new Lexicon(TERMS, new Uint8Array(TERMS.length).fill(2));
const parts = (word) => segmentGlued(lexicon, word);

test("a name and its version or size come apart", () => {
  assert.deepEqual(versionOf("wombat2"), ["wombat", "2"]);
  assert.deepEqual(versionOf("wombat180b"), ["wombat", "180b"]);
  for (const text of ["v2", "2wombat", "wombat"]) assert.equal(versionOf(text), null);
});

test("a glued word is its terms", () => assert.deepEqual(parts("벡터색인압축"), ["벡터", "색인", "압축"]));

test("particles between terms are left out, and are no part of a term", () => {
  assert.deepEqual(parts("벡터의색인과압축"), ["벡터", "색인", "압축"]);
  assert.deepEqual(parts("의미군집"), ["의미", "군집"]);
});

test("a part may be one syllable", () => assert.deepEqual(parts("긴벡터"), ["긴", "벡터"]));

test("the last part may carry an ending", () => assert.deepEqual(parts("벡터색인입니다"), ["벡터", "색인"]));

test("a part that no note has stays as it is", () => assert.deepEqual(parts("벡터쀍쒧"), ["벡터", "쀍쒧"]));

test("a word without any term is no glued one", () => assert.deepEqual(parts("쀍쒧쮏쁣"), []));
