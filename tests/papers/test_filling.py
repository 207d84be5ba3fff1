"""A record fills what its author left open, and nothing else."""

from msgspec import structs

from digest.model import Entry, NoteFile, Span, Work
from digest.notes import NoteRules, parse
from digest.papers.filling import changed_keys, fill, id_in_title, keys_of
from digest.papers.record import NO_PAPERS, Paper, Papers

KESTRELS = Paper(
    "2401.00001",
    "Kestrels of Old Towns",
    published="2024-01-02",
    categories=("cs.CL", "cs.AI"),
    authors=("Ada Kim", "Ben Cho"),
    doi="10.1000/birds",
    abstract="They nest.",
    version=2,
)
PAPERS = Papers([KESTRELS])
HERE = Span("notes/2024-03-19.txt", 2, 5)


def read(text: str, name: str = "2024-03-19.txt", rules: NoteRules = NoteRules()) -> Entry:  # noqa: B008 - frozen
    return parse(NoteFile(f"notes/{name}", text, ""), rules).entries[0]


def test_a_paper_without_a_link_is_found_by_title_and_author() -> None:
    entry = read("2024-03-19\nKestrels of old towns\n(Ada Kim, Benjamin Cho)\n새집 이야기.\n#birds\n")
    assert fill(entry, PAPERS) == structs.replace(
        entry,
        link="https://arxiv.org/abs/2401.00001",
        arxiv=("2401.00001",),
        abstract="They nest.",
        published="2024-01-02",
        doi="10.1000/birds",
        categories=("cs.CL", "cs.AI"),
    )


def test_a_paper_of_the_title_by_others_fills_nothing() -> None:
    entry = read("2024-03-19\nKestrels of old towns\n(Dan Oh, Eva Park)\n새집 이야기.\n#birds\n")
    assert fill(entry, PAPERS) == entry


def test_a_note_with_the_title_of_a_paper_is_not_taken_for_it() -> None:
    entry = read("2024-03-19\nKestrels of old towns\n새집을 보러 다녀왔다.\n#birds\n")
    assert (entry.kind, fill(entry, PAPERS)) == ("note", entry)


def test_the_words_of_the_author_win_over_every_field() -> None:
    entry = Entry(
        date=None,
        title="My kestrels",
        source=HERE,
        kind="note",
        authors=("A. Kim",),
        abstract="Mine.",
        link="https://arxiv.org/pdf/2401.00001v1",
        arxiv=("2401.00001",),
        published="2023",
        doi="10.1000/mine",
        categories=("q-bio",),
    )
    assert fill(entry, PAPERS) == entry


def test_a_bare_link_becomes_a_paper_with_its_title_and_keeps_its_names() -> None:
    entry = read("2024-03-19\nhttps://arxiv.org/abs/2401.00001\n#birds\n")
    filled = fill(entry, PAPERS)
    assert (filled.title, filled.authors, filled.abstract) == (KESTRELS.title, KESTRELS.authors, "They nest.")
    assert (filled.slug, filled.aliases) == (entry.title, (entry.title,))
    assert filled.link == entry.link


def test_an_id_alone_as_title_gives_the_link_and_the_kind() -> None:
    filled = fill(read("2024-03-19\narXiv:2401.00001v1\n#birds\n"), PAPERS)
    assert (filled.kind, filled.link, filled.title) == (
        "paper",
        "https://arxiv.org/abs/2401.00001",
        KESTRELS.title,
    )


def test_a_title_of_ones_own_stays_over_a_link() -> None:
    filled = fill(read("https://arxiv.org/abs/2401.00001\n\n#birds\n", "240319 새집.md"), PAPERS)
    assert (filled.title, filled.slug, filled.aliases) == ("새집", "", ())
    assert filled.authors == KESTRELS.authors


def test_the_id_in_a_file_name_is_no_title_of_ones_own() -> None:
    entry = read("https://arxiv.org/abs/2401.00001\n\n#birds\n", "240319 2401.00001.md")
    assert fill(entry, PAPERS).title == KESTRELS.title
    other = read("https://arxiv.org/abs/2401.00001\n\n#birds\n", "240319 2401.00002.md")
    assert fill(other, PAPERS).title == "2401.00002"


def test_further_works_get_their_links() -> None:
    works = (Work(KESTRELS.title, ("Ben Cho",)), Work("Owls", ("Cara Lee",)), Work("Kites", link="https://a.example/"))
    entry = Entry(date=None, title="Birds", source=HERE, arxiv=("2301.00001",), works=works)
    filled = fill(entry, PAPERS)
    assert [work.link for work in filled.works] == ["https://arxiv.org/abs/2401.00001", None, "https://a.example/"]
    assert filled.arxiv == ("2301.00001", "2401.00001")


def test_without_records_an_entry_is_the_same_object() -> None:
    entry = read("2024-03-19\nKestrels of old towns\n(Ada Kim)\n새집.\n#birds\n")
    assert fill(entry, NO_PAPERS) is entry


def test_two_records_that_fit_fill_nothing() -> None:
    entry = read("2024-03-19\nKestrels of old towns\n(Ada Kim, Ben Cho)\n새집 이야기.\n#birds\n")
    again = structs.replace(KESTRELS, id="2402.00001")
    assert fill(entry, Papers([KESTRELS, again])) == entry


def test_only_an_address_or_an_id_is_a_title_that_says_nothing() -> None:
    titles = ("https://arxiv.org/abs/2401.00001", "arXiv:2401.00001v2", "arXiv:2401.00001 again", "2401.00001", "Owls")
    assert [id_in_title(title) for title in titles] == ["2401.00001", "2401.00001", "", "", ""]


def test_every_entry_that_a_changed_record_fills_has_one_of_the_changed_keys() -> None:
    entries = [
        read("2024-03-19\nKestrels of old towns\n(Ada Kim, Ben Cho)\n새집.\n#birds\n"),
        read("2024-03-19\nhttps://arxiv.org/abs/2401.00001\n#birds\n"),
        Entry(date=None, title="Birds", source=HERE, works=(Work(KESTRELS.title, ("Ben Cho",)),)),
    ]
    renamed = Papers([structs.replace(KESTRELS, title="Falcons")])
    for former, papers in ((NO_PAPERS, PAPERS), (PAPERS, NO_PAPERS), (PAPERS, renamed), (renamed, PAPERS)):
        changed = changed_keys(former, papers)
        assert all(not changed.isdisjoint(keys_of(entry)) for entry in entries)
    assert changed_keys(PAPERS, Papers([KESTRELS])) == frozenset()
