// Text into search tokens, by the rules of src/digest/search/tokens.py; both pass tests/cases/search-tokens.json.

export const ENDINGS = new Set((
  "가 같이 거나 게 겠 겠네요 겠습니다 겠죠 고 과 과는 과도 과의 군요 기 기가 기는 기도 기를 기에 까지 까지는 까지도 까지의 나 네요 는 는군요 는데 는지 니 니까 다 다고 다는 대로 더군요 던 도 도록 돼 돼서 돼야 됐 됐고 " +
  "됐네요 됐는데 됐다 됐던 됐습니다 되 되거나 되게 되겠 되겠네요 되겠죠 되고 되기 되기도 되네요 되는 되는군요 되는데 되는지 되다 되던 되도록 되며 되면 되면서 되어 되어야 되었 되었고 되었군요 되었네요 되었는데 되었다 되었던 " +
  "되었습니다 되죠 되지 되지는 되지만 된 된다 된다거나 된다고 된다는 된다면 된지 될 될까 될지 됨 됨을 됩니다 든 들 들과 들까지 들도 들로 들만 들보다 들에 들에게 들에는 들에서 들은 들을 들의 들이 들이나 들이네요 들이라 들인데 " +
  "들입니다 들처럼 라 라고 라고는 라는 라는데 라도 라면 라서 란 랑 려고 로 로는 로도 로만 로부터 로서 로써 로의 를 마다 마저 만 만에 만으로 만으로도 만은 만을 만의 만이 만큼 며 면 면서 밖에 보다 보다는 보다도 부터 부터는 " +
  "부터의 뿐 습니다 시켜 시켜서 시켜야 시켰 시켰고 시켰네요 시켰는데 시켰습니다 시키 시키고 시키기 시키네요 시키는 시키는데 시키도록 시키려고 시키려는 시키면 시키면서 시키자 시키지 시킨 시킨다 시킨다는 시킬 시킬지 시킴 시킴으로써 " +
  "시킵니다 아서 았고 았군요 았네요 았는데 았다 았던 았습니다 았지만 어서 었고 었군요 었네요 었는데 었다 었던 었습니다 었지만 에 에게 에게는 에게서 에는 에도 에만 에서 에서는 에서도 에서만 에서의 여서 였 였고 였네요 였는데 였다 " +
  "였던 였습니다 예요 와 와는 와도 와의 으려고 으로 으로는 으로도 으로만 으로부터 으로서 으로써 으로의 으며 으면 으면서 은 은데 은지 을 을까 을지 음 음을 의 이 이거나 이겠네요 이고 이군요 이기 이기도 이기에 이나 이나마 이네요 " +
  "이니 이니까 이다 이더군요 이던 이든 이라 이라고 이라고는 이라는 이라는데 이라도 이라면 이라서 이란 이랑 이며 이면 이어서 이었 이었고 이었네요 이었는데 이었다 이었던 이었습니다 이에요 이죠 이지 이지만 인 인가 인가요 인데 인듯 " +
  "인지 일 일까 일까요 일수록 일지 임 임을 입니다 적 적으로 적으로는 적이 적이고 적이군요 적이네요 적이라 적이었 적이지 적인 적인지 적일 적입니다 조차 죠 지 지는 지도 지만 처럼 처럼요 하 하거나 하게 하겠 하겠네요 하겠습니다 " +
  "하고 하군요 하기 하기가 하기는 하기도 하기를 하기에 하길 하나 하네요 하는 하는군요 하는데 하는지 하니 하니까 하다 하다고 하다는 하더군요 하더라도 하던 하도록 하려 하려고 하려는 하며 하면 하면서 하면서도 하므로 하여 하였 " +
  "하였습니다 하자 하자는 하죠 하지 하지는 하지도 하지만 한 한가 한다 한다고 한다는 한다면 한데 한지 할 할까 할까요 할수록 할지 함 함에 함으로써 함을 합니다 해 해도 해보 해봤 해서 해서는 해야 해졌 해지는 해진 해질 해집니다 했 " +
  "했고 했군요 했네요 했는데 했는지 했다 했다고 했다는 했다면 했던 했습니다 했으며 했을 했지만 히 " +
  "").trim().split(" "));
const LONGEST_ENDING = Math.max(...[...ENDINGS].map((ending) => ending.length));

export const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const MEDIALS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
const FINALS = ["", ..."ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"];
// Medials and finals that a keyboard types as two keys.
const SPLIT = {
  ㅘ: "ㅗㅏ", ㅙ: "ㅗㅐ", ㅚ: "ㅗㅣ", ㅝ: "ㅜㅓ", ㅞ: "ㅜㅔ", ㅟ: "ㅜㅣ", ㅢ: "ㅡㅣ",
  ㄳ: "ㄱㅅ", ㄵ: "ㄴㅈ", ㄶ: "ㄴㅎ", ㄺ: "ㄹㄱ", ㄻ: "ㄹㅁ", ㄼ: "ㄹㅂ", ㄽ: "ㄹㅅ", ㄾ: "ㄹㅌ", ㄿ: "ㄹㅍ", ㅀ: "ㄹㅎ", ㅄ: "ㅂㅅ",
};
const CLOSING = ")]}\"'”’`$*";
const MAX_TOKEN = 40;

const TOKEN =
  /[가-힣ㄱ-ㅣ]+|[a-z](?:\+\+|#)(?![a-z0-9#+])|[a-z0-9]+(?:[-_.'’][a-z0-9]+)*|[\u0370-\u052f\u3040-\u30ff\u4e00-\u9fff]+/g;
const URL_PATTERN = /https?:\/\/[^\s가-힣<>]+/g;

export function normalize(text) {
  // NFKC would turn the jamo of a half-typed syllable (ㅋ) into conjoining ones.
  const compatible = text.replace(/[^\u3131-\u318e]+/g, (run) => run.normalize("NFKC"));
  return compatible.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
}

const clip = (token) => [...token].slice(0, MAX_TOKEN).join("");

// Tokens in reading order; `joined` says whether pre-training also gives pretraining.
export function tokenize(text, joined = true) {
  const plain = normalize(text).replace(URL_PATTERN, " ");
  const tokens = [];
  let lastEnd = -1;
  for (const match of plain.matchAll(TOKEN)) {
    const token = match[0];
    if (/^[가-힣ㄱ-ㅣ]/.test(token)) {
      const glued = match.index === lastEnd || CLOSING.includes(plain[match.index - 1] ?? " ");
      if (!glued || !ENDINGS.has(token)) tokens.push(clip(token));
      continue;
    }
    lastEnd = match.index + token.length;
    const parts = token.split(/[-_.'’]/);
    if (parts.length === 1) {
      tokens.push(clip(token));
      continue;
    }
    tokens.push(...parts.map(clip));
    if (joined && parts.length <= 3 && /[a-z]/.test(token)) tokens.push(clip(parts.join("")));
  }
  return tokens;
}

export function isHangul(token) {
  return token[0] >= "ㄱ" && !(token[0] >= "\u4e00" && token[0] <= "\u9fff");
}

// The ways to split a Hangul token into a stem and a known ending, the longest ending first.
export function stems(token) {
  const found = [];
  for (let cut = Math.max(1, token.length - LONGEST_ENDING); cut < token.length; cut++) {
    if (ENDINGS.has(token.slice(cut))) found.push([token.slice(0, cut), token.slice(cut)]);
  }
  return found;
}

// Hangul as the keys that type it: 값 is ㄱㅏㅂㅅ. Other characters stay.
export function jamo(token) {
  let keys = "";
  for (const char of token) {
    const index = char.charCodeAt(0) - 0xac00;
    if (index < 0 || index >= 11172) {
      keys += SPLIT[char] ?? char;
      continue;
    }
    const medial = MEDIALS[Math.floor(index / 28) % 21];
    const final = FINALS[index % 28];
    keys += INITIALS[Math.floor(index / 588)] + (SPLIT[medial] ?? medial) + (SPLIT[final] ?? final);
  }
  return keys;
}

// A Hangul token by the initials of its syllables: 토크나이저 is ㅌㅋㄴㅇㅈ.
export function chosung(token) {
  return [...token].map((c) => (c >= "가" && c <= "힣" ? INITIALS[Math.floor((c.charCodeAt(0) - 0xac00) / 588)] : c)).join("");
}

// The two-set keyboard: where each jamo lies on a Latin keyboard.
const KEYS = {
  ㅂ: "q", ㅈ: "w", ㄷ: "e", ㄱ: "r", ㅅ: "t", ㅛ: "y", ㅕ: "u", ㅑ: "i", ㅐ: "o", ㅔ: "p", ㅁ: "a", ㄴ: "s", ㅇ: "d", ㄹ: "f",
  ㅎ: "g", ㅗ: "h", ㅓ: "j", ㅏ: "k", ㅣ: "l", ㅋ: "z", ㅌ: "x", ㅊ: "c", ㅍ: "v", ㅠ: "b", ㅜ: "n", ㅡ: "m",
  ㅃ: "q", ㅉ: "w", ㄸ: "e", ㄲ: "r", ㅆ: "t", ㅒ: "o", ㅖ: "p",
};
const UNKEYS = Object.fromEntries(Object.entries(KEYS).slice(0, 26).map(([char, key]) => [key, char]));

// What a word would have been with the Hangul/English key pressed: Latin letters as jamo keys, Hangul as Latin letters.
export function switchKeyboard(word) {
  if (/^[a-z]+$/.test(word)) return [...word].map((c) => UNKEYS[c]).join("");
  if (/^[가-힣ㄱ-ㅣ]+$/.test(word)) return [...jamo(word)].map((c) => KEYS[c] ?? "").join("");
  return "";
}
