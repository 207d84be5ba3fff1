"""Exports of Telegram Desktop -> notes."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.importing import Source, SourceError
from digest.importing.imported import Imported
from digest.importing.telegram import read
from digest.importing.writing import render_note
from digest.model import NoteFile
from digest.notes import NoteRules, parse

from ..project import write_project


def message(number: int, text: Any, **fields: Any) -> dict[str, Any]:
    stamp = {"date": f"2024-03-19T23:30:{number:02}", "date_unixtime": str(1710858600 + 10 * number)}
    return {"id": number, "type": "message", **stamp, "from_id": "channel1", "text": text, **fields}


def export(folder: Path, *messages: dict[str, Any], kind: str = "public_channel") -> Source:
    chat = {"name": "Lanterns", "type": kind, "id": 1, "messages": messages}
    return Source(write_project(folder, {"result.json": json.dumps(chat, ensure_ascii=False, indent=1)}))


def body_of(imported: Imported) -> str:
    return imported.notes[0].body


def test_a_message_is_a_note_of_its_local_day(tmp_path: Path) -> None:
    (note,) = read(export(tmp_path, message(7, "Harbour lights\nThey went out at ten."))).notes
    assert (note.path, note.date, note.title) == ("2024-03-19-7.md", "2024-03-19 23:30:07", "Harbour lights")
    assert note.body == "They went out at ten."


def test_the_only_line_of_a_message_stays_in_its_text(tmp_path: Path) -> None:
    (note,) = read(export(tmp_path, message(7, "Harbour lights"))).notes
    assert (note.title, note.body) == ("Harbour lights", "Harbour lights")


ENTITIES = [
    ({"type": "bold", "text": "a b "}, "x**a b** y"),
    ({"type": "italic", "text": "ab"}, "x*ab*y"),
    ({"type": "strikethrough", "text": "ab"}, "x~~ab~~y"),
    ({"type": "underline", "text": "ab"}, "x<u>ab</u>y"),
    ({"type": "code", "text": "a`b"}, "x``a`b``y"),
    (
        {"type": "text_link", "text": "a*b*", "href": "https://example.org/(1)"},
        r"x[a\*b\*](https://example.org/%281%29)y",
    ),
    ({"type": "link", "text": "https://example.org/a_b_c"}, "xhttps://example.org/a_b_cy"),
    ({"type": "mention", "text": "@_b_"}, r"x@\_b\_y"),
    ({"type": "plain", "text": "%%%a {{{% b"}, r"x\%\%\%a \{\{\{\% by"),
    ({"type": "spoiler", "text": "ab"}, "xaby"),
    ({"type": "pre", "text": "a\nb", "language": "python"}, "x\n```python\na\nb\n```\ny"),
    ({"type": "blockquote", "text": "a\nb"}, "x\n> a\n> b\n\ny"),
]


@pytest.mark.parametrize(("entity", "markdown"), ENTITIES)
def test_entities_become_marks(tmp_path: Path, entity: dict[str, str], markdown: str) -> None:
    assert body_of(read(export(tmp_path, message(1, ["Title\nx", entity, "y"])))) == markdown


def test_hashtags_are_tags_and_lines_of_them_go(tmp_path: Path) -> None:
    tag = {"type": "hashtag", "text": "#llm"}
    (note,) = read(export(tmp_path, message(1, ["Title\nOn ", tag, " models.\n", tag, " ", tag]))).notes
    assert (note.tags, note.body) == (("llm",), "On #llm models.")


def test_the_link_of_a_title_is_that_of_the_note(tmp_path: Path) -> None:
    title = {"type": "text_link", "text": "A paper", "href": "https://arxiv.org/abs/2403.00001"}
    (note,) = read(export(tmp_path, message(1, [title, "\nIt shines."]))).notes
    assert (note.title, note.link, note.body) == ("A paper", "https://arxiv.org/abs/2403.00001", "It shines.")


def test_pictures_that_were_sent_at_once_belong_to_one_note(tmp_path: Path) -> None:
    at_once = {"date_unixtime": "1710858600"}
    source = export(
        tmp_path,
        message(1, "", photo="photos/a.jpg", **at_once),
        message(2, "Two lamps", photo="photos/b c.jpg", **at_once),
        message(3, "Another evening"),
    )
    write_project(tmp_path, {"photos/a.jpg": b"a", "photos/b c.jpg": b"b"})
    lamps, evening = read(source).notes
    assert lamps.body == "Two lamps\n\n![](files/photos/a.jpg)\n\n![](files/photos/b%20c.jpg)"
    assert [each.target for each in lamps.attachments] == ["files/photos/a.jpg", "files/photos/b c.jpg"]
    assert evening.attachments == ()


def test_pictures_of_old_exports_are_told_apart_by_their_local_time(tmp_path: Path) -> None:
    pictures = [message(number, "", photo="photos/a.jpg") for number in (1, 2, 9)]
    for each in pictures:
        del each["date_unixtime"]
    write_project(tmp_path, {"photos/a.jpg": b"a"})
    assert [note.path for note in read(export(tmp_path, *pictures)).notes] == ["2024-03-19-1.md", "2024-03-19-9.md"]


def test_what_no_note_has_is_reported_at_its_line(tmp_path: Path) -> None:
    missing = message(2, "Lamp", photo="(File not included.)")
    source = export(tmp_path, {**message(1, ""), "type": "service"}, missing, message(3, ""))
    written = (tmp_path / "result.json").read_text("utf-8").split("\n")
    left_out = read(source).left_out
    assert [each.reason.partition(":")[0] for each in left_out] == [
        "a notice of Telegram's, such as a new member or a pinned message",
        "a picture or file that is not in the export",
        "a message without words",
    ]
    assert [written[each.line - 1].strip() for each in left_out] == ['"id": 1,', '"id": 2,', '"id": 3,']


def test_a_file_outside_the_export_is_not_read(tmp_path: Path) -> None:
    write_project(tmp_path, {"secret.jpg": b"secret"})
    imported = read(export(tmp_path / "export", message(1, "Lamp", photo="../secret.jpg")))
    assert imported.notes[0].attachments == ()
    assert len(imported.left_out) == 1


@pytest.mark.parametrize("kind", ["saved_messages", "private_channel", "personal_chat", "private_group"])
def test_notes_of_a_chat_that_is_not_public_are_drafts(tmp_path: Path, kind: str) -> None:
    imported = read(export(tmp_path, message(1, "Lamp"), kind=kind))
    assert [note.draft for note in imported.notes] == [True]
    assert "draft: true" in render_note(imported.notes[0])


def test_an_export_of_all_chats_gives_those_in_which_only_the_author_writes(tmp_path: Path) -> None:
    chats = [
        {"name": "Ada", "type": "personal_chat", "id": 1, "messages": [message(1, "Hello")]},
        {"name": "My Lanterns", "type": "public_channel", "id": 2, "messages": [message(1, "Lamp")]},
        {"type": "saved_messages", "id": 3, "messages": [message(1, "Wick")]},
    ]
    source = Source(write_project(tmp_path, {"result.json": json.dumps({"about": "", "chats": {"list": chats}})}))
    imported = read(source)
    assert [(note.path, note.draft) for note in imported.notes] == [
        ("my-lanterns/2024-03-19-1.md", False),
        ("saved-messages/2024-03-19-1.md", True),
    ]
    assert [each.reason for each in imported.left_out] == ["the chat with Ada holds words of others: 1 messages"]


@pytest.mark.parametrize("content", ["{", "[]", '{"messages": 1}', '{"chats": {"list": 1}}'])
def test_another_file_is_refused(tmp_path: Path, content: str) -> None:
    source = Source(write_project(tmp_path, {"result.json": content}))
    with pytest.raises(SourceError, match="is no export of Telegram Desktop in JSON"):
        read(source)


TEXTS = st.text(st.sampled_from(list("ab가 \n*_`[]()<>/!#%{}~=\\-|:1.$")), max_size=60)


@settings(max_examples=50)
@given(TEXTS)
def test_no_word_of_a_message_is_lost(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Every word is in the title, the tags or the text that digest reads from the note."""
    if not text.strip():
        return
    (note,) = read(export(tmp_path_factory.mktemp("export"), message(1, ["Lamp\nwick ", text]))).notes
    parsed = parse(NoteFile("notes/2024-03-19-1.md", render_note(note), ""), NoteRules())
    (entry,) = parsed.entries
    assert not entry.draft
    tags = " ".join(tag.label for tag in entry.tags)
    # A line such as `wick (Ada Kim)` is a work with its authors.
    kept = f"{entry.title} {tags} {entry.abstract} {entry.commentary} {entry.link} {entry.authors} {entry.works}"
    for word in ["Lamp", "wick", *re.findall(r"[a-z가]+", text)]:
        assert word in kept
