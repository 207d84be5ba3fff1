"""The parts of an entry -> an `Entry`: the lines and the conclusions that both layouts share.

Nothing here looks at neighbouring lines: `boundaries.py`, `day.py` and `single.py` do.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct, structs

from ..diagnostics import Diagnostic
from ..model import Entry, Span, Tag, Translation, Work
from ..scripts import has_hangul, language_of
from ..urls import arxiv_id, find_arxiv_ids
from .front_matter import FrontMatter
from .kinds import Evidence, decide_kind
from .lines import MARGIN, Line, strip_heading
from .names import may_be_names, parenthesised, reads_as_names, split_names, split_trailing
from .rules import NoteRules
from .tag_lines import unique_tags
from .titles import LIST_MARK, LONGEST_READ, clean_title, close_bidi, is_block, link_of_title

_WIKILINK = re.compile(r"\[\[([^\[\]|#\n]+)[^\[\]\n]*\]\]")
_WIKILINK_LINE = re.compile(r"(?:[-*+]\s+)?(?:\[\[[^\[\]\n]+\]\][\s,]*)+")
_NOTE_ENDING = re.compile(r"\.(?:md|markdown|txt)$", re.IGNORECASE)
_LINKED_TITLE = re.compile(r"\[\s*(?P<label>[^\[\]\s][^\[\]]*)\]\((?P<url>https?://(?:[^\s()]|\([^\s()]*\))+)\)")
_EMPHASIS = re.compile(r"(?P<mark>\*{1,3}|_{1,3})(?=[^\s*_])(?P<inside>.+?)(?<=[^\s*_])(?P=mark)")
# How sentences and announcements end, with or without closing marks behind, and how only without.
_ENDS = frozenset(".!?…다요죠네까군음함임됨봄듯")
_BARE_ENDS = frozenset("。:;,~")
_CLOSING_MARKS = ")]\"'”’"
_LONGEST_TITLE = 250
_ENGLISH_PROSE = re.compile(r"(?<![A-Za-z])[A-Za-z]{2,},? [A-Za-z]{2,}")
_QUOTE_MARK = re.compile(r"\s*>[ \t]?")


class Headline(Struct, frozen=True):
    """A title line: the title as written, and the authors and the address if the line has them."""

    title: str
    authors: tuple[str, ...] = ()
    link: str | None = None
    emphasised: bool = False


class Content(Struct, frozen=True):
    """The parts of an entry as its lines give them, before front matter is laid over them.

    `references` is text that links to other entries and is no part of the commentary.
    """

    title: str
    authors: tuple[str, ...] = ()
    abstract: str = ""
    commentary: str = ""
    translations: tuple[Translation, ...] = ()
    tags: tuple[Tag, ...] = ()
    link: str | None = None
    works: tuple[Work, ...] = ()
    references: str = ""


def read_headline(text: str) -> Headline:
    """Read a title line: `title`, `## title`, `*title*` or `[title](address)`, each with or without `(authors)`."""
    title, authors = strip_heading(text), tuple[str, ...]()
    parts = split_trailing(title)
    if parts and _is_title_with_authors(*parts):
        title, authors = parts[0], split_names(parts[1])
    if len(title) > LONGEST_READ:
        return Headline(title, authors)
    linked = _LINKED_TITLE.fullmatch(title)
    if linked:
        title = linked["label"].strip(MARGIN) or title
    emphasis = _match_emphasis(title)
    plain = emphasis["inside"] if emphasis else title
    link = linked["url"] if linked else link_of_title(title) if "](" in title else None
    return Headline(plain, authors, link, emphasis is not None)


def _is_title_with_authors(title: str, inside: str) -> bool:
    if _match_emphasis(title):
        return may_be_names(inside)
    # A Korean sentence may well end in an aside of two nouns.
    return reads_as_names(inside) and (not has_hangul(title) or may_be_title(title))


def _match_emphasis(title: str) -> re.Match[str] | None:
    return _EMPHASIS.fullmatch(title) if title.startswith(("*", "_")) else None


def may_be_title(text: str) -> bool:
    """Return True for a line that is no block, not in parentheses, and doesn't end as sentences and announcements do."""
    if len(text) > _LONGEST_TITLE or LIST_MARK.match(text) or is_block(text) or parenthesised(text) is not None:
        return False
    ends_otherwise = text.rstrip(_CLOSING_MARKS)[-1:] in _ENDS or text[-1:] in _BARE_ENDS
    return not ends_otherwise or (text[-1] in "?!" and not has_hangul(text))


def read_authors(text: str) -> tuple[str, ...]:
    """Return the authors of a line in parentheses that stands right after a title."""
    inside = parenthesised(text)
    return split_names(inside) if inside is not None and may_be_names(inside) else ()


def quote_end(lines: Sequence[Line], start: int) -> int:
    """Return the end of the block quote that begins at a position; it may hold blank lines."""
    end = index = start
    while index < len(lines) and lines[index].shape in ("quote", "blank"):
        index += 1
        if lines[index - 1].shape == "quote":
            end = index
    return end


def read_quote(lines: Sequence[Line]) -> str:
    """Return a block quote's text without its marks."""
    return "\n".join([_QUOTE_MARK.sub("", line.raw, count=1) for line in lines])


def is_wikilink_line(text: str) -> bool:
    """Return True if a line holds nothing but `[[links]]` to other notes."""
    return "[[" in text and _WIKILINK_LINE.fullmatch(text) is not None


def make_entry(content: Content, date: dt.date | None, span: Span, front: FrontMatter, rules: NoteRules) -> Entry:
    """Lay front matter over the parts that were read, and conclude the language, the references and the kind."""
    title = close_bidi(clean_title(front.title or content.title))
    authors = tuple(map(close_bidi, front.authors or content.authors))
    link = front.link or content.link
    tags = unique_tags([tag.label for tag in (*front.tags, *content.tags)]) if front.tags else content.tags
    evidence = Evidence(title, authors, content.abstract, content.commentary, link, tuple(tag.key for tag in tags))
    return Entry(
        date=date,
        title=title,
        source=span,
        kind=front.kind or decide_kind(evidence, rules),
        authors=authors,
        abstract=content.abstract,
        commentary=content.commentary,
        translations=content.translations,
        tags=tags,
        link=link,
        arxiv=_find_arxiv(link, content),
        wikilinks=_find_wikilinks(content),
        works=tuple(structs.replace(work, title=close_bidi(clean_title(work.title))) for work in content.works),
        lang=front.lang or _language(content, rules.language),
        slug=front.slug,
        draft=front.draft,
        aliases=front.aliases,
        excerpt=front.excerpt,
        updated=front.updated,
        published=front.issued,
        doi=front.doi,
        categories=front.arxiv_categories,
    )


def _find_arxiv(link: str | None, content: Content) -> tuple[str, ...]:
    own = [arxiv_id(address) for address in (link, *(work.link for work in content.works)) if address]
    # Most texts name no paper, and need no closer look.
    texts = [text for text in (content.abstract, content.commentary) if "arxiv" in text.lower()]
    mentioned = find_arxiv_ids("\n".join(texts)) if texts else ()
    return tuple(dict.fromkeys(identifier for identifier in (*own, *mentioned) if identifier))


def _find_wikilinks(content: Content) -> tuple[str, ...]:
    text = f"{content.title}\n{content.commentary}\n{content.references}"
    if "[[" not in text:
        return ()
    targets = [_NOTE_ENDING.sub("", target.strip()) for target in _WIKILINK.findall(text)]
    return tuple(dict.fromkeys(unicodedata.normalize("NFC", target) for target in targets if target))


def _language(content: Content, default: str) -> str:
    """Return the language of an entry: by its scripts, but English only if there is English prose and not just names."""
    found = language_of(f"{content.title}\n{content.commentary}", default)
    if found == "en" and found != default and not _ENGLISH_PROSE.search(content.commentary):
        return default
    return found


def check_entry(entry: Entry, last_line: int, *, wants_tags: bool) -> list[Diagnostic]:
    """Report an entry that is nothing but a title and, with `wants_tags`, one without tags at its last line of text."""
    found = []
    path = entry.source.path
    if wants_tags and not entry.tags:
        message = f'entry "{entry.title}" has no tag line'
        hint = "end the entry with a line such as `#pretraining`"
        found.append(Diagnostic(path, last_line, 1, "missing-tags", message, hint))
    if not (entry.commentary or entry.abstract or entry.authors or entry.link or entry.works):
        message = f'entry "{entry.title}" has a title and nothing else'
        found.append(Diagnostic(path, entry.source.first_line, 1, "empty-entry", message))
    return found
