"""What is beyond a limit is reported at its line, nothing is lost without a word, and everything else is built."""

import tracemalloc
from pathlib import Path

import pytest

from digest.diagnostics import Diagnostic
from digest.limits import (
    AUTHORS,
    FEED_TEXT,
    LINK_LENGTH,
    LIST_LENGTH,
    PAGE_PATH_BYTES,
    ROW_TAGS,
    SAME_WORK,
    TAG_DEPTH,
    TAG_LENGTH,
    TAGS,
    TEXT_LENGTH,
    TITLE_LENGTH,
)
from digest.model import Entry, NoteFile
from digest.notes import parse

from ..project import build_project, read_tree, run, write_project


def read(text: str, path: str = "notes/2024-03-19.txt") -> tuple[Entry, list[Diagnostic]]:
    """Return the only entry of a note, and the problems that are about limits."""
    parsed = parse(NoteFile(path, text, ""))
    (entry,) = parsed.entries
    return entry, [problem for problem in parsed.diagnostics if problem.code == "limit"]


@pytest.mark.parametrize("tag", ["a/" * 2_100 + "a", "/".join(["b" * 110] * 40), "가" * (TAG_LENGTH.most + 1)])
def test_a_tag_that_is_too_deep_or_too_long_is_left_out_with_a_warning_at_its_place(tag: str) -> None:
    entry, (problem,) = read(f"제목\n글.\n#c #{tag} #d\n")
    assert [tag.label for tag in entry.tags] == ["c", "d"]
    assert (problem.line, problem.column) == (3, 5)
    assert f"at most {TAG_LENGTH.most} characters and {TAG_DEPTH.most} levels" in problem.message
    assert problem.hint == "shorten it"


def test_a_tag_at_the_limits_counts() -> None:
    label = "/".join(["a"] * TAG_DEPTH.most)
    entry, problems = read(f"제목\n글.\n#{label} #{'b' * TAG_LENGTH.most}\n")
    assert [tag.label for tag in entry.tags] == [label, "b" * TAG_LENGTH.most]
    assert problems == []


def test_a_label_that_grows_when_it_is_normalised_is_measured_by_what_it_becomes() -> None:
    entry, (problem,) = read(f"제목\n글.\n#{'ﷺ' * 20} #b\n")  # each is 18 characters in NFKC
    assert [tag.label for tag in entry.tags] == ["b"]
    assert problem.line == 3


def test_further_tags_than_the_limit_do_not_count() -> None:
    entry, (problem,) = read("제목\n글.\n" + " ".join(f"#t{n}" for n in range(TAGS.most + 3)) + "\n")
    assert [tag.label for tag in entry.tags] == [f"t{n}" for n in range(TAGS.most)]
    assert problem.line == 3
    assert problem.message == f"the entry has {TAGS.most + 3} tags, and only the first {TAGS.most} count"


def test_further_tags_in_front_matter_do_not_count() -> None:
    tags = ", ".join(f"t{n}" for n in range(TAGS.most + 1))
    entry, (problem,) = read(f"---\ntitle: A\ntags: [{tags}]\n---\n글.\n", "notes/a.md")
    assert len(entry.tags) == TAGS.most
    assert (problem.line, problem.column) == (3, 1)


def test_a_list_in_front_matter_has_a_limit() -> None:
    names = ",".join("a" for _ in range(LIST_LENGTH.most + 1))
    entry, (problem,) = read(f"---\ntitle: A\nauthors: [{names}]\n---\n글.\n", "notes/a.md")
    assert entry.authors == ("a",)
    assert problem.line == 3
    assert "6,001 items" in problem.message


def test_a_long_text_in_front_matter_is_left_out_with_a_warning() -> None:
    text = f"---\ntitle: A\ndescription: {'a' * (TEXT_LENGTH.most + 1)}\n---\n글.\n"
    parsed = parse(NoteFile("notes/a.md", text, ""))
    assert parsed.entries[0].excerpt == ""
    (problem,) = parsed.diagnostics
    assert (problem.line, problem.code) == (3, "limit")
    assert problem.message == "`description` wants a text of at most 2,000 characters"


def test_a_long_title_is_cut_and_stands_whole_in_the_text() -> None:
    title = "긴 제목 " * TITLE_LENGTH.most
    entry, (problem,) = read(f"{title}\n글.\n#a\n")
    assert len(entry.title) <= TITLE_LENGTH.most
    assert entry.title.endswith("…")
    assert title.strip() in entry.commentary
    assert entry.commentary.endswith("\n\n글.")
    assert (problem.line, problem.column) == (1, 1)


def test_a_long_address_stays_in_the_text() -> None:
    link = f"https://example.org/{'a' * LINK_LENGTH.most}"
    entry, (problem,) = read(f"제목\n{link}\n글.\n#a\n")
    assert entry.link is None
    assert entry.commentary == f"{link}\n\n글."
    assert problem.line == 2


def test_authors_have_a_limit() -> None:
    names = ", ".join(f"Ada K{'abcdefghij'[n % 10]}{'aeiou'[n % 5]} {n}" for n in range(3))
    assert read(f"Title Here\n({names})\n글.\n#a\n")[1] == []
    many = ", ".join(f"Ada Kim{'x' * (n % 7)}" for n in range(AUTHORS.most + 2))
    entry, problems = read(f"Title Here\n({many})\n글.\n#a\n")
    assert len(entry.authors) == AUTHORS.most
    assert [problem.line for problem in problems] == [2]


def test_a_page_whose_address_is_too_long_is_left_out_and_named(tmp_path: Path) -> None:
    folder = "/".join(["c++" * 20] * 9)
    write_project(tmp_path, {"notes/2024-03-19.txt": "2024-03-19\nA\nb\n#a\n", f"pages/{folder}/x.md": "# X\n"})
    result = run(tmp_path, "build")
    assert f"pages/{folder}/x.md: error[page-address] its address has" in result.stdout
    assert f"{PAGE_PATH_BYTES.most} is the most" in result.stdout
    assert (tmp_path / "site/2024/03/19/a/index.html").exists()


def test_hostile_tags_leave_the_site_to_be_built_again(tmp_path: Path) -> None:
    deep, long = "a/" * 6_000 + "a", "/".join(["b" * 110] * 40)
    write_project(tmp_path, {"notes/2024-03-19.txt": f"2024-03-19\nA\nb\n#{deep} #ok\nB\nc\n#{long}\n"})
    tracemalloc.start()
    result = run(tmp_path, "build")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert result.exit_code == 0
    assert peak < 100_000_000
    assert "notes/2024-03-19.txt:4:2: warning[limit] the tag `a/a/a" in result.stdout
    assert "notes/2024-03-19.txt:7:2: warning[limit] the tag `bbbbb" in result.stdout
    assert sorted(path.name for path in (tmp_path / "site/tags").iterdir() if path.is_dir()) == ["ok"]
    assert run(tmp_path, "build").exit_code == 0


def test_a_list_shows_a_few_of_many_tags_and_links_to_the_rest(tmp_path: Path) -> None:
    tags = " ".join(f"#t{n:03}" for n in range(TAGS.most))
    write_project(tmp_path, {"notes/2024-03-19.txt": f"2024-03-19\nA\nb\n{tags}\n"})
    build_project(tmp_path)
    site = read_tree(tmp_path / "site")
    assert site["2024/03/19/a/index.html"].count(b'<a class="tag"') == TAGS.most
    assert site["tags/t007/index.html"].count(b'href="/tags/t') < 2 * ROW_TAGS.most
    assert b'<a href="/2024/03/19/a/">\xe2\x80\xa6</a>' in site["tags/t007/index.html"]
    assert site["tags/t007/feed.xml"].count(b"<category ") == ROW_TAGS.most
    assert sum(map(len, site.values())) < 4_000_000


def test_a_page_lists_the_nearest_entries_of_a_work_and_links_to_the_search_for_all(tmp_path: Path) -> None:
    entries = "".join(f"Lantern\n(Mina Park, Tom Alder)\n{n}번째로 읽었습니다.\n#a\n" for n in range(60))
    write_project(tmp_path, {"notes/2024-03-19.txt": f"2024-03-19\n{entries}"})
    build_project(tmp_path)
    page = (tmp_path / "site/2024/03/19/lantern-30/index.html").read_text("utf-8")
    beside = page.partition("<h2>같은 자료를 다룬 글</h2>")[2].partition("</div>")[0]
    assert beside.count("<li ") == SAME_WORK.most
    assert 'href="/2024/03/19/lantern-29/"' in beside
    assert 'href="/2024/03/19/lantern-30/"' not in beside
    assert '<a href="/search/?q=Lantern">60편</a>' in beside


def test_a_feed_gives_the_first_sentences_of_a_text_beyond_the_limit(tmp_path: Path) -> None:
    text = "첫 문장입니다. " + "단어 " * FEED_TEXT.most
    write_project(tmp_path, {"notes/2024-03-19.txt": f"2024-03-19\nA\n{text}\n#a #b #c\nB\n짧은 글.\n#a\n"})
    build_project(tmp_path)
    site = read_tree(tmp_path / "site")
    assert all(len(site[name]) < 10_000 for name in ("feed.xml", "feed.json", "tags/b/feed.xml"))
    assert "첫 문장입니다.".encode() in site["tags/b/feed.xml"]
    assert "짧은 글.".encode() in site["feed.xml"]
    assert len(site["2024/03/19/a/index.html"]) > FEED_TEXT.most
