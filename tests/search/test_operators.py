"""What operators of a query find, and what they leave out."""

from pathlib import Path

import pytest

from digest.search import SearchDocument

from ..project import build_project, write_project
from .notes import Reader, Search, build, write


def note(name: str, day: str, title: str, text: str, **fields: object) -> SearchDocument:
    values: dict[str, object] = {
        "id": name,
        "url": f"/{name}/",
        "title": title,
        "date": day,
        "kind": "paper",
        "commentary": text,
    }
    return SearchDocument(**{**values, **fields})  # type: ignore[arg-type]


NOTES = (
    note(
        "sparse",
        "2021-03-04",
        "Sparse Lantern Models",
        "수달을 성기게 줍니다. 번역은 없습니다.",
        authors=("Ada Holm", "Jo Brandt"),
    ),
    note(
        "dense",
        "2022-07-05",
        "Dense Lantern Models",
        "수달을 촘촘하게 줍니다. 가지치기와 다릅니다.",
        authors=("Jo Holm",),
        tags=(("rl", "RL"),),
    ),
    note(
        "prune",
        "2022-08-06",
        "Pruning of Attention",
        "헤드를 잘라냅니다. 수달 모델이 작아집니다.",
        features=("code",),
        tags=(("small", "small"),),
    ),
    note(
        "quant",
        "2022-09-07",
        "Quantizing Layers",
        "가중치를 줄입니다. attention은 그대로군요.",
        features=("code", "math"),
        kind="model",
    ),
    note(
        "warm",
        "2023-01-08",
        "Warm Starts",
        "The lantern of a model that is warm. 모델의 수달은 큽니다.",
        authors=("Mina Park",),
    ),
    note("undated", "", "A Lantern without a Day", "언제 썼는지 모릅니다."),
)


@pytest.fixture(scope="module")
def reader(search: Search, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    folder = tmp_path_factory.mktemp("operators")
    write(build(NOTES), folder / "index")
    return Reader(search, folder / "index")


FOUND = [
    ("lantern -sparse", {"dense", "warm", "undated"}),
    ("lantern NOT dense", {"sparse", "warm", "undated"}),
    ("-lantern", {"prune", "quant"}),
    ("수달 -번역", {"dense", "prune", "warm"}),
    ('lantern -"lantern models"', {"warm", "undated"}),
    ("lantern -author:holm", {"warm", "undated"}),
    ('"lantern models"', {"sparse", "dense"}),
    ('"models lantern"', set()),
    ('"lantern model"', set()),
    ('"수달 모델"', {"prune"}),
    ('"모델의 수달"', {"warm"}),
    ('"pruning"', {"prune"}),
    ("sparse OR quantizing", {"sparse", "quant"}),
    ('tag:rl OR "attention"', {"dense", "prune", "quant"}),
    ("tag:rl OR tag:small", {"dense", "prune"}),
    ("author:holm", {"sparse", "dense"}),
    ("저자:brand", {"sparse"}),
    ('author:"jo holm"', {"dense"}),
    ("author:holm OR author:park", {"sparse", "dense", "warm"}),
    ("title:attention", {"prune"}),
    ("제목:atten", {"prune"}),
    ('title:"lantern models"', {"sparse", "dense"}),
    ('title:"models lantern"', set()),
    ("kind:model", {"quant"}),
    ("kind:model OR kind:paper -lantern", {"prune", "quant"}),
    ("year:2022", {"dense", "prune", "quant"}),
    ("year:2021-2022", {"sparse", "dense", "prune", "quant"}),
    ("2022-07..2022-08", {"dense", "prune"}),
    ("2022-09..", {"quant", "warm"}),
    ("from:2022-08 to:2022-09", {"prune", "quant"}),
    ("before:2022-07", {"sparse"}),
    ("after:2022", {"warm"}),
    ("date:2022-08-06", {"prune"}),
    ("has:code", {"prune", "quant"}),
    ("포함:수식", {"quant"}),
    ("has:code -has:math", {"prune"}),
]


@pytest.mark.parametrize(("query", "wanted"), FOUND, ids=[query for query, _ in FOUND])
def test_an_operator_finds_exactly_what_it_says(reader: Reader, query: str, wanted: set[str]) -> None:
    answer = reader.ask(query, shown=20)
    assert set(answer["ids"]) == wanted
    assert answer["total"] == len(wanted)


def test_results_are_sorted_by_date_and_those_without_one_come_last(reader: Reader) -> None:
    assert reader.ask("sort:date lantern", shown=20)["ids"] == ["warm", "dense", "sparse", "undated"]
    assert reader.ask("lantern sort:oldest", shown=20)["ids"] == ["sparse", "dense", "warm", "undated"]
    assert reader.ask("sort:date", shown=20)["ids"] == ["warm", "quant", "prune", "dense", "sparse", "undated"]


def test_by_date_a_note_with_one_of_two_words_does_not_come_before_one_with_both(reader: Reader) -> None:
    assert reader.ask("sparse lantern sort:date", shown=20)["ids"] == ["sparse"]


def test_filters_of_the_panel_are_the_days_and_the_order(reader: Reader) -> None:
    filters = [
        {"type": "from", "value": "2021-03-05"},
        {"type": "to", "value": "2023-01-07"},
        {"type": "sort", "value": "oldest"},
    ]
    assert reader.ask("수달", filters=filters)["ids"] == ["dense", "prune"]
    assert reader.ask("", filters=filters)["ids"] == ["dense", "prune", "quant"]


def test_an_unknown_field_is_reported_and_not_searched(reader: Reader) -> None:
    answer = reader.ask("colour:sparse lantern")
    assert answer["problems"] == [{"type": "field", "name": "colour", "value": "sparse"}]
    assert len(answer["ids"]) == 4
    assert reader.ask("autor:brandt")["suggestion"] == "author:brandt"


@pytest.mark.parametrize(
    ("query", "name", "problem"),
    [
        ("has:pictures", "has", "value"),
        ("from:yesterday", "from", "value"),
        ("tag:nothing", "tag", "has"),
        ("kind:nothing", "kind", "has"),
        ("author:nobody", "author", "has"),
    ],
)
def test_a_value_is_reported_that_is_unclear_or_that_no_note_has(
    reader: Reader, query: str, name: str, problem: str
) -> None:
    answer = reader.ask(query)
    assert [(each["type"], each["name"]) for each in answer["problems"]] == [(problem, name)]
    assert answer["ids"] == []
    beside = reader.ask(f"lantern {query}")["ids"]
    assert bool(beside) == (problem == "value")


def test_leaving_out_every_note_shows_none_rather_than_all(reader: Reader) -> None:
    assert reader.ask("zzzzqq -sparse")["ids"] == []


def test_where_nothing_fits_another_query_is_suggested(reader: Reader) -> None:
    assert reader.ask("quantyzzyng")["suggestion"] == "quantizing"
    assert reader.ask('"models lantern"')["suggestion"] == "models lantern"
    assert reader.ask("author:brandd")["suggestion"] == "author:brandt"
    assert reader.ask("lantern")["suggestion"] == ""


def test_a_correction_is_shown_like_an_expansion_and_can_be_taken_off(reader: Reader) -> None:
    answer = reader.ask("attantion")
    assert answer["expansions"] == ["attantion→attention"]
    assert set(answer["ids"]) == {"prune", "quant"}
    assert reader.ask("attantion", off=answer["expansions"])["ids"] == []


def test_texts_are_read_until_enough_notes_have_the_phrase(search: Search, tmp_path: Path) -> None:
    texts = ["cold start of the engine" if n % 50 == 0 else "start cold, then the engine" for n in range(200)]
    write(
        build([note(f"n{n:03}", "2024-01-01", f"Engine {n}", text) for n, text in enumerate(texts)]), tmp_path / "index"
    )
    reader = Reader(search, tmp_path / "index")
    first = reader.ask('"cold start"', shown=0)
    assert first["unchecked"] > 0
    assert first["total"] < 4


FORMS = (
    note("llama2", "2023-07-18", "Wombat 2", "새 모델입니다."),
    note("llama7b", "2023-02-24", "Wombat", "크기는 2 가지입니다."),
    note("falcon", "2023-09-06", "Osprey 180B", "큰 모델이군요."),
    note("half", "2024-02-05", "Quail 1.5", "작은 모델입니다."),
    note("mup", "2022-03-07", "Tensor Notes", "µP로 학습률을 옮깁니다."),
    note("clusters", "2024-03-08", "Clusters", "벡터를 압축합니다.", authors=("Ivo Lund", "Gerda Hintermann")),
    note("index", "2023-03-09", "Index", "색인을 군집에 나눕니다."),
    note("three", "2024-01-10", "Bedding", "벡터 색인."),
)


@pytest.fixture(scope="module")
def forms(search: Search, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    folder = tmp_path_factory.mktemp("forms")
    write(build(FORMS), folder / "index")
    return Reader(search, folder / "index")


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("wombat2", "llama2"),
        ("osprey180b", "falcon"),
        ("quail1.5", "half"),
        ("mup", "mup"),
        ("μP", "mup"),
        ("벡터의압축", "clusters"),
        ("색인과군집쀍쒧", "index"),
        ("이보 룬드", "clusters"),
        ("힌터만", "clusters"),
        ("저자:힌터만", "clusters"),
        ("3월 색인", "index"),
        ("색인 2023/03", "index"),
        ("작년 3월", "index"),
        ("색인 march 2023", "index"),
    ],
)
def test_a_note_is_found_by_the_form_that_people_type(forms: Reader, query: str, first: str) -> None:
    assert forms.ask(query)["ids"][:1] == [first]


def test_a_glued_query_of_words_that_occur_is_never_empty(forms: Reader) -> None:
    assert set(forms.ask("벡터군집의색인", shown=20)["ids"]) == {"clusters", "index", "three"}


def test_three_latin_letters_are_not_found_inside_a_word(forms: Reader) -> None:
    assert forms.ask("ddi")["ids"] == []


def test_a_built_site_knows_code_math_and_the_papers_of_its_entries(search: Search, tmp_path: Path) -> None:
    notes = """\
2024년 3월 19일
Lantern
긴 글을 읽습니다. 손실은 $L = N^{-1}$ 입니다. https://arxiv.org/abs/2403.00001 과 비교합니다.
#llm

2024년 3월 20일
Kestrel
(Mina Park)
https://arxiv.org/abs/2403.00001
새를 셉니다.
```python
count(birds)
```
#llm
"""
    project = write_project(tmp_path / "project", {"notes/2024-03.txt": notes})
    build_project(project)
    reader = Reader(search, project / "site" / "search")
    assert reader.ask("has:math")["titles"] == ["Lantern"]
    assert reader.ask("has:code")["titles"] == ["Kestrel"]
    assert reader.ask("2403.00001")["titles"] == ["Kestrel", "Lantern"]
    assert reader.ask("author:park")["titles"] == ["Kestrel"]
