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
