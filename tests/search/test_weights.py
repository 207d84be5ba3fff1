"""What weighs more than what: for each query, invented notes in the order in which they must come.

The notes of a case are dated so that any tie comes out wrong: the newer of two equals comes first.
"""

from pathlib import Path
from typing import Any

import pytest

from digest.search import SearchDocument

from .notes import Search, build, write

Note = dict[str, Any]
FILLER = 7 * "아무것도 아닌 이야기를 적당한 길이로 적어 둡니다. 오늘은 산책을 했고 내일은 비가 온다고 합니다. "
CASES: dict[str, tuple[str, dict[str, Note]]] = {
    "fields": (
        "nimbus",
        {
            "in the title": {"title": "Nimbus and Other Shapes"},
            "in a tag": {"tags": (("nimbus", "nimbus"),)},
            "twice in the text": {"commentary": "nimbus 옆에 nimbus."},
            "by an author of that name": {"authors": ("Nimbus Kay", "Jo Ray")},
            "in the text": {"commentary": "nimbus 하나."},
            "in the abstract": {"abstract": "One nimbus."},
        },
    ),
    "a word again and again": (
        "nimbus",
        {
            "six times in the text": {"commentary": 6 * "nimbus, "},
            "in the title": {"title": "Nimbus and Other Shapes"},
            "three times in the text": {"commentary": 3 * "nimbus, "},
            "three times in the abstract": {"abstract": 3 * "nimbus, "},
        },
    ),
    "lengths": (
        "nimbus",
        {
            "in a short title": {"title": "Nimbus"},
            "in a long title": {
                "title": "On the Shape and the Size and the Weight and the Colour of a Single Nimbus in June"
            },
            "in a short text": {"commentary": "nimbus."},
            "in a long text": {"commentary": "nimbus. " + FILLER * 3},
        },
    ),
    "all words before one of them": (
        "nimbus cirrus stratus",
        {
            "all in the text": {"commentary": "nimbus, cirrus, stratus."},
            "two in the text": {"commentary": "nimbus, cirrus."},
            "one everywhere": {
                "title": "Nimbus",
                "tags": (("nimbus", "nimbus"),),
                "commentary": "nimbus nimbus nimbus.",
            },
        },
    ),
    "all words said softly before one said aloud": (
        "nimbus cirrus",
        {
            "both in the abstract": {"abstract": "nimbus, cirrus."},
            "one in the title": {"title": "Nimbus"},
        },
    ),
    "two words in a title side by side": (
        "nimbus cirrus",
        {
            "side by side": {"title": "Under a Nimbus Cirrus"},
            "apart": {"title": "Cirrus over Nimbus"},
            "one in the title": {"title": "Nimbus over Water", "commentary": "cirrus."},
        },
    ),
    "parts of a Korean word": (
        "구름결",
        {
            "inside a word of the title": {"title": "먹구름결 이야기"},
            "the beginning of a word of the title": {"title": "구름결무늬 이야기"},
            "the word": {"commentary": "구름결 하나."},
            "inside a word": {"commentary": "먹구름결 하나."},
            "the beginning of a word": {"commentary": "구름결무늬 하나."},
        },
    ),
    "parts of an English word": (
        "nimbus",
        {
            "its plural in the title": {"title": "Nimbuses"},
            "the word": {"commentary": "nimbus."},
            "its plural": {"commentary": "nimbuses."},
            "the beginning of a word": {"commentary": "nimbusward."},
            "inside a word": {"commentary": "cumulonimbusy."},
        },
    ),
    "a word of the glossary": (
        "환각",
        {
            "the word": {"commentary": "환각."},
            "its English": {"commentary": "hallucination."},
        },
    ),
    "initials": (
        "ㄱㄹㄱ",
        {
            "a word with an ending in the title": {"title": "구름결을 이야기"},
            "a word": {"commentary": "구름결 하나."},
        },
    ),
    "one slip and the beginning of a word": (
        "cirrus nimbsu",
        {
            "mistyped in the title": {"title": "Nimbus", "commentary": "cirrus."},
            "mistyped in the text": {"title": "Cirrus", "commentary": "nimbus."},
        },
    ),
    "two slips": (
        "cirrus cumulonimbsus",
        {
            "mistyped in the title": {"title": "Cumulonimbus", "commentary": "cirrus."},
            "typed right in the title": {"title": "Cirrus", "commentary": "cumulonimbus."},
        },
    ),
    "one slip": (
        "cirrus nimbsu",
        {
            "both": {"commentary": "cirrus nimbus."},
            "what was mistyped in the title": {"title": "Nimbus"},
        },
    ),
}


def make_documents(notes: dict[str, Note]) -> list[SearchDocument]:
    """Date the notes from the first, which is the oldest, to the last, and put as many others behind them."""
    found = []
    for number, (name, fields) in enumerate(notes.items()):
        note = {"id": name, "date": f"2024-01-{number + 1:02}", "title": f"글 {number}", **fields}
        note["commentary"] = f"{fields.get('commentary', '')} {FILLER}"
        if "abstract" in fields:
            note["abstract"] = f"{fields['abstract']} {2 * FILLER}"
        found.append(note)
    for number in range(20):
        other = {"title": f"다른 글 {number}", "commentary": FILLER}
        found.append({"id": f"other {number}", "date": f"2023-01-{number + 1:02}", **other})
    return [SearchDocument(**{"kind": "note", "url": f"/{note['id']}/", **note}) for note in found]


@pytest.mark.parametrize("name", CASES)
def test_notes_come_in_the_order_of_what_they_say(name: str, search: Search, tmp_path: Path) -> None:
    query, notes = CASES[name]
    write(build(make_documents(notes)), tmp_path)
    assert search.ask(tmp_path, query, shown=10)["ids"] == list(notes)
