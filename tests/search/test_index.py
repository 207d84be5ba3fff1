"""The index: the same notes give the same bytes, whatever the order of changes, and a changed note changes little."""

import zlib

import msgspec

from digest.search import IndexFile, SearchDocument, SearchSettings, index_document, parse_glossary
from digest.search.coding import content_name, number
from digest.search.glossary import related_words, shipped_glossary

from .notes import build, document, documents


def by_path(files: tuple[IndexFile, ...]) -> dict[str, bytes]:
    return {file.path: file.content for file in files}


def test_no_two_files_share_a_path() -> None:
    files = build(documents(300))
    assert len(by_path(files)) == len(files)


def test_names_tell_contents_apart() -> None:
    for path, content in by_path(build(documents(200))).items():
        if path != "index.json":
            raw = zlib.decompress(content)
            name = path.removesuffix(".bin").split("-" if path.startswith("f/") else ".")[-1]
            assert name == content_name(raw if path.startswith("f/") else raw[4:], len(name))


def test_a_few_notes_make_a_few_files() -> None:
    assert len(build(documents(5))) < 70


def test_no_notes_make_an_index_too() -> None:
    assert by_path(build([]))["index.json"]


def test_terms_of_a_document_survive_the_cache() -> None:
    terms = index_document(document(7))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(terms), type=type(terms)) == terms


def test_numbers_of_every_size_keep_their_order() -> None:
    values = [0, 1, 191, 192, 447, 448, 16063, 16064, 70000, 2**32 - 1]
    assert [len(number(value)) for value in values] == [1, 1, 1, 2, 2, 2, 2, 5, 5, 5]
    assert len({number(value) for value in values}) == len(values)


def test_the_shipped_glossary_holds_many_concepts_and_no_accidents() -> None:
    rows = (*shipped_glossary(), *related_words())
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
    words = [file.content for file in more if file.path.startswith("p")]
    assert by_path(plain).keys() != by_path(more).keys()
    assert any("조블" in zlib.decompress(content).decode("utf-8", "replace") for content in words)


def test_a_tag_with_a_label_of_other_words_is_found_by_its_spelling_too() -> None:
    terms = index_document(document(0, tags=(("lm", "Language model"),))).terms
    assert {"language", "model", "lm"} <= set(terms)
    assert "nmt" in index_document(document(0, tags=(("nmt", "NMT"),))).terms
