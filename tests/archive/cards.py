"""Cards of invented entries, for tests of the archive."""

import datetime as dt
import hashlib

from hypothesis import strategies as st

from digest.archive.archive import Archive, build_archive
from digest.model import KINDS, Card, Fact, Reference, Span, Tag, tag_key

FIRST = dt.date(2024, 3, 19)


def make_card(
    title: str,
    *tags: str,
    date: dt.date | None = FIRST,
    path: str = "notes/a.txt",
    line: int = 1,
    kind: str = "note",
    slug: str = "",
    link: str | None = None,
    authors: tuple[str, ...] = (),
    arxiv: tuple[str, ...] = (),
    references: tuple[Reference, ...] = (),
    facts: tuple[tuple[str, str], ...] = (),
    words: int = 0,
    terms: str = "",
) -> Card:
    """Make a card whose text is its title."""
    return Card(
        date=date,
        title=title,
        title_html=title,
        title_lang="en",
        kind=kind,
        opening=title,
        opening_lang="en",
        source=Span(path, line, line + 1),
        digest=hashlib.blake2b(f"{date} {path} {line} {title} {tags}".encode(), digest_size=16).digest(),
        authors=authors,
        tags=tuple(Tag(tag_key(label), label) for label in tags),
        link=link,
        arxiv=arxiv,
        references=references,
        facts=tuple(Fact(*fact) for fact in facts),
        slug=slug,
        words=words,
        terms=terms,
    )


def make_archive(*cards: Card, aliases: dict[str, tuple[str, ...]] | None = None) -> Archive:
    """Build an archive in which nothing collides."""
    archive, diagnostics = build_archive(cards, aliases or {}, KINDS)
    assert diagnostics == ()
    return archive


_cards = st.builds(
    lambda title, tags, day, path, line: make_card(
        title, *tags, date=FIRST + dt.timedelta(days=day) if day else None, path=path, line=line
    ),
    st.sampled_from(["A", "a", "A!", "가", "가나", "C++", "C", "?"]),
    st.lists(
        st.sampled_from(["llm", "LLM", "a/b", "a/c", "a/page/1", "a.b", "a-b", "추론", "mt"]), max_size=3, unique=True
    ),
    st.integers(0, 4),
    st.sampled_from(["notes/a.txt", "notes/b.txt"]),
    st.integers(1, 40),
)
many_cards = st.lists(_cards, max_size=12, unique_by=lambda card: (card.date, card.source))
"""Lists of cards whose titles, tags and dates collide. Some have no date."""
