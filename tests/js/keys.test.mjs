// Keys on different layouts: by letter, and by place on layouts of another script.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isKey } from "../../templates/static/js/keys.js";

const press = (key, code, shiftKey = false) => ({ key, code, shiftKey });

for (const [layout, event, expected] of [
  ["US", press("j", "KeyJ"), true],
  ["US with caps lock", press("J", "KeyJ"), true],
  ["US with Shift", press("J", "KeyJ", true), false],
  ["Dvorak by letter", press("j", "KeyC"), true],
  ["Dvorak by place", press("h", "KeyJ"), false],
  ["Korean", press("ㅓ", "KeyJ"), true],
  ["Korean input method on Windows", press("Process", "KeyJ"), true],
  ["Russian", press("о", "KeyJ"), true],
  ["another letter with an accent", press("é", "KeyJ"), false],
  ["a dead key", press("Dead", "KeyJ"), false],
]) {
  test(`j on ${layout}: ${expected}`, () => assert.equal(isKey(event, "j", "KeyJ"), expected));
}

test("signs may need Shift and have no place of their own", () => {
  assert.equal(isKey(press("/", "Digit7", true), "/", "Slash"), true);
  assert.equal(isKey(press("-", "Slash"), "/", "Slash"), false);
  assert.equal(isKey(press("?", "Slash", true), "?"), true);
  assert.equal(isKey(press("ㅓ", ""), "?"), false);
});
