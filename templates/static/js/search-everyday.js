// Sentences, and the words of everyday speech in them, which say little about what a note is about: `그 논문 뭐였지`, `that paper where`.

/** @import { PlannedWord } from "./search-match.js" */
/** @import { Word } from "./search-query.js" */

import { ENDINGS } from "./search-shared.js";

const EVERYDAY = new Set(
  (
    "것 거 것이 것을 것은 것도 것인가 건 게 걸 그거 그것 그걸 이거 이걸 저거 수 수와 중 중에 때 쪽 쪽을 쪽이 쪽으로 데 줄 채 적 번 개 개를 개가 개만 편 " +
    "그 이 저 어느 어떤 무슨 무엇 무엇을 뭐 뭐가 뭐를 뭐더라 뭔가 누가 누구 언제 왜 어떻게 얼마나 몇 그런 이런 저런 " +
    "더 덜 잘 좀 안 못 다 또 및 등 각 여러 모두 전부 많은 많이 다른 대신 말고 같은 같이 함께 서로 각자 좋은 좋은지 좋다 좋다는 좋아진다 좋아지는 새로운 " +
    "바로 다시 정말 진짜 아주 매우 너무 조금 조금씩 그냥 아마 혹시 결국 원래 이미 먼저 나중에 점점 거의 주로 특히 직접 따로 그리고 그런데 근데 또는 " +
    "대한 대해 대해서 위한 위해 위해서 통해 통해서 의한 따라 대로 없이 처음 처음에 위의 안에 앞에 뒤에 사이 사이의 " +
    "나온 나왔다는 나왔다고 만든 만들어 만들어서 쓴 써서 보는 본 보고 보기 봤던 봤는데 찾는 찾기 찾아서 고치는 고치기 줄이는 줄여서 늘리는 알아보는 알아보기 알아본 " +
    "비교한 제안한 제안하는 개선한 개선하는 소개한 소개하는 다룬 다루는 다뤘던 설명한 설명하는 정리한 모은 모아둔 " +
    "사용 사용한 사용하는 사용해서 이용 이용한 이용해 이용해서 활용 활용한 활용해서 관한 관련 관련된 쓴다는 싶은데 싶은 싶을 " +
    "논문 논문이 논문을 논문인데 논문들 연구 연구를 결과 방법 방법을 방식 이야기 얘기 내용 글 글이 글인데 모음 작년인가 예전에 전에 최근에 요즘 " +
    "the a an of for in to with using use uses used how what which who when where that this these those there it its on by and or from is are was were be been as at if so " +
    "i you we my me paper papers article note about something some thing like called named does do did can could would they them their into"
  ).split(" "),
);
// What carries an ending and is everyday speech with any: 하는, 되더라는, 있었던.
const STEMS = new Set("하 되 있 없 나오 쓰 만들 말하 이야기하 얘기하 뭐 논문".split(" "));
const EVERYDAY_WEIGHT = 0.3;
// A shorter query means all of its words.
const LEAST_WORDS = 3;
const LEAST_OTHERS = 2;
const SENTENCE = 4;
const CERTAIN = new Set(["exact", "ending", "joined", "year"]);

/** Return true if words are a sentence or half of one, in which each word says less. @param {Word[]} words */
export const isSentence = (words) => words.filter(({ glued }) => !glued).length >= SENTENCE;

/** Let everyday words count less than the other words of a query, if there are enough others; Hangul ones not at all. @param {PlannedWord[]} words */
export function weighEveryday(words) {
  const everyday = words.filter(isEveryday);
  if (words.length < LEAST_WORDS || words.length - everyday.length < LEAST_OTHERS) return;
  for (const word of everyday) {
    word.weight = word.hangul ? 0 : EVERYDAY_WEIGHT;
    // A title may have a Latin one beside another word.
    word.alternatives = word.hangul ? [] : word.alternatives.filter(({ how }) => CERTAIN.has(how));
  }
}

/** Return true if a word counts as itself, as one of everyday speech beside others does not. @param {PlannedWord} word */
export const isTelling = ({ weight }) => weight === undefined;

/** @param {PlannedWord} word */
function isEveryday({ text, hangul }) {
  if (EVERYDAY.has(text)) return true;
  return hangul && Array.from(text, (_, at) => at).some((at) => STEMS.has(text.slice(0, at)) && ENDINGS.has(text.slice(at)));
}
