"""Judged queries over forty invented notes: each class's mean reciprocal rank, and the first hit of each query.

They hold the weights of search in place (levels, fields, factors, limits of typos, the glossary) without the real notes.
A change for the better may well change a first hit; then its query is judged anew in `judged.json`.
"""

import json
from collections import defaultdict
from statistics import mean
from typing import Any

import pytest

from digest.search import SearchDocument

from .notes import HERE, Search, build, write

JUDGED = json.loads((HERE / "judged.json").read_text("utf-8"))
LEAST = {
    "known item": 1.0,
    "compounds": 1.0,
    "half-typed": 1.0,
    "English": 1.0,
    "Korean and English": 1.0,
    "lookups": 1.0,
    "keyboard": 1.0,
}
"""Mean reciprocal rank of the first relevant note, by class."""


def make_document(note: dict[str, Any]) -> SearchDocument:
    lists = {name: tuple(note.get(name, ())) for name in ("authors", "arxiv")}
    tags = tuple((label.replace("_", "-"), label) for label in note["tags"])
    return SearchDocument(**{**note, **lists, "tags": tags, "url": f"/{note['id']}/"})


@pytest.fixture(scope="module")
def answers(search: Search, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("judged")
    write(build(map(make_document, JUDGED["notes"])), folder)
    return [search.ask(folder, query["query"]) for query in JUDGED["queries"]]


@pytest.mark.parametrize("place", range(len(JUDGED["queries"])), ids=[query["query"] for query in JUDGED["queries"]])
def test_the_first_hit_is_the_one_that_was_judged_best(place: int, answers: list[dict[str, Any]]) -> None:
    assert answers[place]["ids"][:1] == JUDGED["queries"][place]["relevant"][:1]


def test_every_class_of_queries_reaches_its_mean_reciprocal_rank(answers: list[dict[str, Any]]) -> None:
    ranks: defaultdict[str, list[float]] = defaultdict(list)
    for query, answer in zip(JUDGED["queries"], answers, strict=True):
        places = [place for place, found in enumerate(answer["ids"], 1) if found in query["relevant"]]
        ranks[query["class"]].append(1 / places[0] if places else 0.0)
    assert ranks.keys() == LEAST.keys(), "LEAST names every class of queries"
    assert {name: round(mean(values), 3) for name, values in ranks.items()} == LEAST
