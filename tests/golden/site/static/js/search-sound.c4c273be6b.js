
import { jamo } from "./search-tokens.9e0f97c4a9.js";

const KOREAN_SOUNDS = {
ㄱ: "K", ㄲ: "K", ㅋ: "K", ㄷ: "T", ㄸ: "T", ㅌ: "T", ㅂ: "P", ㅃ: "P", ㅍ: "P", ㅅ: "S", ㅆ: "S", ㅈ: "C", ㅉ: "C", ㅊ: "C",
ㄹ: "L", ㅁ: "M", ㄴ: "N", ㅎ: "H",
};

export function koreanSound(word) {
let key = "";
for (const syllable of word) {
const [initial, ...rest] = jamo(syllable);
key += KOREAN_SOUNDS[initial] ?? (key ? "" : "A");
for (const part of rest) key += part === "ㅇ" ? "N" : part === "ㅅ" ? "T" : (KOREAN_SOUNDS[part] ?? "");
}
return key.replace(/L+/g, "L");
}

export function englishSound(word) {
return word
.replace(/(?:[ct]ion|ssion|tian)/g, "SN")
.replace(/sion/g, "CN")
.replace(/[ct]ial/g, "SL")
.replace(/ture/g, "C")
.replace(/(.)\1/g, "$1")
.replace(/^[aeiouy]/, "A")
.replace(/tch|ch/g, "C")
.replace(/sh|sch/g, "S")
.replace(/ph/g, "P")
.replace(/th/g, "S")
.replace(/wh/g, "w")
.replace(/gh/g, "")
.replace(/ck|qu|q/g, "K")
.replace(/x/g, "KS")
.replace(/c(?=[eiy])/g, "S")
.replace(/c/g, "K")
.replace(/g(?=e|i[^n])/g, "C")
.replace(/ng$/g, "N")
.replace(/ng(?![aeiouylr])/g, "N")
.replace(/r(?![aeiouy])/g, "")
.replace(/[kg]/g, "K")
.replace(/[td]/g, "T")
.replace(/[pbfv]/g, "P")
.replace(/[jz]/g, "C")
.replace(/[rl]/g, "L")
.replace(/s/g, "S")
.replace(/m/g, "M")
.replace(/n/g, "N")
.replace(/h/g, "H")
.replace(/[aeiouyw]/g, "")
.replace(/L+/g, "L");
}
