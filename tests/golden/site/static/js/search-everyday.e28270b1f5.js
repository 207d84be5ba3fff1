

const EVERYDAY = new Set(
(
"것 거 것이 것을 것은 것도 건 게 걸 그거 수 수와 중 중에 때 쪽 쪽을 쪽이 어느 그 이 저 더 잘 좀 왜 어떻게 얼마나 그런 이런 어떤 무엇 뭐 " +
"대한 대해 위한 위해 통해 같은 있는 없는 있다 없다 많은 많이 다른 좋은 좋은지 좋다 좋아진다 좋아지는 새로운 여러 각 등 및 또는 그리고 " +
"바로 다시 정말 아주 너무 조금 조금씩 모두 함께 같이 서로 처음 처음에 위의 안에 앞에 뒤에 " +
"하는 하고 하기 하게 하면 해서 하면서 하려는 했더니 하더라는 더라는 되는 되게 되면 만든 만드는 만들기 만들어 쓰는 쓰기 쓴 쓰면 쓰면서 써서 " +
"보는 본 보고 보기 찾는 찾기 찾아서 고치는 고치기 줄이는 줄여서 늘리는 알아보는 알아보기 비교한 제안한 제안하는 개선한 개선하는 " +
"사용 사용한 사용하는 이용 이용한 활용 활용한 관한 관련 나온 나오는 논문 논문을 연구 결과 방법 방식 이야기 내용 글 모음 " +
"the a an of for in to with using how what paper method about on by and or from is are"
).split(" "),
);
const EVERYDAY_WEIGHT = 0.3;
const LEAST_WORDS = 3;
const LEAST_OTHERS = 2;
const CERTAIN = new Set(["exact", "ending", "joined", "year"]);

export function weighEveryday(words) {
const everyday = words.filter(({ text }) => EVERYDAY.has(text));
if (words.length < LEAST_WORDS || words.length - everyday.length < LEAST_OTHERS) return;
for (const word of everyday) {
word.weight = EVERYDAY_WEIGHT;
word.alternatives = word.alternatives.filter(({ how }) => CERTAIN.has(how));
}
}
