"""A note file becomes what its page shows and what every list knows of it."""

import msgspec

from digest.model import Card, NoteFile, Reference
from digest.notes import NoteRules
from digest.pipeline.prepare import prepare_note


def test_an_entry_refers_to_what_its_text_links_to_and_to_what_is_linked_below_it() -> None:
    text = "먼저 [[Wren|굴뚝새]]를, 코드에서는 `[[Code]]`를.\n#a\n\n# Links\n\n[[240312 Sparrow.md]]\n[[Wren]]\n"
    prepared = prepare_note(NoteFile("notes/240319 Birds.md", text, ""), NoteRules())
    (card,) = msgspec.msgpack.decode(prepared.cards, type=tuple[Card, ...])
    assert card.references == (Reference("note", "Wren"), Reference("note", "240312 Sparrow"))


def test_what_rendering_finds_is_reported_at_the_note_s_own_lines() -> None:
    text = (
        "2024-03-19\n첫 글\n{% x %}\n같은 줄\n#a\n둘째 글\n> 초록 $\\nosuch{y}$\n같은 줄\n\n"
        "수식 $\\nosuch{x}$\n{{ y }}\n$$\nx\n산문입니다.\n#a\n"
    )
    prepared = prepare_note(NoteFile("notes/2024-03-19.md", text, ""), NoteRules())
    found = [(diagnostic.line, diagnostic.code) for diagnostic in prepared.diagnostics]
    assert found == [(12, "unclosed-math"), (10, "unset-math"), (7, "unset-math"), (3, "template-tags")]
    assert prepared.diagnostics[-1].message == "2 tags of Liquid or shortcodes are left out"


def test_the_sentence_of_a_mention_is_found_by_words_that_pages_show_with_other_marks() -> None:
    text = "앞의 문장이다. [[Wren|the wren's]] 노래는 좋다.\n#a\n"
    prepared = prepare_note(NoteFile("notes/240319 Birds.md", text, ""), NoteRules())
    (card,) = msgspec.msgpack.decode(prepared.cards, type=tuple[Card, ...])
    assert card.mentions == ("the wren's 노래는 좋다.",)
