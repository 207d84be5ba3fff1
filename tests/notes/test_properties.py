"""What holds for every note, however odd."""

import datetime as dt
import unicodedata
from collections import Counter

import msgspec
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.model import Entry, NoteFile, Span, Tag, tag_key
from digest.notes import NoteRules, ParsedNote, parse
from digest.notes.lines import MARGIN, split_lines

from .printer import print_day_file

NAMES = ("2024-03-19.txt", "240319 Grok-1.md", "any.md", "2024년 3월 19일.txt", "240230 x.md", ".md", "x")
PIECES = (
    "\n", "\n\n", " ", "\t", "\u200b", "\ufeff", "\u00a0", "\u2028", "\x85", "\x00", "\udc80",
    "2024년 3월 19일", "2024년 2월 30일", "2024-03-20", "# 2024-03-19 (화)", "Title", "제목", "글입니다.", "A sentence.",
    "(Ada Kim, Ben Cho)", "(Gemini Team)", "(어제 이어서.)", "*Title* (Ada Kim)", "Title (Ada Kim, Ben Cho)", "[T](https://a.example)",
    "#tag", "＃tag, #b", "#C#", "#1", "#", "##", "# ", "## 제목", "# Links", "> quote", ">", "```", "```py", "~~~", "---", "===",
    "https://arxiv.org/abs/2101.00001v2", "https://example.org/", "<https://example.org>", "arXiv:2101.00001", "[[240101 A.md]]", "[[a|b]]",
    "<english>", "</english>", "- item", "1. item", "title: x", "date: 2024-03-19", "tags: [a, b]", "draft: true", "a: [", "&a [*a]", "!!python/x",
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=30).map("\n".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map(lambda pieces: "---\n" + "\n".join(pieces)),
    st.text(max_size=200),
)
RULES = NoteRules(kind_tags=(("essay", ("tag",)),), aliases=(("b", "tag"),))


def read(text: str, name: str = NAMES[0]) -> ParsedNote:
    return parse(NoteFile(f"notes/{name}", text, ""), RULES)


@settings(max_examples=300)
@given(text=TEXTS, name=st.sampled_from(NAMES))
@example(text="---\na: " + "[" * 5000 + "\n---\n", name="any.md")
@example(text="---\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)) + "---\n", name="any.md")
@example(text=">\n", name="2024-03-19.txt")
@example(text="---\n? [a]\n: b\n---\n", name="any.md")
def test_nothing_raises_and_every_line_is_in_exactly_one_block(text: str, name: str) -> None:
    parsed = read(text, name)
    owners = Counter(n for block in parsed.blocks for n in range(block.first_line, block.last_line + 1))
    lines, _ = split_lines(text)
    assert all(owners[line.number] == 1 for line in lines if line.shape != "blank")
    assert all(count == 1 for count in owners.values())
    assert list(parsed.blocks) == sorted(parsed.blocks, key=lambda block: block.first_line)
    assert all(entry.title.strip(MARGIN) for entry in parsed.entries)
    assert all(0 <= d.line <= len(lines) and d.column >= 0 for d in parsed.diagnostics)


@given(text=TEXTS, name=st.sampled_from(NAMES))
def test_an_entrys_span_covers_its_blocks_and_no_other(text: str, name: str) -> None:
    parsed = read(text, name)
    for position, entry in enumerate(parsed.entries):
        own = [block for block in parsed.blocks if block.entry == position]
        if own:
            span = (entry.source.first_line, entry.source.last_line)
            assert span == (min(block.first_line for block in own), max(block.last_line for block in own))
    assert {block.entry for block in parsed.blocks} - {None} <= set(range(len(parsed.entries)))


@given(text=TEXTS, name=st.sampled_from(NAMES))
def test_line_feeds_and_carriage_returns_give_the_same(text: str, name: str) -> None:
    text = text.replace("\r", "")
    assert read(text.replace("\n", "\r\n"), name) == read(text, name)


@given(text=TEXTS, name=st.sampled_from(NAMES))
def test_titles_authors_and_tags_are_nfc_whatever_the_file_is(text: str, name: str) -> None:
    entries = read(unicodedata.normalize("NFD", text), name).entries
    for entry in entries:
        for part in (entry.title, *entry.authors, *(tag.label for tag in entry.tags)):
            assert unicodedata.is_normalized("NFC", part)


@given(text=TEXTS)
def test_what_is_read_survives_the_cache(text: str) -> None:
    entries = read(text.encode(errors="replace").decode()).entries
    assert msgspec.json.decode(msgspec.json.encode(entries), type=tuple[Entry, ...]) == entries


LATIN = ("Sparse", "Models", "of", "Attention", "for", "Routing", "in", "Vision", "2.0", "GPT-4")
HANGUL = ("모델", "실험", "결과", "학습", "데이터", "방법", "흥미로운")
PEOPLE = ("Ada Kim", "Ben Cho", "Cho Min", "Dan van der Lee", "01.AI: Eun Ji", "김성현", "Fay (Fi) Oh")
TITLES = st.one_of(
    st.lists(st.sampled_from(LATIN), min_size=1, max_size=6).map(lambda words: "On " + " ".join(words)),
    st.lists(st.sampled_from(HANGUL), min_size=1, max_size=4).map(" ".join),
)
ENGLISH = st.lists(st.sampled_from(LATIN), min_size=1, max_size=8).map(
    lambda words: "We study " + " ".join(words) + "."
)
KOREAN = st.lists(st.sampled_from(HANGUL + LATIN), min_size=1, max_size=8).map(
    lambda words: " ".join(words) + "입니다."
)
LABELS = st.sampled_from(("nmt", "대규모-모델", "vision_language", "C#", "c++", "3d", "a/b"))


@st.composite
def printable_entries(draw: st.DrawFn) -> list[Entry]:
    """Draw entries of one to three days, oldest first, with what a day file can say."""
    dates = sorted(draw(st.sets(st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)), min_size=1, max_size=3)))
    entries = []
    for date in dates:
        for _ in range(draw(st.integers(1, 3))):
            authors = draw(st.lists(st.sampled_from(PEOPLE), max_size=4, unique=True))
            abstract = draw(st.lists(ENGLISH, max_size=2)) if authors else []
            paragraphs = draw(st.lists(KOREAN, min_size=1, max_size=4))
            labels = draw(st.lists(LABELS, min_size=1, max_size=3, unique_by=tag_key))
            entries.append(
                Entry(
                    date=date,
                    title=draw(TITLES),
                    source=Span("", 0, 0),
                    authors=tuple(authors),
                    abstract="\n".join(abstract),
                    commentary=draw(st.sampled_from(("\n", "\n\n"))).join(paragraphs),
                    tags=tuple(Tag(tag_key(label), label) for label in labels),
                    link=draw(st.sampled_from((None, "https://example.org/post", "https://arxiv.org/abs/2101.00001"))),
                )
            )
    return entries


@given(entries=printable_entries(), newline=st.sampled_from(("\n", "\r\n")), form=st.sampled_from(("NFC", "NFD")))
def test_what_is_printed_is_parsed_again(entries: list[Entry], newline: str, form: str) -> None:
    text = unicodedata.normalize(form, print_day_file(entries)).replace("\n", newline)  # type: ignore[arg-type]
    again = parse(NoteFile("notes/days.txt", text, "")).entries

    def said(entry: Entry) -> tuple[object, ...]:
        commentary = unicodedata.normalize("NFC", entry.commentary)
        return entry.date, entry.title, entry.authors, entry.abstract, commentary, entry.tags, entry.link

    assert [said(entry) for entry in again] == [said(entry) for entry in entries]


ODD_WORDS = st.one_of(
    st.sampled_from(("#.NET", "#🚀", "#1", "#tag.", "#/추론", "#", "# nlp", "text", "[[#x]]", "· #cv", "| #cv", "@todo", "`#x`")),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Z")), min_size=1, max_size=12).filter(lambda word: not set(word) & set(",，、")),
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(word=ODD_WORDS, is_first=st.booleans())
@example(word="#2024", is_first=False)
@example(word="- ", is_first=True)
@example(word="태그: ", is_first=True)
def test_no_odd_word_on_a_tag_line_joins_two_entries_in_silence(word: str, is_first: bool) -> None:
    line = f"{word} #llm" if is_first else f"#llm {word}"
    parsed = read(f"2024-03-19\n첫 글\n본문입니다.\n{line}\n둘째 글\n본문입니다.\n#vision\n")
    assert len(parsed.entries) == 2 or any(d.line in (4, 5) for d in parsed.diagnostics)


@settings(deadline=None, max_examples=200)
@given(
    before=st.lists(st.sampled_from(PIECES), max_size=6),
    inside=st.lists(st.sampled_from(("비밀단어", " ", "\n", "#tag", "```", "## h", "2024-03-20")), max_size=6),
    after=st.lists(st.sampled_from(PIECES), max_size=6),
    marks=st.sampled_from((("%%", "%%"), ("<!--", "-->"), ("%%", ""), ("<!--", ""))),
    name=st.sampled_from(NAMES),
)
def test_no_word_of_a_comment_is_in_any_entry(
    before: list[str], inside: list[str], after: list[str], marks: tuple[str, str], name: str
) -> None:
    kept = [piece for piece in before if "`" not in piece and "~" not in piece]
    text = "\n".join([*kept, f"글 {marks[0]}비밀단어{''.join(inside)}{marks[1]} 끝", *after])
    assert "비밀단어" not in str(read(text, name).entries)


@settings(deadline=None)
@given(text=TEXTS, name=st.sampled_from(NAMES))
def test_what_a_comment_takes_away_is_accounted_for(text: str, name: str) -> None:
    text = text.replace("title", "%%").replace("item", "<!-- x").replace("quote", "-->")
    parsed = read(text, name)
    raws = text.replace("\r\n", "\n").split("\n")
    left = [list(raw) for raw in raws]
    for comment in parsed.comments:
        for number in range(comment.first_line, comment.last_line + 1):
            start = comment.first_column - 1 if number == comment.first_line else 0
            end = comment.last_column - 1 if number == comment.last_line else len(raws[number - 1])
            left[number - 1][start:end] = " " * (end - start)
    owned = {n for block in parsed.blocks for n in range(block.first_line, block.last_line + 1)}
    assert all(number in owned for number, line in enumerate(left, 1) if "".join(line).strip(MARGIN))
