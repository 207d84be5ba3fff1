// A query's words into words of the other language (and other spellings): by the glossary, by pairs the notes themselves
// align, and by sound. An expansion counts less than what was typed, and the reader sees it and can take it off.

import { checksum } from "./search-format.9483846876.js";
import { plurals } from "./search-match.405e49e82d.js";
import { isHangul, jamo, stems, tokenize } from "./search-tokens.ffaf7fcb6f.js";

const MOST_WORDS = 4;
const GLOSSARY = 0.2;
const ALIGNED = 0.12;
const ALIGNED_STEP = 0.02;
const SOUND = 0.2;
const MOST_BY_SOUND = 3;
const LITERAL = new Set(["exact", "ending", "joined"]);

const keyOf = (spelling) => tokenize(spelling, false).join("");

export class Translations {
  // `read` reads the words of one place, as {pairs, rows}; `lexiconsFor` gives the lexicons a token may be in, and
  // `readRare` reads the one for a rare token.
  constructor(places, { read, lexiconsFor, readRare }, lexicons) {
    this.places = places;
    this.read = read;
    this.lexiconsFor = lexiconsFor;
    this.readRare = readRare;
    this.lexicons = lexicons;
    this.placesRead = new Set();
    this.byKey = new Map();
    this.aligned = new Map();
  }

  // Read what the runs of these words may lead to.
  async prepare(words) {
    const wanted = new Set(runsOf(words).map(({ text }) => checksum(text.slice(0, 2)) & (this.places - 1)));
    await Promise.all(
      [...wanted].filter((place) => !this.placesRead.has(place)).map(async (place) => {
        const { pairs, rows } = await this.read(place);
        if (this.placesRead.has(place)) return;
        this.placesRead.add(place);
        for (const row of rows) {
          for (const key of new Set(row.map(keyOf))) {
            if ((checksum(key.slice(0, 2)) & (this.places - 1)) === place) append(this.byKey, key, row);
          }
        }
        for (const [word, ...others] of pairs) this.aligned.set(word, others.map((other) => [other.slice(1), +other[0]]));
      }),
    );
    await this.readRareRows(words);
  }

  // A row may lead only to words that occur once: their files are read for the rows that these words are in.
  async readRareRows(words) {
    const keys = new Set(runsOf(words).flatMap(({ text }) => spellingsOf(text)));
    const rows = new Set([...keys].flatMap((key) => this.byKey.get(key) ?? []));
    const leads = (spelling) => !keys.has(keyOf(spelling)) && tokenize(spelling, false).every((token) => this.has(token));
    const rare = [...rows].filter((row) => !row.some(leads));
    await Promise.all(rare.flatMap((row) => row.flatMap((spelling) => tokenize(spelling, false))).map((token) => this.readRare(token)));
  }

  has(term) {
    return this.lexiconsFor(term).some((lexicon) => lexicon.has(term));
  }

  // Whether a word, as typed or without an ending, is a spelling of the glossary.
  knows(word) {
    return spellingsOf(word).some((key) => this.byKey.has(key));
  }

  // Rows that a run of words is a spelling of, each as the labels and token lists of its other spellings.
  glossary(run) {
    const keys = spellingsOf(run);
    const rows = new Set(keys.flatMap((key) => this.byKey.get(key) ?? []));
    const occurs = (token) => this.has(token) || (!isHangul(token) && plurals(token).some((form) => this.has(form)));
    const found = [];
    for (const row of rows) {
      const phrases = [];
      const labels = [];
      for (const spelling of row) {
        if (keys.includes(keyOf(spelling))) continue;
        const before = phrases.length;
        const tokens = tokenize(spelling, false);
        const joined = tokens.join("");
        if (tokens.length > 1 && this.has(joined)) phrases.push([joined]);
        if (tokens.every(occurs)) phrases.push(tokens);
        if (phrases.length > before) labels.push(spelling);
      }
      if (phrases.length) found.push({ labels, phrases });
    }
    return found;
  }

  prepareSounds() {
    this.sounds ??= soundsOf(this.lexicons);
  }

  // Terms of the other script that sound the same.
  bySound(word) {
    const hangul = isHangul(word);
    const key = hangul ? koreanSound(word) : englishSound(word);
    if (key.length < 4) return [];
    this.prepareSounds();
    return (this.sounds[hangul ? "english" : "korean"].get(key) ?? [])
      .filter((term) => Math.abs(syllables(term) - syllables(word)) <= 2)
      .slice(0, MOST_BY_SOUND);
  }
}

// Runs of up to four words, as {first, last, text}.
function runsOf(words) {
  return words.flatMap((_, first) =>
    words.slice(first, first + MOST_WORDS).map((_, length) => ({
      first,
      last: first + length,
      text: words.slice(first, first + length + 1).map((word) => word.text).join(""),
    })),
  );
}

function append(map, key, value) {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

// {id, from, to, words, phrases, factor} for every run of words that has an equivalent.
export function expansionsOf(translations, words, options) {
  const found = new Map();
  const put = (first, last, to, phrases, factor) => {
    const from = words.slice(first, last + 1).map((word) => word.text).join(" ");
    const id = `${from}→${to}`;
    if (!found.has(id)) found.set(id, { id, from, to, words: range(first, last), phrases, factor });
  };
  if (options.glossary !== false) {
    for (const { first, last, text } of runsOf(words)) {
      for (const { labels, phrases } of translations.glossary(text)) {
        put(first, last, shownLabels(labels, text), phrases, GLOSSARY);
      }
    }
  }
  words.forEach(({ text, alternatives }, at) => {
    const covered = [...found.values()].some((expansion) => expansion.words.length === 1 && expansion.words[0] === at);
    if (options.alignment !== false && !covered) {
      for (const form of spellingsOf(text)) {
        for (const [term, strength] of translations.aligned.get(form) ?? []) {
          if (translations.has(term) && !alreadyFound(found, at, term)) put(at, at, term, [[term]], ALIGNED + ALIGNED_STEP * strength);
        }
      }
    }
    // What the notes have themselves needs no guess by its sound.
    const literal = alternatives.some(({ how }) => LITERAL.has(how));
    if (options.transliteration !== false && !covered && !literal) {
      for (const term of translations.bySound(text)) {
        if (!alreadyFound(found, at, term)) put(at, at, term, [[term]], SOUND);
      }
    }
  });
  return [...found.values()];
}

function alreadyFound(found, word, term) {
  return [...found.values()].some((expansion) => expansion.words.includes(word) && expansion.phrases.some((tokens) => tokens.includes(term)));
}

const range = (first, last) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

// Two spellings to show, of the other script if there are any, and no two that begin alike (quantization, quantized).
function shownLabels(labels, text) {
  const others = labels.filter((label) => isHangul(label) !== isHangul(text));
  const shown = [];
  for (const label of others.length ? others : labels) {
    if (shown.length < 2 && !shown.some((each) => keyOf(each).slice(0, 4) === keyOf(label).slice(0, 4))) shown.push(label);
  }
  return shown.join(", ");
}

// A run of words as typed, without an ending, or in the singular.
function spellingsOf(run) {
  if (isHangul(run)) return [run, ...stems(run).filter(([stem]) => stem.length > 1).map(([stem]) => stem)];
  return [run, ...plurals(run).filter((form) => form.length < run.length)];
}

function syllables(term) {
  return isHangul(term) ? term.length : (term.match(/[aeiouy]+/g) ?? []).length;
}

function soundsOf(lexicons) {
  const sounds = { english: new Map(), korean: new Map() };
  for (const lexicon of lexicons) {
    for (const term of lexicon.terms) {
      if (term.length < 3 || /\d/.test(term)) continue;
      const hangul = isHangul(term);
      const key = hangul ? koreanSound(term) : englishSound(term);
      if (key.length > 3) append(sounds[hangul ? "korean" : "english"], key, term);
    }
  }
  const frequency = (term) => lexicons.reduce((sum, lexicon) => sum + (lexicon.has(term) ? lexicon.class(term) + 1 : 0), 0);
  for (const map of Object.values(sounds)) for (const list of map.values()) list.sort((a, b) => frequency(b) - frequency(a));
  return sounds;
}

const KOREAN_SOUNDS = {
  ㄱ: "K", ㄲ: "K", ㅋ: "K", ㄷ: "T", ㄸ: "T", ㅌ: "T", ㅂ: "P", ㅃ: "P", ㅍ: "P", ㅅ: "S", ㅆ: "S", ㅈ: "C", ㅉ: "C", ㅊ: "C",
  ㄹ: "L", ㅁ: "M", ㄴ: "N", ㅎ: "H",
};

// The consonants of a Korean loan word: 디스틸레이션 is TSTLSN. A first vowel is kept as A.
export function koreanSound(word) {
  let key = "";
  for (const syllable of word) {
    const [initial, ...rest] = jamo(syllable);
    key += KOREAN_SOUNDS[initial] ?? (key ? "" : "A");
    for (const part of rest) key += part === "ㅇ" ? "N" : part === "ㅅ" ? "T" : (KOREAN_SOUNDS[part] ?? "");
  }
  return key.replace(/L+/g, "L");
}

// The consonants an English word has in a Korean ear: distillation is TSTLSN.
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
