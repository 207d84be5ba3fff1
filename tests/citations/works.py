"""Invented works, and strategies that make more of them."""

from hypothesis import strategies as st

from digest.citations.names import Authors, Name, parse_authors
from digest.citations.work import CitedWork

PREPRINT = CitedWork(
    "article",
    "LarkNet-2: Reading 3D Maps with a U-Net",
    parse_authors(["Lark AI: Ada Kim", "Guido van der Hoven", "Ben Cho Jr.", "Santiago Ramón y Vidal", "et al."]),
    published="2024-03-19",
    link="https://arxiv.org/abs/2403.00001",
    arxiv="2403.00001",
    categories=("cs.CV", "cs.LG"),
)
AT_A_CONFERENCE = CitedWork(
    "paper-conference",
    "Learning to rank with Gaussian maps & 100% more {braces",
    parse_authors(["김도윤", "林小雨", "Barnes, Inc."]),
    published="2023-07",
    link="https://papers.example/a_b~c%20d?e=f#g",
    doi="10.1000/a_b<c>{d}",
    container="Proceedings of R&D",
)
MODEL = CitedWork("software", "Lark 7B", Authors((Name(literal="Gemini Team"),)), link="https://lark.example/모델 하나")
HARDWARE = CitedWork("webpage", "Lark Board", published="2022", link="https://lark.example/board")
NOTE = CitedWork(
    "post-weblog",
    "작은 모델을 다시 읽으며",
    parse_authors(["김도윤"]),
    published="2024-03-19",
    link="https://digest.example/2024/03/19/작은-모델/",
    container="기록",
)
WORKS = {
    "kim2024larknet": PREPRINT,
    "kim2023learning": AT_A_CONFERENCE,
    "lark7b": MODEL,
    "board": HARDWARE,
    "note": NOTE,
}

_TEXTS = st.text(
    st.sampled_from("aA bB한山é'\"\\{}$&%#_^~<>|@,=()[]-:;!?*`0\n\t") | st.characters(exclude_categories=("Cs", "Cc")),
    max_size=30,
).map(lambda text: " ".join(text.split()))
any_works = st.builds(
    CitedWork,
    st.sampled_from(
        ["article", "article-journal", "paper-conference", "chapter", "software", "webpage", "post-weblog"]
    ),
    _TEXTS.filter(bool),
    st.lists(_TEXTS, max_size=4).map(parse_authors),
    published=st.sampled_from(["", "2024", "2024-03", "2024-03-19"]),
    link=_TEXTS,
    arxiv=st.sampled_from(["", "2403.00001"]),
    doi=_TEXTS,
    container=_TEXTS,
)
