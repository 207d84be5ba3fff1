"""The settings of tags in the archive: labels, and tags above and below others."""

from digest.archive.archive import Archive, build_archive
from digest.archive.vocabulary import Vocabulary
from digest.model import KINDS, Card

from .cards import make_card

CARDS = (make_card("A", "lm", line=1), make_card("B", "lm", "LM", "vision", line=5), make_card("C", "lm", line=9))


def archive_of(vocabulary: Vocabulary, *cards: Card) -> Archive:
    archive, diagnostics = build_archive(cards or CARDS, {}, KINDS, vocabulary=vocabulary)
    assert diagnostics == ()
    return archive


def test_a_label_changes_neither_the_key_nor_the_address() -> None:
    tag = archive_of(Vocabulary(labels={"lm": "Language model"})).tags["lm"]
    assert (tag.name.label, tag.name.key, tag.name.slug) == ("Language model", "lm", "lm")
    assert archive_of(Vocabulary()).tags["lm"].name.slug == "lm"


def test_the_spelling_of_notes_is_listed_if_the_label_is_another_word() -> None:
    assert archive_of(Vocabulary(labels={"lm": "Language model"})).tags["lm"].aliases == ("lm",)
    assert archive_of(Vocabulary(labels={"lm": "LM"})).tags["lm"].aliases == ()


def test_the_spelling_of_a_tag_names_that_tag_whatever_its_label_is() -> None:
    tags = archive_of(Vocabulary(labels={"lm": "Language model", "vision": "VISION"})).tags
    assert [tags[key].name.spelling for key in ("lm", "vision")] == ["lm", "VISION"]


def test_a_tag_keeps_its_own_entries_and_names_those_above_and_below_it() -> None:
    tags = archive_of(Vocabulary(parents={"lm": "vision"})).tags
    assert [child.key for child in tags["vision"].children] == ["lm"]
    assert [above.key for above in tags["lm"].above] == ["vision"]
    assert [record.card.title for record in tags["vision"].records] == ["B"]


def test_a_parent_with_settings_has_a_page_without_any_entry() -> None:
    tags = archive_of(Vocabulary(spellings={"nlp": "NLP"}, parents={"lm": "nlp"})).tags
    assert (tags["nlp"].name.label, tags["nlp"].count) == ("NLP", 0)
    assert [child.key for child in tags["nlp"].children] == ["lm"]


def test_a_parent_that_is_no_tag_and_has_no_settings_does_not_count() -> None:
    tags = archive_of(Vocabulary(parents={"lm": "nlpp"})).tags
    assert list(tags) == ["lm", "vision"]
    assert tags["lm"].above == ()


def test_a_tag_with_settings_that_no_entry_has_is_no_tag_of_the_site() -> None:
    assert list(archive_of(Vocabulary(spellings={"owls": "owls"}, parents={"owls": "vision"})).tags) == ["lm", "vision"]


def test_tags_lie_below_others_by_their_names_and_by_the_settings() -> None:
    vocabulary = Vocabulary(spellings={"ai": "AI"}, parents={"nlp": "ai", "moe": "nlp/lm"})
    tags = archive_of(vocabulary, make_card("A", "nlp/lm"), make_card("B", "moe", line=5)).tags
    assert [above.key for above in tags["moe"].above] == ["ai", "nlp", "nlp/lm"]
    assert [child.key for child in tags["nlp/lm"].children] == ["moe"]
    assert [record.card.title for record in tags["nlp"].records] == ["A"]


def test_a_tag_of_entries_has_its_address_before_one_without_any() -> None:
    vocabulary = Vocabulary(spellings={"a.b": "a.b"}, parents={"lm": "a.b"})
    archive, diagnostics = build_archive((*CARDS, make_card("D", "a-b", line=13)), {}, KINDS, vocabulary=vocabulary)
    assert (archive.tags["a-b"].name.slug, archive.tags["a.b"].name.slug) == ("a-b", "a-b-2")
    assert [(d.path, d.line, d.code) for d in diagnostics] == [("digest.yaml", 0, "tag-collision")]
