"""A file of one entry: what stands before the comment, what behind it, and which line is what."""

import pytest

from digest.model import Entry, NoteFile, Work
from digest.notes import ParsedNote, parse

ONE, TWO, THREE = (f"https://example.org/{n}" for n in (1, 2, 3))


def read(*lines: str) -> ParsedNote:
    return parse(NoteFile("notes/240319 파일 이름.md", "\n".join(lines), ""))


def entry(*lines: str) -> Entry:
    (found,) = read(*lines).entries
    return found


def head(*lines: str) -> tuple[str, tuple[str, ...], str, str | None, str]:
    found = entry(*lines)
    return found.title, found.authors, found.abstract, found.link, found.commentary


def test_without_a_title_of_its_own_a_note_is_named_after_its_file() -> None:
    assert head("글입니다.", "#tag") == ("파일 이름", (), "", None, "글입니다.")
    assert head("제목일 수도 있는 줄", "글입니다.") == ("파일 이름", (), "", None, "제목일 수도 있는 줄\n글입니다.")


def test_a_title_with_authors_and_an_emphasised_first_line_are_titles() -> None:
    assert head("Title (Ada Kim, Ben Cho)", "글.") == ("Title", ("Ada Kim", "Ben Cho"), "", None, "글.")
    assert head("*제목*", "글.") == ("제목", (), "", None, "글.")
    assert head("글.", "*제목*") == ("파일 이름", (), "", None, "글.\n*제목*")


def test_authors_below_a_title_count_also_behind_blank_lines() -> None:
    assert head("Title", "(Ada Kim, Ben Cho)", "글.")[:2] == ("Title", ("Ada Kim", "Ben Cho"))
    assert head("Title", "", "", "(Ada Kim, Ben Cho)", "글.")[:2] == ("Title", ("Ada Kim", "Ben Cho"))
    assert head("Title", ONE, "(Ada Kim, Ben Cho)", "글.")[:2] == ("파일 이름", ())
    assert head("A sentence.", "(Ada Kim, Ben Cho)", "글.")[:2] == ("파일 이름", ())
    assert head("Title", "(어제 쓴 글)", "글.")[:2] == ("파일 이름", ())


def test_a_title_may_be_broken_in_two() -> None:
    names = ("Ada Kim", "Ben Cho")
    assert head("A Long Title That", "  Goes On (Ada Kim, Ben Cho)", "글.")[:2] == ("A Long Title That Goes On", names)
    assert head("*A Long Title That", "Goes On* (Ada Kim, Ben Cho)", "글.")[:2] == ("A Long Title That Goes On", names)
    assert head("A Long Title That", "Goes On (Ada Kim, Ben Cho)", "글.")[0] == "파일 이름"
    assert head("*A* Long Title That", "Goes On (Ada Kim, Ben Cho)", "글.")[0] == "파일 이름"
    assert head("*A Long Title That", "Goes On*", "글.")[0] == "파일 이름"


def test_the_first_address_is_the_link_and_the_others_stay_in_the_text() -> None:
    assert head(ONE, TWO, "글.") == ("파일 이름", (), "", ONE, f"{TWO}\n글.")
    assert head(ONE, "Title (Ada Kim, Ben Cho)", TWO, "글.")[3:] == (ONE, f"{TWO}\n글.")
    assert head(f"[Title]({ONE}) (Ada Kim, Ben Cho)", "글.")[3:] == (ONE, "글.")
    assert head(f"[Title]({ONE}) (Ada Kim, Ben Cho)", TWO, "글.")[3:] == (TWO, "글.")


def test_a_quotation_before_the_comment_is_the_abstract() -> None:
    assert head("Title (Ada Kim, Ben Cho)", "> 하나", ">", "> 둘", "글.")[2:] == ("하나\n\n둘", None, "글.")
    assert head("> 하나", "Title (Ada Kim, Ben Cho)", "글.")[:3] == ("Title", ("Ada Kim", "Ben Cho"), "하나")
    assert head("> 하나", "글.", "> 둘")[2:] == ("하나", None, "글.\n> 둘")
    assert head("Title (Ada Kim, Ben Cho)", "> 하나", "글.", "> 둘")[4] == "글.\n> 둘"


def test_further_titles_are_further_works_with_their_own_abstract_and_address() -> None:
    found = entry(
        ONE, "First (Ada Kim, Ben Cho)", "> 하나", TWO, "Second (Cho Min, Dan Ode)", "> 둘", "Third (Eun Lee, Fay Oh)", THREE, "> 셋", "글.",
    )  # fmt: skip
    assert (found.title, found.abstract, found.link, found.commentary) == ("First", "하나", ONE, "글.")
    assert found.works == (
        Work("Second", ("Cho Min", "Dan Ode"), abstract="둘", link=TWO),
        Work("Third", ("Eun Lee", "Fay Oh"), abstract="셋", link=THREE),
    )


def test_an_address_behind_the_last_work_is_nobodys() -> None:
    found = entry(ONE, "First (Ada Kim, Ben Cho)", "> 하나", "Second (Cho Min, Dan Ode)", "> 둘", TWO, "글.")
    assert [work.link for work in found.works] == [None]
    assert found.commentary == f"{TWO}\n글."


def test_only_the_first_title_may_do_without_authors() -> None:
    found = entry("*하나*", "> 하나", "*둘*", "글.")
    assert (found.title, found.works, found.commentary) == ("하나", (), "*둘*\n글.")


def test_tag_lines_stand_anywhere_behind_the_head() -> None:
    found = entry("글.", "#a #b", "더.", "#c")
    assert ([tag.key for tag in found.tags], found.commentary) == (["a", "b", "c"], "글.\n더.")


@pytest.mark.parametrize("heading", ["# Links", "## links:", "### Link", "# 링크", "# LINKS"])
def test_links_to_notes_below_their_heading_are_references(heading: str) -> None:
    found = entry("글 [[하나]].", "", heading, "", "[[둘]]", "- [[셋]], [[넷|이름]]")
    assert found.wikilinks == ("하나", "둘", "셋", "넷")
    assert found.commentary == "글 [[하나]]."


def test_below_another_heading_they_are_text() -> None:
    found = entry("글.", "# Reading", "[[둘]]", "더.")
    assert (found.commentary, found.wikilinks) == ("글.\n# Reading\n[[둘]]\n더.", ("둘",))
    found = entry("글.", "# Links", "[[둘]]", "# Reading", "[[셋]]", "더.")
    assert (found.commentary, found.wikilinks) == ("글.\n# Reading\n[[셋]]\n더.", ("셋", "둘"))


def test_links_that_close_the_comment_are_references_and_those_within_it_are_text() -> None:
    found = entry("글.", "[[하나]]", "더.", "[[둘]]", "", "[[셋]]", "")
    assert (found.commentary, found.wikilinks) == ("글.\n[[하나]]\n더.", ("하나", "둘", "셋"))
    found = entry("글.", "#tag", "[[둘]]")
    assert (found.commentary, found.wikilinks) == ("글.", ("둘",))


def english(*lines: str) -> tuple[str, list[str]]:
    found = entry(*lines)
    return found.commentary, [f"{each.lang}: {each.text}" for each in found.translations]


def test_a_translation_stands_between_its_marks() -> None:
    assert english("글.", "<english>", "Text.", "", "More.", "</english>", "더.") == (
        "글.\n더.",
        ["en: Text.\n\nMore."],
    )
    assert english("글.", "<English> Text.", "More. </English>", "더.") == ("글.\n더.", ["en: Text.\nMore."])
    assert english("글.", "<english>Text.</english>", "더.") == ("글.\n더.", ["en: Text."])
    assert english("글.", "<english>", "Text.", "# Heading", "More.") == ("글.", ["en: Text.\n# Heading\nMore."])
    assert english("글.", "<english>", "Text.", "#tag", "더.") == ("글.\n더.", ["en: Text."])
    assert english("글.", "<english>", " ", "</english>") == ("글.", [])
    assert english("글.", "```", "<english>", "```") == ("글.\n```\n<english>\n```", [])


def test_english_prose_behind_the_tags_of_a_korean_comment_is_its_translation() -> None:
    assert english("글.", "#tag", "", "Text.", "", "More.") == ("글.", ["en: Text.\n\nMore."])
    assert english("글.", "#tag", "Text.", "더.") == ("글.\nText.\n더.", [])
    assert english("Words.", "#tag", "Text.") == ("Words.\nText.", [])
    assert english("글.", "#tag", "> Text.") == ("글.\n> Text.", [])
    assert english("글.", "#tag", "") == ("글.", [])
    assert english("글.", "#tag", "https://example.org") == ("글.\nhttps://example.org", [])


def test_every_line_is_in_a_block_of_its_role() -> None:
    found = read("", ONE, "글.", "", "#tag", "#more", "더.", "")
    assert [(block.role, block.first_line, block.last_line, block.entry) for block in found.blocks] == [
        ("entry", 2, 3, 0),
        ("tags", 5, 6, 0),
        ("entry", 7, 7, 0),
    ]
    source = found.entries[0].source
    assert (source.first_line, source.last_line) == (2, 7)


def test_an_empty_note_spans_its_first_line() -> None:
    found = read("", "")
    assert (found.entries[0].source.first_line, found.entries[0].source.last_line) == (1, 1)
    assert found.blocks == ()
    assert {problem.code for problem in found.diagnostics} == {"empty-entry"}
