"""The browser's reader, run by Node on indexes that the builder wrote."""

import json
import zlib
from pathlib import Path

import pytest

from digest.model import tag_key
from digest.search.state import RECENT

from .notes import Reader, Search, build, document, documents, write

COUNT = 2 * RECENT + 22


@pytest.fixture(scope="module")
def reader(search: Search, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    folder = tmp_path_factory.mktemp("index")
    extra = document(
        3,
        id="special",
        title="Wobblefish: Learning Sparse Reward Models",
        authors=("Ada Holm", "Jo Brandt"),
        tags=(("reward-model", "reward_model"),),
        commentary="보상을 성기게 줍니다.\n가지치기와는 다른 하이퍼파라미터 이야기군요.",
        arxiv=("2406.54321",),
        kind="model",
    )
    write(build([*documents(COUNT), extra]), folder)
    return Reader(search, folder)


@pytest.mark.parametrize(
    "query", ["토크나이저", "토크나이저를", "토크나잊", "토크나이ㅈ", "ㅌㅋㄴㅇㅈ", "xhzmskdlwj", "토크 나이저"]
)
def test_a_word_is_found_however_it_is_typed(reader: Reader, query: str) -> None:
    answer = reader.ask(query)
    assert answer["total"] >= COUNT // 5
    assert all("Tokenizer" in title for title in answer["titles"])


@pytest.mark.parametrize(
    "query", ["wobblefish", "wobblefsh", "woblefish learning", "Sparse Reward Mod", "ㅈㅐㅠㅠㅣㄷ랴노"]
)
def test_a_title_is_found_in_spite_of_slips(reader: Reader, query: str) -> None:
    assert reader.ask(query)["ids"][0] == "special"


def test_a_name_in_hangul_is_looked_up_by_its_sound_in_short_queries_alone(reader: Reader) -> None:
    assert reader.ask("홀름")["ids"][0] == "special"
    assert reader.ask("홀름")["expansions"] == ["홀름→holm"]
    assert "홀름→holm" not in reader.ask("홀름 보상 토크나이저 하이퍼파라미터")["expansions"]


@pytest.mark.parametrize("query", ["2406.54321", "https://arxiv.org/abs/2406.54321v2", "arXiv:2406.54321", "2406.5432"])
def test_an_arxiv_id_is_looked_up(reader: Reader, query: str) -> None:
    answer = reader.ask(query)
    assert answer["ids"] == ["special"]
    assert answer["lookups"][0]["type"] == "arxiv"


def test_the_note_about_a_paper_comes_before_those_that_mention_it_first(search: Search, tmp_path: Path) -> None:
    mentioning = document(9, id="mentioning", arxiv=("2406.54321",))
    about = document(5, id="about", arxiv=("2401.00001", "2406.54321"), papers=("2401.00001", "2406.54321"))
    write(build([about, mentioning]), tmp_path)
    assert Reader(search, tmp_path).ask("2406.54321")["ids"] == ["about", "mentioning"]


@pytest.mark.parametrize("query", ["2020-03-05", "20200305", "200305", "2020.3.5.", "2020년 3월 5일", "20년 3월 5일"])
def test_a_date_lists_its_day(reader: Reader, query: str) -> None:
    answer = reader.ask(query)
    assert answer["total"] == 4
    assert answer["lookups"] == [{"type": "date", "value": "2020-03-05"}]


def test_a_number_that_is_no_day_of_the_notes_is_a_word(reader: Reader) -> None:
    assert reader.ask("190305 토크나이저")["lookups"] == []


@pytest.mark.parametrize("query", ["#reward_model", "tag:reward-model", "태그:reward_model", "＃reward_model", "#rewa"])
def test_a_tag_is_looked_up(reader: Reader, query: str) -> None:
    answer = reader.ask(query)
    assert answer["ids"] == ["special"]


@pytest.mark.parametrize("query", ["#straße", "#STRASSE", "tag:Strasse."])
def test_a_tag_is_found_however_its_letters_fold(search: Search, tmp_path: Path, query: str) -> None:
    write(build([document(1, tags=((tag_key("Straße"), "Straße"),)), document(2)]), tmp_path)
    answer = Reader(search, tmp_path).ask(query)
    assert [facet["label"] for facet in answer["facets"]["tags"]] == ["Straße"]
    assert answer["total"] == 1


def test_kind_and_year_are_looked_up(reader: Reader) -> None:
    assert reader.ask("kind:model")["ids"] == ["special"]
    years = reader.ask("year:2020 번역")
    assert years["facets"]["years"] == [{"type": "year", "value": "2020", "label": "2020", "count": years["total"]}]


def test_a_tag_without_notes_of_that_year_is_searched_as_words(reader: Reader) -> None:
    answer = reader.ask("#reward_model 2099")
    assert answer["total"] > 0


def test_an_author_is_found_by_the_whole_name(reader: Reader) -> None:
    answer = reader.ask("jo brandt")
    assert answer["ids"][0] == "special"
    assert {"Jo", "Brandt"} <= set(answer["marked"][0])


def test_compounds_are_found_apart_and_together(reader: Reader) -> None:
    assert all("Classification" in title for title in reader.ask("이미지분류")["titles"])
    assert reader.ask("하이퍼 파라미터")["ids"][0] == "special"
    assert all("Classification" in title for title in reader.ask("해상도")["titles"])


def test_the_glossary_leads_across_languages_and_can_be_taken_off(reader: Reader) -> None:
    answer = reader.ask("리워드 모델")
    assert answer["ids"][0] == "special"
    chosen = answer["expansions"]
    assert any("reward" in each for each in chosen)
    without = reader.ask("리워드 모델", off=chosen)
    assert not set(chosen) & set(without["expansions"])
    assert without["ids"][:1] != ["special"]


def test_facets_count_the_hits_and_narrow_them(reader: Reader) -> None:
    answer = reader.ask("번역")
    tags = {facet["value"]: facet["count"] for facet in answer["facets"]["tags"]}
    narrowed = reader.ask("번역", filters=[{"type": "tag", "value": "llm"}])
    assert narrowed["total"] == tags["llm"]
    kinds = {facet["label"]: facet["count"] for facet in answer["facets"]["kinds"]}
    assert reader.ask("번역", filters=[{"type": "kind", "value": "paper"}])["total"] == kinds["논문"]


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("שלום", "שָׁלוֹם"),
        ("العربية", "العَرَبِيَّة"),
        ("हिन्दी", "हिन्दी"),
        ("ไทย", "ไทย"),
        ("ქართული", "ქართული"),
        ("人々", "人々"),
        ("lukasz", "Łukasz"),
        ("Łukasz", "Łukasz"),
    ],
)
def test_words_of_other_scripts_are_found_and_marked(search: Search, tmp_path: Path, query: str, marked: str) -> None:
    text = "שָׁלוֹם עולם، العَرَبِيَّة، हिन्दी। ไทย ქართული (人々) Łukasz"
    write(build([*documents(20), document(5, id="scripts", title="Scripts", commentary=text)]), tmp_path)
    answer = Reader(search, tmp_path).ask(query)
    assert answer["ids"] == ["scripts"]
    assert answer["marked"] == [[marked]]


def test_matches_are_marked_and_the_snippet_is_the_matching_sentence(reader: Reader) -> None:
    answer = reader.ask("가지치기")
    assert answer["ids"][0] == "special"
    assert answer["snippets"][0] == "가지치기와는 다른 하이퍼파라미터 이야기군요."
    assert answer["marked"][0] == ["가지치기"]


@pytest.mark.parametrize("query", ["", "   ", "()!?", "#", "tag:", "ㅋ" * 300, "a" * 900, "\u0000\ud55c"])
def test_odd_queries_are_answered(reader: Reader, query: str) -> None:
    assert "error" not in reader.ask(query)


def test_notes_are_ranked_alike_whether_older_or_newer(search: Search, tmp_path: Path) -> None:
    notes = documents(2 * RECENT)
    write(build(notes), tmp_path / "two")
    write(build(notes[: RECENT - 1]), tmp_path / "one")
    two = Reader(search, tmp_path / "two").ask("양자화")
    one = Reader(search, tmp_path / "one").ask("양자화")
    assert len(json.loads((tmp_path / "two" / "index.json").read_text())["parts"]) == 2
    assert len(json.loads((tmp_path / "one" / "index.json").read_text())["parts"]) == 1
    assert two["total"] == one["total"] + 26


def damage(folder: Path, kind: str, how: str) -> None:
    """Spoil every file of a kind: its end, a byte, or all of it."""
    for path in folder.glob(f"{kind}*.bin"):
        content = path.read_bytes()
        if how == "cut":
            path.write_bytes(content[: len(content) // 2])
        elif how == "flipped":
            path.write_bytes(content[:-3] + bytes([content[-3] ^ 1]) + content[-2:])
        elif how == "emptied":
            path.write_bytes(b"")
        elif how == "html":
            path.write_bytes(b"<!doctype html><title>404</title>")
        elif how == "other":
            raw = zlib.decompress(content)
            path.write_bytes(zlib.compress(raw[:4] + raw[4:-1] + bytes([raw[-1] ^ 1])))
        elif how == "version":
            raw = zlib.decompress(content)
            path.write_bytes(zlib.compress(raw[:2] + b"\x63" + raw[3:]))
        else:
            path.unlink()


@pytest.mark.parametrize("kind", ["d0", "n0", "p", "f/"])
@pytest.mark.parametrize(
    ("how", "error"),
    [("cut", "damaged"), ("flipped", "damaged"), ("emptied", "damaged"), ("html", "damaged"), ("gone", "missing")],
)
def test_a_damaged_file_is_an_error_and_never_a_wrong_result(
    search: Search, tmp_path: Path, kind: str, how: str, error: str
) -> None:
    write(build(documents(40)), tmp_path)
    damage(tmp_path, kind, how)
    assert Reader(search, tmp_path).ask("번역") == {"error": error}


@pytest.mark.parametrize(("how", "error"), [("other", "mismatch"), ("version", "version")])
def test_a_file_of_another_build_or_version_is_an_error(search: Search, tmp_path: Path, how: str, error: str) -> None:
    write(build(documents(40)), tmp_path)
    damage(tmp_path, "p", how)
    assert Reader(search, tmp_path).ask("번역") == {"error": error}


@pytest.mark.parametrize(
    ("manifest", "error"),
    [("", "damaged"), ("[]", "damaged"), ('{"format": "digest-search", "version": 9, "parts": []}', "version")],
)
def test_a_manifest_that_is_none_is_an_error(search: Search, tmp_path: Path, manifest: str, error: str) -> None:
    (tmp_path / "index.json").write_text(manifest)
    assert Reader(search, tmp_path).ask("번역") == {"error": error}


def test_an_empty_site_finds_nothing(search: Search, tmp_path: Path) -> None:
    write(build([]), tmp_path)
    assert Reader(search, tmp_path).ask("번역 #llm 2024")["total"] == 0


def test_documents_without_a_date_are_found_after_dated_ones_and_belong_to_no_year(
    search: Search, tmp_path: Path
) -> None:
    same = [document(0, id=f"{date or 'notes'}/n{n}", date=date) for n, date in enumerate(["", "2020-01-01", ""])]
    write(build([*same, *(document(n) for n in range(1, RECENT + 40))]), tmp_path)
    answer = Reader(search, tmp_path).ask("Paper 0 Bright Ideas tokenizer")
    assert answer["ids"][:3] == ["2020-01-01/n1", "notes/n2", "notes/n0"]
    assert "0" not in [facet["value"] for facet in answer["facets"]["years"]]


def test_an_index_of_documents_without_dates_finds_them(search: Search, tmp_path: Path) -> None:
    write(build([document(n, date="", id=f"notes/{n:04}") for n in range(2 * RECENT)]), tmp_path)
    reader = Reader(search, tmp_path)
    answer = reader.ask("양자화")
    assert answer["total"] >= RECENT // 5
    assert len(answer["ids"]) == 5
    assert answer["facets"]["years"] == []
