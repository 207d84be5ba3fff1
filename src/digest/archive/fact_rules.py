"""How texts state the figures of models and hardware: the patterns of each key.

A pattern holds the figure and a word that says what it measures. Patterns are texts, which `re` compiles once a rule is
tried, and a rule is tried only for a sentence in which the search for its key finds something.
"""

import re
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

Place = Literal["anywhere", "list", "opening"]


class Rule(Struct, frozen=True):
    """How the text states one key: group 1 of `pattern` is the figure, group 2, if any, its unit or addition.

    `shown` is the format of the value. `place` says where the rule applies: `list` is list items alone, `opening` is list
    items and the first sentences, which say what the text is about. A figure does not count if `unless` matches in the
    sentence, up to the figure and its word. With `ends_clause`, the rest of the sentence may be about something else.
    """

    key: str
    pattern: str
    shown: str = "{0}{1}"
    place: Place = "anywhere"
    unless: str = ""
    ends_clause: bool = False


def rules_for(kind: str, sentence: str) -> tuple[Rule, ...]:
    """Return the rules of a kind that a sentence may match; none for a kind whose texts give no figures."""
    keys = {key for key, search in _SEARCHES.items() if re.search(search, sentence)}
    return tuple([rule for rule in _RULES.get(kind, ()) if rule.key in keys])


def _rule(
    key: str,
    pattern: str,
    shown: str = "{0}{1}",
    place: Place = "anywhere",
    unless: str = "",
    *,
    ends_clause: bool = False,
) -> Rule:
    return Rule(key, f"(?i){pattern}", shown, place, f"(?i){unless}" if unless else "", ends_clause)


_SEARCHES = {
    "parameters": r"(?i)\dB|[억조]",
    "active": r"(?i)활성|액티브|activ|\dB-A\d",
    "experts": r"(?i)moe|expert|전문가",
    "layers": r"(?i)레이어|layer",
    "dimension": r"(?i)dim|차원",
    "vocabulary": r"(?i)vocab|어휘",
    "context": r"(?i)context|컨텍스트|문맥",
    "tokens": r"(?i)\d(?:[TB]|조| trillion)",
    "precision": r"(?i)int[48]|fp\d|bf16",
    "licence": r"(?i)apache|cc[ -]by|licen|라이[선센]스",
    "memory": r"(?i)\d ?[GT]B",
    "bandwidth": r"(?i)[GT]B/s",
    "fp4": r"(?i)fp4",
    "fp8": r"(?i)fp8",
    "fp16": r"(?i)fp16",
    "int8": r"(?i)int8",
    "tdp": r"(?i)tdp",
    "process": r"(?i)\d ?(?:nm|나노)",
}
"""For each key, a short pattern of something that all its rules need: a word or the figure."""

# Without (?-i:), `re` would look for the other case of each of the 11,172 syllables, and compile these patterns five times as slowly.
_HANGUL = r"(?-i:[가-힣])"
_SIZE = r"\d+(?:\.\d+)?B(?![A-Za-z0-9])"
_AND = r"(?:\s?(?:[/·&~–-]|및|and)\s?|(?:와|과) ?(?:그리고 )?|,\s?(?:(?:그리고|and) )?)"
_SIZES = rf"{_SIZE}(?:{_AND}{_SIZE})*"
# 320억, 1조 2000억, 80억과 700억
_WRITTEN_SIZE = r"(?:\d[\d,]*(?:\.\d+)?조(?: ?\d[\d,]*억)?|\d[\d,]*(?:\.\d+)? ?억)"
_WRITTEN_SIZES = rf"{_WRITTEN_SIZE}(?:{_AND}{_WRITTEN_SIZE})*"
_PARAMETER = r"(?:파라미터|매개변수)"
_THOUSANDS = r"\d+(?:\.\d+)?[KM]"
_LENGTH = rf"(?:{_THOUSANDS}|\d{{1,3}},\d{{3}}|\d{{4,6}})(?![\d.]*[A-Za-z0-9])"
_LENGTHS = rf"{_LENGTH}(?:{_AND}{_LENGTH})*"
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
# 80 -> 192GB, 80GB에서 192GB로; the first of two figures is not the figure
_CHANGE = rf"{_NUMBER}(?: ?[GTP]B(?:/s)?| ?[kMGTP]?(?:FLOPS?|OPS|W))?(?:\s*(?:->|→)\s*|에서 ){_NUMBER}|{_NUMBER}(?! ?[A-Za-z/]+에서 \d)"
# A figure can begin here, since this is not inside a name (`Llama 2 70B`, `Yi-9B`), a word or another number.
_FREE = r"(?:^|(?<=(?-i:[가-힣(/,.:])\s)|(?<=(?-i:[가-힣(/,:])))"
_OF_SIZE = r"(?: (?:파라미터|매개변수)(?:의)?| 크기의| 규모의|급)?"
_ADJECTIVES = (
    r"(?:(?:MoE|Dense|Base|Instruct|Chat|Multilingual|Multimodal|Code|다국어|멀티모달|언어|코드|오픈|공개|기반) ){0,2}"
)
_MODEL = r"(?:모델|모형|LLM|LM)"
_CAME = r"(?:공개|나왔|나온|나오|발표|출시|등장|릴리즈|릴리스|내놓|풀렸|선보)"
_ACTIVE = r"(?:활성(?:화)?|액티브|activated?)"
_CONTEXT = r"(?:Context(?: Length| Window| 길이)?|컨텍스트(?: 길이| 윈도우?)?|문맥(?: 길이)?)"
_TRAINED = r"(?:사전 ?|프리)?(?:학습|훈련|트레이닝)"
_FURTHER = (
    r"추가 ?(?:사전 ?|프리)?(?:학습|훈련|트레이닝)|추가로|continu|instruct|튜닝|tuning|SFT|mid-?train|미드|anneal|쿨다운|distill"
    r"|\dB(?:는|은|에는|의 경우)|증류|합성|synthetic|토크나이저|끊|에폭|epoch"
)
_OF_DATA = r"데이터|dataset|코퍼스"

_PARAMETERS: Sequence[Rule] = (
    _rule("parameters", rf"^({_SIZES})(?=,|$| 파라미터| parameters)", place="list"),
    _rule(
        "parameters",
        rf"{_FREE}({_SIZES}){_OF_SIZE} {_ADJECTIVES}{_MODEL}(?:을|이|은|들이|들을)? (?:{_HANGUL}+ ){{0,2}}{_CAME}",
    ),
    _rule("parameters", rf"{_FREE}({_SIZES}) {_MODEL}을 (?:{_HANGUL}+ )?학습"),
    _rule("parameters", rf"{_FREE}({_SIZES}) ?(?:모델)?[을를이가] (?:{_HANGUL}+ )?(?:공개|발표|출시)"),
    _rule("parameters", rf"{_FREE}({_SIZES})(?: 모델)?(?:을|를|에 대해) {_NUMBER}[TB] (?:토큰|분량|학습)"),
    _rule("parameters", rf"{_FREE}({_SIZES})(?:,| /)? {_NUMBER}T (?:토큰|tokens|학습)", place="opening"),
    _rule(
        "parameters",
        rf"{_FREE}({_SIZES}){_OF_SIZE} {_ADJECTIVES}{_MODEL}(?:입니다|이네요|네요|이군요|군요|이다|이고|로,?)?(?=[.,!]|$)",
        place="opening",
    ),
    _rule(
        "parameters",
        rf"{_FREE}({_SIZES})(?:{_OF_SIZE} {_ADJECTIVES}{_MODEL})?(?:이고|이며|인데)",
        place="opening",
        ends_clause=True,
    ),
    _rule(
        "parameters",
        rf"(?:크기|{_PARAMETER}(?: 수)?|parameters)(?:는|가|은|이|:)? (?:총 )?({_SIZES})(?:입니다|이네요|네요|[.,]|$)",
        unless=_ACTIVE,
    ),
    _rule("parameters", rf"{_FREE}({_SIZES}) ?(?:{_PARAMETER}|parameters)(?:입니다|이네요|이군요|로|의 모델|,|$)"),
    _rule(
        "parameters",
        rf"{_FREE}({_WRITTEN_SIZES}) ?(?:개(?:의)? ?)?{_PARAMETER}(?! ?(?:이상|이하|미만|넘|정도|대의))",
        unless=_ACTIVE,
    ),
    _rule(
        "parameters",
        rf"{_PARAMETER}(?: 수)?(?:는|가|은|이|:)? (?:총 |모두 )?({_WRITTEN_SIZES}) ?(?:개)?"
        r"(?:입니다|이네요|네요|이군요|군요|이다|다|이고|이며|인|의|로|[.,]|$)",
        unless=_ACTIVE,
    ),
    _rule("active", rf"{_ACTIVE}(?: {_PARAMETER})?(?: 수)?(?:는|가|은|이|:)? ?({_WRITTEN_SIZE})"),
    _rule("active", rf"{_FREE}({_WRITTEN_SIZE}) ?(?:개(?:의)? ?)?(?:가 |를 |만 )?{_ACTIVE}"),
    # 671B (37B active), 37B activated of 671B
    _rule("parameters", rf"{_FREE}({_SIZE})(?: 파라미터)?(?:, ?| ?\(){_ACTIVE}(?: 파라미터)?(?:는|은|:)? ?{_SIZE}"),
    _rule("parameters", rf"{_FREE}({_SIZE})(?:,| 파라미터,?)? ?\(?{_SIZE} {_ACTIVE}"),
    _rule("parameters", rf"{_ACTIVE}(?: 파라미터)?,? ?/? ?({_SIZE})(?: (?:Total|Weight|전체|파라미터|MoE))"),
    _rule("parameters", rf"{_FREE}({_SIZE})-A\d+(?:\.\d+)?B(?![A-Za-z0-9])"),
    _rule("active", rf"{_FREE}{_SIZE}-A(\d+(?:\.\d+)?B)(?![A-Za-z0-9])"),
    _rule("active", rf"{_ACTIVE}(?: 파라미터| parameters)?(?:는|은|:)? ?({_SIZE})(?! (?:Total|Weight|전체|MoE))"),
    _rule("active", rf"{_FREE}({_SIZE}) {_ACTIVE}"),
)

_SHAPE: Sequence[Rule] = (
    _rule(
        "experts",
        r"(?<![\w.])(\d{1,3}) ?(?:MoE|Experts?|전문가)(?![A-Za-z0-9])(?:,? ?(Top-\d+))?",
        "{0}, {1}",
        place="list",
    ),
    _rule("experts", r"(?<![\w.])(\d{1,3})개의 (?:Experts?|전문가)(?:를|가| 중|,|로)"),
    _rule("layers", rf"(?<![\w.-])(\d{{2,3}}) ?(?:레이어|layers?)(?![A-Za-z]|{_HANGUL})", place="list"),
    _rule("layers", r"(?<![\w.-])(\d{2,3})(?:개(?:의)?)? ?레이어(?:입니다|이네요|네요|이군요|군요|로 (?:구성|이루))"),
    _rule("layers", r"(?:레이어|layers?)(?:는|가|의 수는| 수는|:)? (\d{2,3})(?:개|[,.]|$)(?!\d)"),
    _rule(
        "dimension",
        rf"(?<![\w.-])(\d{{1,2}},?\d{{3}}|\d{{3}}) ?(?:dim(?:ension)?s?|차원)(?![A-Za-z]|{_HANGUL})",
        place="list",
    ),
    _rule(
        "vocabulary",
        rf"(?<![\w.])({_THOUSANDS}|\d{{2,3}},\d{{3}}) ?(?:수준의 |크기의 |규모의 )?(?:Vocab(?:ulary)?|어휘)(?![A-Za-z])",
    ),
    _rule(
        "vocabulary",
        rf"(?:Vocab(?:ulary)?|어휘)(?: 크기)?(?:는|가|은|이|:)? ({_THOUSANDS}|\d{{2,3}},\d{{3}})(?![A-Za-z0-9])",
    ),
)

_LENGTHS_OF_CONTEXT: Sequence[Rule] = (
    _rule(
        "context",
        rf"(?<![\w.])(?<!에서 )({_LENGTHS})(?: \(!\))? ?(?:의 |짜리 )?(?:토큰(?:의|짜리)? |tokens? )?(?:Long )?{_CONTEXT}"
        rf"(?!(?:[A-Za-z]|{_HANGUL})*(?:를|을)? ?(?:까지|넘|이상))",
    ),
    _rule("context", rf"(?<![\w.]){_LENGTH}에서 ({_LENGTH})(?:로|까지) {_CONTEXT}(?:를|을|가|이)? (?:증가|확장|늘)"),
    _rule("context", rf"{_CONTEXT}(?:를|을) (?:{_LENGTH}에서 )?({_LENGTH})(?:로|까지) (?:증가|확장|늘|지원)"),
    _rule(
        "context",
        rf"{_CONTEXT}(?:는|은|이|가|:)? (?:최대 )?({_LENGTHS})(?:입니다|이네요|네요|이군요|군요|을 지원|를 지원|까지 지원|[.,]|$)",
    ),
    _rule("context", rf"(?<![\w.])({_LENGTHS}) ?(?:토큰)?(?:의)? {_CONTEXT}(?:를|을)?까지 지원"),
)

_TRAINING: Sequence[Rule] = (
    _rule(
        "tokens",
        rf"(?<![\w.])({_NUMBER}[TB]) ?(?:토큰|Tokens?)(?:으로|에 대해(?:서)?|에서|에|을|를)?,? ?(?:{_TRAINED}|trained)",
        unless=_FURTHER,
    ),
    _rule(
        "tokens",
        rf"(?<![\w.])({_NUMBER}[TB]) ?(?:토큰|Tokens?) 이상(?:으로|에 대해(?:서)?|에|을|를)?,? ?{_TRAINED}",
        "{0}+",
        unless=_FURTHER,
    ),
    _rule(
        "tokens",
        rf"(?<![\w.])({_NUMBER}[TB]) ?(?:분량의|규모의|의)? ?(?:토큰|데이터|코퍼스)(?:셋)?(?:에 대해(?:서)?|에|로|으로)? {_TRAINED}(?!한 모델로)",
        unless=_FURTHER,
    ),
    _rule(
        "tokens",
        rf"데이터(?:를|는) (?:{_HANGUL}+ ){{0,4}}({_NUMBER}T) 토큰(?:에|으로|을 (?:사용|써|썼))",
        unless=_FURTHER,
    ),
    _rule("tokens", rf"데이터 ({_NUMBER}T)(?:에|로) {_TRAINED}", unless=_FURTHER),
    _rule(
        "tokens",
        rf"(?<![\w.~-])(?<![~-] )((?:{_NUMBER} ?[~–-] ?)?{_NUMBER}T)(?: 정도)?(?:에 대해(?:서)?|를|로|만큼)? {_TRAINED}(?!을 했었|한 모델로)",
        unless=_FURTHER,
    ),
    _rule(
        "tokens",
        rf"(?<![\w.~-])({_NUMBER}T) (?:토큰 )?{_TRAINED}(?:한|인|이라는) (?:걸|것을|점을)",
        unless=_FURTHER,
        ends_clause=True,
    ),
    _rule("tokens", rf"학습 토큰(?:은|의 수는| 수는|:)? ({_NUMBER}[TB])(?![A-Za-z])", unless=_FURTHER),
    _rule("tokens", rf"trained on (?:over |about |around |more than )?({_NUMBER}[TB]) tokens", unless=_FURTHER),
    _rule("tokens", rf"trained on (?:over |about |around )?({_NUMBER}) trillion tokens", "{0}T", unless=_FURTHER),
    _rule(
        "tokens",
        rf"(?<![\w.])({_NUMBER})조 ?(?:개의? )?토큰(?:으로|에 대해|에|을|를)? {_TRAINED}",
        "{0}T",
        unless=_FURTHER,
    ),
)

_CHECKPOINT: Sequence[Rule] = (
    _rule(
        "precision",
        r"(?:체크포인트|checkpoint|가중치|weight)[는은가이를을]? (u?int[48]|(?:mx|nv)?fp(?:4|8|16|32)|bf16)(?![A-Za-z0-9])",
    ),
    _rule("precision", r"\b(u?int[48]|(?:mx|nv)?fp(?:4|8|16|32)|bf16)(?:로|으로)? (?:배포|공개|체크포인트|checkpoint)"),
    _rule(
        "licence",
        r"\b(Apache[ -]?2(?:\.0)?|CC[ -]BY(?:-(?:NC|SA|ND))*)(?:[ -]?(\d\.0))?(?![A-Za-z0-9.-])",
        "{0} {1}",
        unless=_OF_DATA,
    ),
    _rule("licence", r"\b(MIT|(?:A|L)?GPL(?:[ -]?v?[23])?)(?: 라이[선센]스| licen[cs]e)(?![A-Za-z])", unless=_OF_DATA),
    _rule(
        "licence",
        r"(?:라이[선센]스|licen[cs]e)(?:는|가|은|:)? (MIT|(?:A|L)?GPL(?:[ -]?v?[23])?)(?![A-Za-z0-9])",
        unless=_OF_DATA,
    ),
)

_CAPACITY = rf"({_CHANGE}) ?([GT]B)(?!/s|ps)"
_MEMORY = r"(?:VRAM|HBM\d?e?|메모리|memory|용량)"
_SPEED = rf"({_CHANGE}) ?([GT]B/s)"
_HARDWARE: Sequence[Rule] = (
    _rule("memory", rf"{_MEMORY}(?: 용량)?(?:이|가|는|은|:)? {_CAPACITY}", "{0} {1}"),
    _rule("memory", rf"(?<![\w.]){_CAPACITY}(?:의)? {_MEMORY}(?! 대역| bandwidth)", "{0} {1}"),
    _rule("bandwidth", rf"(?:대역폭|bandwidth)(?:이|가|은|는|:)? {_SPEED}", "{0} {1}"),
    _rule("bandwidth", rf"(?<![\w.]){_SPEED}(?:의)? (?:메모리 |memory )?(?:대역폭|bandwidth)", "{0} {1}"),
    *(
        _rule(
            key,
            rf"\b{key}(?:(?:/bf16)? (?:연산|성능|연산 성능|기준))?(?:[은는이가:]|에서|으로)? ({_CHANGE}) ?([TP]?FLOPS?|[TP]OPS)(?![A-Za-z0-9])",
            "{0} {1}",
        )
        for key in ("fp4", "fp8", "fp16", "int8")
    ),
    _rule("tdp", rf"TDP(?:는|가|은|이|:)? ({_CHANGE}) ?(k?W)(?![A-Za-z])", "{0} {1}"),
    _rule("tdp", rf"(?<![\w.])({_NUMBER}) ?(k?W)(?:의)? TDP", "{0} {1}"),
    _rule("process", r"(?<![\w.])(\d{1,2}) ?(?:nm|나노)(?=[ ,.]|공정|$)", "{0} nm"),
)

_RULES: dict[str, Sequence[Rule]] = {
    "model": (*_PARAMETERS, *_SHAPE, *_LENGTHS_OF_CONTEXT, *_TRAINING, *_CHECKPOINT),
    "hardware": _HARDWARE,
}
"""The rules of each kind whose texts give figures."""
