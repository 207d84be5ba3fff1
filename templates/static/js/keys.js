// Recognises keys on every keyboard layout.

/**
 * Return true if a key types this character, or lies in its place on a layout of another script, as ㅓ lies on J. A letter
 * counts without Shift; a sign may need it (`/` is Shift 7 in German).
 * @param {KeyboardEvent} event @param {string} character in lower case @param {string} [place] as in `event.code`
 */
export function isKey({ key, code, shiftKey }, character, place) {
  if (shiftKey && /[a-z]/.test(character)) return false;
  if (key.toLowerCase() === character) return true;
  return code === place && !shiftKey && key !== "Dead" && !/^[ -~\p{Script=Latin}]$/u.test(key);
}
