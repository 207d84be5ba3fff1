"""What single lines of an entry say: titles with their marks, quotations, links between notes, papers, the language."""

import pytest

from digest.model import Entry, NoteFile
from digest.notes import NoteRules, parse
from digest.notes.entry import Headline, is_wikilink_line, may_be_title, read_authors, read_headline
from digest.notes.names import may_be_names, parenthesised, reads_as_names, split_names, split_trailing


def entry(*lines: str, language: str = "ko") -> Entry:
    text = "\n".join(("2024년 3월 19일", *lines))
    return parse(NoteFile("notes/days.txt", text, ""), NoteRules(language=language)).entries[0]


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("Title", Headline("Title")),
        ("## Title ##", Headline("Title")),
        ("## Title#", Headline("Title#")),
        ("*Title*", Headline("Title", emphasised=True)),
        ("**Title**", Headline("Title", emphasised=True)),
        ("__Title__", Headline("Title", emphasised=True)),
        ("*Title_", Headline("*Title_")),
        ("* Title *", Headline("* Title *")),
        ("Title*", Headline("Title*")),
        ("[Title](https://a.example/x)", Headline("Title", link="https://a.example/x")),
        ("[ Title\u00a0](https://a.example/x)", Headline("Title", link="https://a.example/x")),
        ("[Title](https://a.example/x(y))", Headline("Title", link="https://a.example/x(y)")),
        ("[Title](ftp://a.example)", Headline("[Title](ftp://a.example)")),
        ("Title (Ada Kim, Ben Cho)", Headline("Title", ("Ada Kim", "Ben Cho"))),
        ("*Title* (Ada Kim)", Headline("Title", ("Ada Kim",), emphasised=True)),
        ("*Title*(Ada Kim)", Headline("Title", ("Ada Kim",), emphasised=True)),
        ("Title(Ada Kim)", Headline("Title(Ada Kim)")),
        ("Mixture of Experts (MoE)", Headline("Mixture of Experts (MoE)")),
        ("*Experts* (MoE)", Headline("Experts", ("MoE",), emphasised=True)),
        ("제목 (김성현, 이영희)", Headline("제목", ("김성현", "이영희"))),
        ("어제 이 글을 읽었습니다. (김성현, 이영희)", Headline("어제 이 글을 읽었습니다. (김성현, 이영희)")),
        ("[Title](https://a.example) (Ada Kim)", Headline("Title", ("Ada Kim",), "https://a.example")),
    ],
)
def test_a_title_line_says_title_authors_and_address(text: str, headline: Headline) -> None:
    assert read_headline(text) == headline


@pytest.mark.parametrize(
    ("text", "is_possible"),
    [
        ("제목", True),
        ("Is This It?", True),
        ("Stop!", True),
        ("이것입니까?", False),
        ("멈춰!", False),
        ("A sentence.", False),
        ("글입니다", False),
        ("글입니다.)", False),
        ("글입니다.”", False),
        ("이어서:", False),
        ("이어서;", False),
        ("이어서,", False),
        ("그래~", False),
        ("그렇다。", False),
        ("이어서:)", True),
        ("…", False),
        ("- 제목", False),
        ("1. 제목", False),
        ("1000. 제목", True),
        ("① 제목", False),
        ("(1) 제목", False),
        ("(제목)", False),
        ("(제목) 둘", True),
        ("![그림", False),
        ("| 칸", False),
        ("a" * 250, True),
        ("a" * 251, False),
    ],
)
def test_a_line_may_be_a_title_unless_it_is_of_a_list_or_ends_a_sentence(text: str, is_possible: bool) -> None:
    assert may_be_title(text) == is_possible


def test_a_quotation_loses_one_mark_a_line() -> None:
    assert entry("Title", "> a > b", ">c", ">  d", "글.").abstract == "a > b\nc\n d"
    assert entry("Title", "> > a", "글.").abstract == "> a"


def test_a_line_of_nothing_but_links_to_notes() -> None:
    assert is_wikilink_line("[[a]]")
    assert is_wikilink_line("- [[a]], [[b|c]]")
    assert not is_wikilink_line("[[a]] 뒤의 글")
    assert not is_wikilink_line("앞의 글 [[a]]")
    assert not is_wikilink_line("글")


def test_links_to_notes_are_named_once_without_ending_heading_and_label() -> None:
    text = "[[ 하나.md]] [[둘#절|이름]] [[셋.TXT]] [[하나]] [[넷.markdown ]] [[ ]] [[다섯.pdf]]"
    assert entry("제목", text).wikilinks == ("하나", "둘", "셋", "넷", "다섯.pdf")


def test_papers_are_those_of_the_link_and_of_the_texts_each_once() -> None:
    found = entry(
        "Title", "(Ada Kim, Ben Cho)", "https://arxiv.org/abs/2101.00003v2", "See arXiv:2101.00002", "", "글 arXiv:2101.00001",
        "ARXIV:2101.00003 글",
    )  # fmt: skip
    assert found.arxiv == ("2101.00003", "2101.00002", "2101.00001")
    assert entry("제목", "ARXIV:2101.00001 글").arxiv == ("2101.00001",)
    assert entry("제목", "2101.00001 글").arxiv == ()


def test_the_last_paper_of_an_abstract_and_the_first_of_the_text_are_two() -> None:
    found = entry("Title", "(Ada Kim, Ben Cho)", "See arXiv:2101.00002", "2101.00001이 아니라 arXiv:2101.00004 글")
    assert found.arxiv == ("2101.00002", "2101.00004")


@pytest.mark.parametrize(
    ("default", "lines", "lang"),
    [
        ("ko", ("제목", "Text only."), "ko"),
        ("ko", ("Title", "Text only here."), "en"),
        ("ko", ("Title", "글."), "ko"),
        ("ko", ("Title", "A 1, b."), "ko"),
        ("ko", ("Title", "https://example.org"), "ko"),
        ("en", ("Title", "글."), "ko"),
        ("en", ("Title", "1"), "en"),
    ],
)
def test_hangul_is_korean_english_words_side_by_side_are_english_and_else_the_settings_decide(
    default: str, lines: tuple[str, ...], lang: str
) -> None:
    assert entry(*lines, language=default).lang == lang


@pytest.mark.parametrize("line", ["#a 그리고 #b", "＃a 그리고 #b"])
def test_a_line_that_looks_like_tags_is_pointed_out_wherever_it_stands_in_an_entry(line: str) -> None:
    for lines in (("제목", "글.", line), ("제목", line, "글.")):
        found = parse(NoteFile("notes/days.txt", "\n".join(("2024-03-19", *lines)), "")).diagnostics
        near = [problem for problem in found if problem.code == "near-tag-line"]
        assert [problem.line for problem in near] == [lines.index(line) + 2]
        assert near[0].hint.startswith("a tag line holds nothing but tags")


@pytest.mark.parametrize(
    ("text", "inside"),
    [("(a)", "a"), ("（ a ）", "a"), ("( a (b) )", "a (b)"), ("(a) (b)", None), ("()", None), ("(a", None), ("a)", None), ("((a)", None)],
)  # fmt: skip
def test_parentheses_enclose_a_whole_text_or_not(text: str, inside: str | None) -> None:
    assert parenthesised(text) == inside


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a (b)", ("a", "b")),
        ("a  ( b )", ("a", "b")),
        ("a* (b)", ("a*", "b")),
        ("a*(b)", ("a*", "b")),
        ("a (b (c))", ("a", "b (c)")),
        ("a (b) (c)", ("a (b)", "c")),
        ("a(b)", None),
        ("a (b", None),
        ("a b)", None),
        ("a)b (c)", ("a)b", "c")),
    ],
)
def test_a_title_is_cut_from_the_parenthesis_behind_it(text: str, parts: tuple[str, str] | None) -> None:
    assert split_trailing(text) == parts


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Kim, Ben Cho", ("Ada Kim", "Ben Cho")),
        ("Ada Kim; Ben Cho；Cho Min，Dan、E", ("Ada Kim", "Ben Cho", "Cho Min", "Dan", "E")),
        ("Ada Kim, and Ben Cho", ("Ada Kim", "Ben Cho")),
        ("Ada (a, b), Ben [c; d], Cho", ("Ada (a, b)", "Ben [c; d]", "Cho")),
        ("Ada) , Ben", ("Ada)", "Ben")),
        ("Ada,, ,Ben,", ("Ada", "Ben")),
        ("Andy and Ada", ("Andy and Ada",)),
        ("", ()),
    ],
)
def test_names_are_cut_at_commas_and_semicolons_outside_brackets(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize(
    ("text", "is_sure", "is_possible"),
    [
        ("Ada Kim, Ben Cho", True, True),
        ("Ada Kim", True, True),
        ("Ada", False, True),
        ("MoE", False, True),
        ("Ada Kim, 2024", False, False),
        ("Ada Kim, '24", False, False),
        ("Ada Kim, https://a.example", False, False),
        ("Ada Kim, et al.", True, True),
        ("Ada Kim, others", True, True),
        ("김성현 외 3명", True, True),
        ("김성현, 외 3명", True, True),
        ("김성현, 등", True, True),
        ("Ludwig van der Berg, xAI", True, True),
        ("fast.ai, d'Ascoli Kim", True, True),
        ("a small phrase, another one", False, False),
        ("Ada Kim, ben cho", False, False),
        ("Ada Kim, Ben Cho, Cho Min, Dan Ode, eun lee", True, True),
        ("Ada Kim, Ben Cho, Cho Min, eun lee", False, True),
        ("A B C D E F G H, Ada Kim", True, True),
        ("A B C D E F G H I, Ada Kim", False, False),
        ("of the, Ada Kim", False, False),
        ("123, Ada Kim", False, False),
        ("01.AI: Ada Kim, Ben Cho", True, True),
        ("김성현, 이영희", True, True),
        ("김성현", False, True),
        ("서울대학교 연구팀", True, True),
        ("물론 그렇습니다", False, False),
        ("어제, 오늘 쓴 글", False, False),
        ("김성현 교수, 이영희 박사", True, True),
        ("가나다라마바사아자차카타파하거너더러머버서어저처", False, True),
        ("가나다라마바사아자차카타파하거너더러머버서어저처커", False, False),
        ("", False, False),
    ],
)
def test_a_text_is_surely_or_possibly_a_list_of_names(text: str, is_sure: bool, is_possible: bool) -> None:
    assert (reads_as_names(text), may_be_names(text)) == (is_sure, is_possible)


@pytest.mark.parametrize(
    "particle",
    [
        "a",
        "al",
        "and",
        "at",
        "bin",
        "da",
        "das",
        "de",
        "del",
        "della",
        "den",
        "der",
        "des",
        "di",
        "dos",
        "du",
        "e",
        "el",
        "et",
        "for",
        "ibn",
        "in",
        "la",
        "las",
        "le",
        "los",
        "of",
        "on",
        "st",
        "ten",
        "ter",
        "the",
        "to",
        "van",
        "ver",
        "von",
        "y",
        "zu",
        "&",
    ],
)
def test_a_name_may_hold_small_words(particle: str) -> None:
    assert reads_as_names(f"Ada {particle} Kim, Ben Cho")
    assert reads_as_names(f"{particle} Kim, Ben Cho")
    assert not reads_as_names(f"Ada {particle} small Kim, Ben Cho")


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("김성현", True),
        ("김성현 교수", True),
        ("김성현 외3명", True),
        ("김성현 등", False),
        ("김성현 등등", False),
        ("성현 김", False),
        ("하나 둘 팀", True),
        ("하나 둘 셋 팀", True),
        ("하나 둘 셋 넷 팀", False),
        ("하나 둘 모임", False),
        ("서울 Lab", True),
        ("그랬다.", False),
        ("ㅎㅎ", False),
        ("네이버: 김성현", True),
        ("네이버: 하나 둘", False),
    ],
)
def test_a_korean_name_is_one_word_or_that_of_an_organisation(name: str, is_one: bool) -> None:
    assert reads_as_names(f"{name}, Ada Kim") == is_one


def test_a_lone_korean_organisation_has_at_most_sixteen_characters() -> None:
    assert reads_as_names("가나다라마바사아자차카타 연구소")
    assert not reads_as_names("가나다라마바사아자차카타파 연구소")


def test_letters_of_separators_are_none() -> None:
    assert split_names("Ada X (b), Ben Cho") == ("Ada X (b)", "Ben Cho")
    assert split_names("Ada [b, c）, Ben") == ("Ada [b, c）", "Ben")


def test_authors_stand_on_a_line_of_their_own_in_parentheses() -> None:
    assert read_authors("(Ada Kim, Ben Cho)") == ("Ada Kim", "Ben Cho")
    assert read_authors("Ada Kim, Ben Cho") == ()
    assert read_authors("(a small phrase)") == ()
