"""Figures of models and hardware on pages and in the export, each with a link to the sentence that states it."""

import json
from pathlib import Path

import pytest
from lxml import etree, html

from ..project import build_project, write_project

SETTINGS = "title: 새\nlanguage: ko\nbase_url: https://birds.example/\n"
NOTES = {
    "notes/2024-03-19.txt": """\
2024년 3월 19일
Tern-9B
Tern-9B를 공개했습니다. 8K와 32K context를 지원합니다. Vocabulary는 **64K**입니다.
#llm
Wren
어느 연구소에서 Wren을 공개했습니다. 일단 8B와 70B이고, 2T 토큰으로 학습했습니다.
#llm
""",
    "notes/2024-03-20.txt": """\
2024년 3월 20일
Owl 2
Owl 2가 나왔습니다. 200K context를 지원합니다.
#llm
Heron 3
Heron 3이 나왔습니다. 점수가 높네요.
#llm
""",
    "notes/2024-03-21.txt": """\
2024년 3월 21일
Lark-1
Lark-1이 나왔습니다. 어휘는 32K, 1T 토큰으로 학습했습니다. 라이선스는 MIT입니다.
#llm
Rail-8x7B
Rail-8x7B가 나왔습니다.
#llm
""",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_project(tmp_path_factory.mktemp("figures"), {"digest.yaml": SETTINGS, **NOTES})
    build_project(folder)
    return folder / "site"


def page(site: Path, path: str) -> html.HtmlElement:
    return html.fromstring((site / path / "index.html").read_bytes().decode())


def all_of(element: html.HtmlElement, path: str) -> list[html.HtmlElement]:
    """Return the elements at an XPath below an element."""
    found = etree.XPath(f".//{path}")(element)
    assert isinstance(found, list)
    return found


def text_of(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_a_figure_on_an_entrys_page_links_to_the_sentence_that_states_it(site: Path) -> None:
    found = page(site, "2024/03/19/tern-9b")
    figures = {text_of(row.find("dt")): row.find("dd") for row in all_of(found, "dl[@class='facts']/div")}
    assert {name: text_of(value) for name, value in figures.items()} == {
        "파라미터": "9B",
        "어휘": "64K",
        "문맥 길이": "8K/32K",
    }
    assert figures["파라미터"].find("a") is None  # the title, which is above
    sentences = [
        text_of(found.get_element_by_id(figures[name].find("a").get("href")[1:])) for name in ("어휘", "문맥 길이")
    ]
    assert sentences == ["Vocabulary는 64K입니다.", "8K와 32K context를 지원합니다."]


def test_on_the_page_of_a_day_the_ids_of_sentences_begin_with_the_entrys_own(site: Path) -> None:
    found = page(site, "2024/03/19")
    links = [link.get("href") for link in all_of(found, "dl[@class='facts']//a")]
    assert links == ["#tern-9b:said-2", "#tern-9b:said-1", "#wren:said-1", "#wren:said-1"]
    assert text_of(found.get_element_by_id("tern-9b:said-2")) == "Vocabulary는 64K입니다."


def test_the_table_has_a_column_for_what_a_quarter_of_its_rows_have_and_the_rest_beside_the_title(site: Path) -> None:
    table = all_of(page(site, "kinds/model"), "table[@data-sortable]")[0]
    assert [text_of(cell) for cell in all_of(table, "thead//th")] == [
        "제목", "날짜", "파라미터", "어휘", "문맥 길이", "학습 토큰"
    ]  # fmt: skip
    rows = [[text_of(cell) for cell in row] for row in all_of(table, "tbody/tr")]
    assert rows == [
        ["Lark-1 라이선스 MIT", "2024-03-21", "–", "32K", "–", "1T"],
        ["Rail-8x7B", "2024-03-21", "8×7B", "–", "–", "–"],
        ["Owl 2", "2024-03-20", "–", "–", "200K", "–"],
        ["Tern-9B", "2024-03-19", "9B", "64K", "8K/32K", "–"],
        ["Wren", "2024-03-19", "8B/70B", "–", "–", "2T"],
    ]
    assert all_of(table, "tbody//th")[0].get("abbr") == "Lark-1"


def test_the_values_of_the_table_lead_to_their_sentences_and_are_sorted_by_numbers(site: Path) -> None:
    table = all_of(page(site, "kinds/model"), "table[@data-sortable]")[0]
    tern, wren = all_of(table, "tbody/tr")[3:]
    assert [link.get("href") for link in all_of(tern, "a")] == [
        "/2024/03/19/tern-9b/",
        "/2024/03/19/tern-9b/",
        "/2024/03/19/tern-9b/#said-2",
        "/2024/03/19/tern-9b/#said-1",
    ]
    assert [cell.get("data-number") for cell in all_of(wren, "td")] == [
        None,
        "70000000000",
        None,
        None,
        "2000000000000",
    ]
    assert [cell.get("class") for cell in all_of(wren, "td")] == [
        None,
        "right",
        "unknown right",
        "unknown right",
        "right",
    ]
    assert [cell.get("data-sort") for cell in all_of(table, "thead//th")] == ["text"] * 2 + ["number"] * 4
    assert [cell.get("aria-sort") for cell in all_of(table, "thead//th")] == [None, "descending"] + [None] * 4


def test_only_a_page_with_a_table_loads_the_script_that_sorts_it(site: Path) -> None:
    loaded = {
        name: [script.get("src").split("/")[-1].split(".")[0] for script in all_of(page(site, name), "script[@src]")]
        for name in ("kinds/model", "kinds")
    }
    assert ("sort" in loaded["kinds/model"], "sort" in loaded["kinds"]) == (True, False)


def test_the_export_has_figures_as_numbers_with_their_unit_and_their_sentence(site: Path) -> None:
    entries = {entry["title"]: entry for entry in json.loads((site / "data/entries.json").read_bytes())["entries"]}
    address = "https://birds.example/2024/03/19/wren/"
    assert entries["Wren"]["facts"] == [
        {
            "key": "parameters",
            "value": "8B/70B",
            "numbers": [8e9, 7e10],
            "unit": "parameters",
            "url": f"{address}#said-1",
        },
        {"key": "tokens", "value": "2T", "numbers": [2e12], "unit": "tokens", "url": f"{address}#said-1"},
    ]
    assert entries["Heron 3"]["facts"] == []
    licence = entries["Lark-1"]["facts"][-1]
    assert (licence["value"], licence["numbers"], licence["unit"]) == ("MIT", [], "")


def test_feeds_have_no_ids_of_sentences(site: Path) -> None:
    feeds = [path.read_text("utf-8") for path in site.rglob("feed.*")]
    assert feeds
    assert not any("said-" in feed for feed in feeds)
