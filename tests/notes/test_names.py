import pytest

from digest.notes.names import may_be_names, parenthesised, reads_as_names, split_names, split_trailing


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Kim, Ben Cho", ("Ada Kim", "Ben Cho")),
        ("Ada Kim, Ben Cho, and Cho Min", ("Ada Kim", "Ben Cho", "Cho Min")),
        ("01.AI: Ada Kim, Ben Cho", ("01.AI: Ada Kim", "Ben Cho")),
        ("Ben (Bo, B.) Cho, Ada Kim", ("Ben (Bo, B.) Cho", "Ada Kim")),
        ("김성현、 이영희, ", ("김성현", "이영희")),
        ("Ada Kim) Cho, Ben", ("Ada Kim) Cho", "Ben")),
        (" , ", ()),
        ("Ada Kim and Ben Cho and Cho Min", ("Ada Kim", "Ben Cho", "Cho Min")),
        ("Ada Kim, Ben Cho and Cho Min", ("Ada Kim", "Ben Cho", "Cho Min")),
        ("Institute of Science and Technology", ("Institute of Science and Technology",)),
        ("Ada Kim (1), Ben Cho (1,2)", ("Ada Kim", "Ben Cho")),
        ("Ada Kim†, Ben Cho¹", ("Ada Kim", "Ben Cho")),
    ],
)
def test_names_are_cut_at_commas_outside_parentheses(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Ada Kim, Ben Cho",
        "Ada Kim, Ben Cho, Diego de las Casas, Cho Min, Dan van der Lee",
        "Ada Kim, Ben Cho, Cho Min, Dan Lee, Eun ji",
        "Gemini Team",
        "01.AI: Ada Kim, Ben Cho",
        "김성현, 이영희",
        "홍길동, 서울대학교 연구팀",
        "Ada Kim*, Ben Cho1, et al.",
        "d'Ascoli Kim, Ng Yi",
    ],
)
def test_lists_of_names_read_as_names(text: str) -> None:
    assert reads_as_names(text)
    assert may_be_names(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Vision team @ Example",
        "Anonymous authors",
        "Ada Kim and Ben Cho",
        "Ada Kim (1), Ben Cho (1,2)",
        "김성현 외 3명",
        "Kim et al.",
        "Ada Kim et al.",
    ],
)
def test_a_line_right_after_a_title_may_name_a_group(text: str) -> None:
    assert may_be_names(text)


@pytest.mark.parametrize(
    "text", ["This team is new", "Released with the authors", "from our lab", "see the project page"]
)
def test_a_sentence_about_a_group_names_none(text: str) -> None:
    assert not may_be_names(text)


@pytest.mark.parametrize("text", ["Anthropic", "네이버", "xAI", "fast.ai"])
def test_one_word_may_be_an_organisation_only_right_after_a_title(text: str) -> None:
    assert may_be_names(text)
    assert not reads_as_names(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        ",",
        "2024",
        "Part 2",
        "NeurIPS 2023",
        "https://example.org/a",
        "is something you might need too",
        "to be continued, maybe",
        "어제 적은 글에서 이어집니다.",
        "물론 아직은 실험 단계",
        "조금 길지만, 읽어볼 만함",
        "캡션, ocr 등등, 그리고 더",
    ],
)
def test_years_addresses_and_sentences_are_no_names(text: str) -> None:
    assert not reads_as_names(text)
    assert not may_be_names(text)


def test_parentheses_count_only_around_the_whole_line() -> None:
    assert parenthesised("(a (b) c)") == "a (b) c"
    assert parenthesised("（김성현）") == "김성현"
    assert parenthesised("(a) and (b)") is None
    assert parenthesised("(a") is None
    assert parenthesised("()") is None


def test_authors_behind_a_title_stand_apart_from_it() -> None:
    assert split_trailing("Title (A (B) C)") == ("Title", "A (B) C")
    assert split_trailing("*Title*(A)") == ("*Title*", "A")
    assert split_trailing("GPT-4V(ision)") is None
    assert split_trailing("(A, B)") is None
    assert split_trailing("Title) A)") is None
