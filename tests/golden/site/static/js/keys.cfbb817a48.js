
export function isKey({ key, code, shiftKey }, character, place) {
if (shiftKey && /[a-z]/.test(character)) return false;
if (key.toLowerCase() === character) return true;
return code === place && !shiftKey && key !== "Dead" && !/^[ -~\p{Script=Latin}]$/u.test(key);
}
