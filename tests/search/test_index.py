"""The index: the same notes give the same bytes, and a new note changes little."""

import random
import zlib

import msgspec

from digest.search import BaseSegment, SearchDocument, SearchIndex, SearchSettings, index_document, parse_glossary
from digest.search.coding import content_name, number, postings
from digest.search.glossary import shipped_glossary
from digest.search.index import SETTLED

from .notes import build, document, documents


def by_path(index: SearchIndex) -> dict[str, bytes]:
    return {file.path: file.content for file in index.files}


def test_the_order_of_notes_changes_nothing() -> None:
    notes = documents(300)
    shuffled = notes[:]
    random.Random(1).shuffle(shuffled)
    assert by_path(build(notes)) == by_path(build(shuffled))


def test_no_two_files_share_a_path() -> None:
    index = build(documents(300))
    assert len(by_path(index)) == len(index.files)


def test_names_tell_contents_apart() -> None:
    for path, content in by_path(build(documents(200))).items():
        if path != "index.json":
            raw = zlib.decompress(content)
            name = path.removesuffix(".bin").split("-" if path.startswith("f/") else ".")[-1]
            assert name == content_name(raw if path.startswith("f/") else raw[4:], len(name))


def test_a_new_note_leaves_the_settled_files_alone() -> None:
    count = 3 * SETTLED + 20
    before = by_path(build(documents(count)))
    after = by_path(build(documents(count + 1)))
    gone = {path for path in before if path not in after}
    fresh = {path for path in after if path not in before}
    assert {path for path, content in after.items() if path in before and before[path] != content} == {"index.json"}
    settled = [path for path in before if path[:2] in ("p0", "t0", "d0", "n0", "g0")]
    assert len(settled) > 10
    assert gone.isdisjoint(settled)
    assert len(fresh) < 25


def test_a_warm_build_gives_the_files_of_a_clean_one() -> None:
    count = 2 * SETTLED + 30
    first = build(documents(count))
    assert first.base is not None
    cached = msgspec.msgpack.decode(msgspec.msgpack.encode(first.base), type=BaseSegment)
    warm = build(documents(count + 1), base=cached)
    clean = build(documents(count + 1))
    written = by_path(warm)
    for path, content in by_path(clean).items():
        assert written.get(path) == content or (path in warm.kept and by_path(first)[path] == content)
    assert {*written, *warm.kept} == set(by_path(clean))
    assert warm.kept


def test_the_files_of_words_stay_until_a_note_attests_another_concept() -> None:
    count = 2 * SETTLED + 30
    first = build(documents(count))

    def words(index: SearchIndex) -> set[str]:
        return {file.path for file in index.files if file.path.startswith("w")}

    same = build(documents(count + 1), base=first.base)
    assert words(first)
    assert words(same) == set()
    assert words(first) <= set(same.kept)
    more = [*documents(count), document(count, commentary="지식 증류를 다룹니다. Distillation이라고 하지요.")]
    other = build(more, base=same.base)
    assert words(other) == words(build(more)) != words(first)
    assert words(other).isdisjoint(other.kept)
    assert build(more, base=other.base).base is other.base


def test_an_edited_old_note_rewrites_only_shards_with_its_terms() -> None:
    notes = documents(3 * SETTLED)
    before = by_path(build(notes))
    notes[10] = document(10, commentary=notes[10].commentary + " quokka 이야기")
    after = by_path(build(notes))
    shards = [path for path in before if path.startswith("p0")]
    assert sum(path in after for path in shards) >= len(shards) - 8


def test_a_base_of_other_notes_is_not_trusted() -> None:
    first = build(documents(2 * SETTLED))
    notes = documents(2 * SETTLED)
    notes[3] = document(3, title="Renamed")
    warm = build(notes, base=first.base)
    assert warm.kept == ()
    assert by_path(warm) == by_path(build(notes))


def test_a_few_notes_make_a_few_files() -> None:
    index = build(documents(5))
    assert len(index.files) < 70
    assert index.base is None


def test_no_notes_make_an_index_too() -> None:
    assert [file.path for file in build([]).files][-1] == "index.json"


def test_terms_of_a_document_survive_the_cache() -> None:
    terms = index_document(document(7))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(terms), type=type(terms)) == terms


def test_numbers_of_every_size_keep_their_order() -> None:
    values = [0, 1, 191, 192, 447, 448, 16063, 16064, 70000, 2**32 - 1]
    assert [len(number(value)) for value in values] == [1, 1, 1, 2, 2, 2, 2, 5, 5, 5]
    assert len({number(value) for value in values}) == len(values)


def test_postings_of_neighbours_take_a_byte_each() -> None:
    assert len(postings([8 * document + 3 for document in range(100)])) == 100


def test_the_shipped_glossary_holds_many_concepts_and_no_accidents() -> None:
    rows = shipped_glossary()
    assert len(rows) >= 1500
    for korean, english in rows:
        assert korean, english
        assert english, korean
        assert len({*korean, *english}) == len(korean) + len(english), korean
    assert any({"사전학습", "사전 학습", "프리트레이닝"} <= set(korean) for korean, _ in rows)


def test_a_glossary_is_lines_of_korean_and_english() -> None:
    assert parse_glossary("# 주석\n\n환각, 할루시네이션\thallucination\n") == (
        (("환각", "할루시네이션"), ("hallucination",)),
    )


def test_settings_add_to_the_glossary() -> None:
    note = SearchDocument(id="a", url="/a/", title="Zorblatt", date="2024-01-01", kind="note", commentary="조르블랏")
    plain = build([note])
    more = build([note], SearchSettings(glossary=((("조블",), ("zorblatt",)),)))
    words = [file.content for file in more.files if file.path.startswith("w")]
    assert by_path(plain).keys() != by_path(more).keys()
    assert any("조블" in zlib.decompress(content).decode("utf-8", "replace") for content in words)


def test_a_tag_with_a_label_of_other_words_is_found_by_its_spelling_too() -> None:
    terms = index_document(document(0, tags=(("lm", "Language model"),))).terms
    assert {"language", "model", "lm"} <= set(terms)
    assert "nmt" in index_document(document(0, tags=(("nmt", "NMT"),))).terms
