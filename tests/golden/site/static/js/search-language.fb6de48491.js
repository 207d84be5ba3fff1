
const HANGUL = /(?![\u115f\u1160\u3164\uffa0])\p{Script=Hangul}/gu;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const HAN = /\p{Script=Han}/gu;
const LATIN_WORD = /\p{Script=Latin}+/gu;
const LETTER = /\p{Letter}/gu;
const EAST_ASIAN = ["ko", "ja", "zh"];

const count = (text, pattern) => text.match(pattern)?.length ?? 0;

export function languageOf(text, fallback) {
const own = fallback.split("-")[0].toLowerCase();
const found = eastAsianLanguage(text, own) || (EAST_ASIAN.includes(own) && isLatin(text) ? "en" : own);
return found === own ? fallback : found;
}

function eastAsianLanguage(text, own) {
const hangul = count(text, HANGUL);
const kana = count(text, KANA);
const han = count(text, HAN);
if (hangul) {
if (hangul >= kana + (own === "ja" || own === "zh" ? han : 0)) return "ko";
} else if (!(kana + han) || kana + han < count(text.replace(/https?:\/\/\S+/g, ""), LATIN_WORD)) {
return "";
}
if (kana) return "ja";
return EAST_ASIAN.includes(own) ? own : "zh";
}

function isLatin(text) {
const letters = (text.match(LATIN_WORD) ?? []).join("").length;
return letters > 0 && 2 * letters >= count(text, LETTER);
}
