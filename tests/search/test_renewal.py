"""Changes of notes: the files are those of an index that is built anew, and few of them change."""

import copy
import random

import pytest
from msgspec import structs

from digest.search import SearchDocument, SearchSettings, alignment, changes, coding, state, vocabulary
from digest.search.leaves import LIMITS

from .notes import Indexer, build, document, documents

WORDS = [
    "등불을",
    "등불이",
    "등불",
    "창문의",
    "창문에서",
    "창문",
    "나무를",
    "나무가",
    "나무",
    "물을",
    "물이",
    "물",
    "이미",
    "이미지를",
    "이미지의",
    "이미지가",
    "이미지",
    "걸었다",
    "읽었습니다",
    "번역",
    "번역된",
    "토크나이저",
    "토크나이저를",
    "산책길",
    "lantern",
    "window",
    "tree",
    "water",
    "image",
    "walks",
    "reading",
    "translation",
    "tokenizer",
    "model",
    "models",
    "modeling",
    "moderate",
    "the",
    "一",
    "ㅋㅋ",
    "물리학",
    "물고기",
    "등산",
    "창고",
]
NAMES = ("Mina Park", "Yo Lantern", "김 나무", "등불 이", "Jo Window Holm")
TAGS = (("llm", "LLM"), ("vision", "Vision"), ("nlp", "NLP"))
DAYS = [""] + [f"20{year}-{month:02}-{day:02}" for year in (22, 23) for month in (1, 4, 7, 12) for day in (1, 2, 31)]


GLOSSARY = (
    (("등불", "등불 창문"), ("lantern", "water lantern", "lanterns")),
    (("나무", "산책길"), ("tree", "reading walks")),
    (("모델링",), ("modeling", "model image")),
)


def random_note(rng: random.Random, identifier: str, date: str) -> SearchDocument:
    return SearchDocument(
        id=identifier,
        url=f"/{identifier}/",
        title=" ".join(rng.choices(WORDS, k=rng.randint(0, 4))),
        date=date,
        kind=rng.choice(("paper", "note", "page")),
        tags=tuple(rng.sample(TAGS, rng.randint(0, 2))),
        authors=tuple(rng.sample(NAMES, rng.randint(0, 2))),
        commentary=" ".join(rng.choices([*WORDS, rng.choice(WORDS) + rng.choice(("을", "는", "x", ""))], k=rng.randint(0, 14))),
        abstract=" ".join(rng.choices(WORDS, k=rng.randint(0, 6))),
        arxiv=tuple(f"24{rng.randint(1, 12):02}.{rng.randint(0, 99999):05}" for _ in range(rng.randint(0, 1))),
        features=rng.choice(((), ("code",), ("code", "math"))),
    )  # fmt: skip


@pytest.fixture
def tight(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make all limits so narrow that a few notes cross them."""
    monkeypatch.setattr(state, "RECENT", 6)
    monkeypatch.setattr(changes, "RECENT", 30)
    monkeypatch.setattr(vocabulary, "SMALL", 24)
    monkeypatch.setattr(vocabulary, "CORE_HANGUL", 9)
    monkeypatch.setattr(vocabulary, "CORE_OTHER", 7)
    monkeypatch.setattr(alignment, "SAMPLE_BITS", 5)
    monkeypatch.setattr(alignment, "_MIN_TOGETHER", 2)
    monkeypatch.setattr(alignment, "_MAX_SHARE", 0.5)
    monkeypatch.setattr(coding, "_CLASS_BOUNDS", (2, 3, 5, 8, 13))
    monkeypatch.setitem(LIMITS, "p", 40)
    monkeypatch.setitem(LIMITS, "t", 90)


def change(rng: random.Random, notes: dict[str, SearchDocument], number: int) -> None:
    """Add, edit, move or delete a note."""
    kind = rng.choice(("add", "add", "edit", "delete", "move", "tag"))
    if kind == "add" or not notes:
        identifier = f"{rng.choice('abc')}{number:03}"
        notes[identifier] = random_note(rng, identifier, rng.choice(DAYS))
        return
    identifier = rng.choice(sorted(notes))
    note = notes[identifier]
    if kind == "delete":
        del notes[identifier]
    elif kind == "edit":
        notes[identifier] = random_note(rng, identifier, note.date)
    elif kind == "move":
        notes[identifier] = structs.replace(note, date=rng.choice(DAYS))
    else:
        renamed = {"llm": ("lm", "Language model")}
        for each in list(notes):
            tags = tuple(renamed.get(key, (key, label)) for key, label in notes[each].tags)
            notes[each] = structs.replace(notes[each], tags=tags)


@pytest.mark.usefixtures("tight")
@pytest.mark.parametrize("seed", range(6))
def test_any_changes_in_any_order_give_the_files_of_an_index_built_anew(seed: int) -> None:
    rng = random.Random(seed)
    notes: dict[str, SearchDocument] = {}
    settings = SearchSettings(glossary=GLOSSARY)
    indexer = Indexer(settings)
    for number in range(rng.choice((0, 12, 50))):
        notes[f"n{number:03}"] = random_note(rng, f"n{number:03}", rng.choice(DAYS))
    renewed = 0
    for step in range(50):
        shuffled = list(notes.values())
        rng.shuffle(shuffled)
        index = indexer.build(shuffled)
        renewed += not index.whole
        assert indexer.files == {file.path: file.content for file in build(notes.values(), settings)}
        for extra in range(rng.choice((1, 1, 1, 3))):
            change(rng, notes, 10 * step + extra)
    assert renewed > 25


@pytest.fixture(scope="module")
def indexers() -> dict[int, Indexer]:
    """Return indexes of archives of two sizes."""
    found = {1500: Indexer(), 3000: Indexer()}
    for count, indexer in found.items():
        indexer.build(documents(count))
    return found


@pytest.mark.parametrize("place", ["oldest", "middle", "newest"])
@pytest.mark.parametrize("kind", ["add", "edit", "delete"])
def test_the_number_of_files_that_a_change_writes_does_not_grow_with_the_archive(
    kind: str, place: str, indexers: dict[int, Indexer]
) -> None:
    written = []
    for count, built in indexers.items():
        indexer = copy.deepcopy(built)
        notes = documents(count)
        at = {"oldest": 3, "middle": count // 2 + 3, "newest": count - 1}[place]
        note = document(at, id=f"{notes[at].id}-more", commentary="양자화된 모델이 산책을 갑니다. quokka 이야기")
        changed = {
            "add": [*notes, note],
            "edit": [*notes[:at], note, *notes[at + 1 :]],
            "delete": notes[:at] + notes[at + 1 :],
        }
        assert not indexer.build(changed[kind]).whole
        written.append(len(indexer.written))
    # In a small archive more of a note's terms share a file.
    assert written[1] <= written[0] + 18
    assert written[1] < 60


def test_a_new_note_leaves_the_tables_of_the_older_notes_alone() -> None:
    indexer = Indexer()
    indexer.build(documents(700))
    before = set(indexer.files)
    indexer.build([*documents(700), document(700, commentary="캥거루 이야기입니다. 등불을 켭니다. quokka")])
    gone = {path.split(".")[0] for path in before - set(indexer.files)}
    assert {"d1", "n1", "g1"} <= gone
    assert gone.isdisjoint({"d0", "n0", "g0"})


def test_nothing_is_written_but_the_manifest_if_nothing_changed() -> None:
    indexer = Indexer()
    indexer.build(documents(300))
    index = indexer.build(documents(300))
    assert [file.path for file in index.files] == ["index.json"]
    assert indexer.written == {}


def test_rows_of_another_glossary_are_not_used() -> None:
    indexer = Indexer()
    indexer.build(documents(200))
    indexer.settings = structs.replace(indexer.settings, glossary=((("양자",), ("quantization",)),))
    assert indexer.build(documents(200)).whole


def test_an_index_is_built_anew_if_a_document_of_the_last_one_is_not_known_any_more() -> None:
    indexer = Indexer()
    notes = documents(200)
    indexer.build(notes)
    indexer.terms.clear()
    assert indexer.build(notes[1:]).whole
    assert indexer.files == {file.path: file.content for file in build(notes[1:])}


@pytest.mark.parametrize("row", ["older", "sample", "m2020-01"])
def test_an_index_is_built_anew_if_a_row_of_the_last_one_is_missing(row: str) -> None:
    indexer = Indexer()
    notes = documents(400)
    indexer.build(notes)
    del indexer.rows[row]
    changed = [structs.replace(notes[0], commentary="양자화 이야기"), *notes[1:]]
    assert indexer.build(changed).whole
    assert indexer.files == {file.path: file.content for file in build(changed)}
