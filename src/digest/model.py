"""The nouns: what the stages hand to one another.

Everything here is a frozen struct of plain values and tuples. What the cache holds is encoded without the names of its fields,
but for a span, which the site publishes as it is. Equality compares, and never merges; a tag's identity is its key. The module
imports nothing of the project, so every room may import it.
"""

import datetime as dt
import re
import unicodedata
from functools import lru_cache
from typing import Literal

from msgspec import Struct

KINDS = ("paper", "model", "hardware", "note")
"""The kinds an entry can have without configuration, in the order they are listed."""
LANGUAGE_TAG = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"
"""A language tag as BCP 47 writes the common ones: `ko`, `en-GB`, `zh-Hant`."""


class Span(Struct, frozen=True):
    """A run of lines in a note file; both ends are 1-based and inclusive."""

    path: str
    first_line: int
    last_line: int


class NoteFile(Struct, frozen=True):
    """A decoded note file.

    `path` is relative to the project's folder, with `/` between its parts, exactly as on disk (it may be NFD). `text`
    is the file without its byte order mark and otherwise as on disk: line ends and normalisation are the parser's
    business. `digest` is the hexadecimal BLAKE2b hash of the bytes.
    """

    path: str
    text: str
    digest: str


class Tag(Struct, frozen=True, array_like=True):
    """A hashtag: `key` is what makes two tags the same, `label` is how the author spelled it, without `#`."""

    key: str
    label: str


_JOINTS = re.compile(r"[\s_]+")


@lru_cache(maxsize=4096)
def tag_key(label: str) -> str:
    """Return a tag's identity: equal after NFKC, case folding and `_` or space -> `-` means the same tag."""
    return unicodedata.normalize("NFKC", _JOINTS.sub("-", unicodedata.normalize("NFKC", label).casefold()))


class Work(Struct, frozen=True, array_like=True):
    """A further work in a note about several: title, authors, abstract and link belong together."""

    title: str
    authors: tuple[str, ...] = ()
    abstract: str = ""
    link: str | None = None


class Translation(Struct, frozen=True, array_like=True):
    """The commentary in another language; `lang` is a BCP 47 tag, `text` is Markdown as the author wrote it."""

    lang: str
    text: str


class Entry(Struct, frozen=True, array_like=True):
    """One entry, as its author wrote it.

    `date` is None for a note without a date. `commentary`, `abstract` and translations are the author's lines, joined by
    a line feed; titles, authors and tags are NFC. `slug` is the one the front matter asks for, or empty. `arxiv` holds
    the ids in the order they are first mentioned, without version. `wikilinks` are the targets of `[[…]]` as written,
    without a file ending. `aliases` are other names of the note and its old addresses, `excerpt` is its description,
    `updated` the day of its last change; all three come from front matter.
    """

    date: dt.date | None
    title: str
    source: Span
    kind: str = "note"
    authors: tuple[str, ...] = ()
    abstract: str = ""
    commentary: str = ""
    translations: tuple[Translation, ...] = ()
    tags: tuple[Tag, ...] = ()
    link: str | None = None
    arxiv: tuple[str, ...] = ()
    wikilinks: tuple[str, ...] = ()
    works: tuple[Work, ...] = ()
    lang: str = "ko"
    slug: str = ""
    draft: bool = False
    aliases: tuple[str, ...] = ()
    excerpt: str = ""
    updated: dt.date | None = None


class Reference(Struct, frozen=True, array_like=True):
    """What a text refers to: a paper, a note or a file.

    `target` is an arXiv id without version; or a note as the author names it, by its title, its name or its path; or the
    path of a file, decoded. A `[[wikilink]]` has lost its `.md`, a Markdown link keeps it. An empty target is the note
    itself. `part` is a heading in a note, `^` and the id of a block, or what follows `#` in a file's address.
    """

    kind: Literal["arxiv", "note", "file"]
    target: str
    part: str = ""


class Finding(Struct, frozen=True, array_like=True):
    """A problem in a text: a code of `diagnostics.CODES`, the 0-based line of the text, a sentence, and how often it is met."""

    code: str
    line: int
    message: str
    count: int = 1


class Card(Struct, frozen=True, array_like=True):
    """What the archive and every list know of an entry; small, so that all cards fit in memory.

    `date` is None for a note without a date. `title_html` is safe HTML, `opening` the author's description, or else the
    commentary's first sentences as plain text. `references` are those of the text, in order, and `anchors` the ids that a
    link can lead to in the commentary. `facts` are (key, figure) pairs found in it. `slug` is the part of its address that the entry asks for,
    by its front matter or by its title; another entry may have it. `digest` is a hash of the whole entry, its text
    included: two cards with one digest look the same on every page.
    """

    date: dt.date | None
    title: str
    title_html: str
    title_lang: str
    kind: str
    opening: str
    opening_lang: str
    source: Span
    digest: bytes
    authors: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    link: str | None = None
    arxiv: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    lang: str = "ko"
    slug: str = ""
    has_abstract: bool = False
    draft: bool = False
    aliases: tuple[str, ...] = ()
    updated: dt.date | None = None
    anchors: tuple[str, ...] = ()


class Fragment(Struct, frozen=True, array_like=True):
    """A rendered text.

    `html` is safe HTML in which internal references and ids are still symbolic, `plain` the same words without markup, a
    line a block. `references` are the text's references, each once, in order of first mention. `lang` is its language.
    `anchors` are the ids of its headings and blocks, `findings` the problems met in rendering it.
    """

    html: str
    plain: str
    references: tuple[Reference, ...] = ()
    lang: str = ""
    anchors: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


class Body(Struct, frozen=True, array_like=True):
    """An entry with its text rendered; large, so bodies are read when a page wants them and let go.

    `works` are the abstracts of the entry's further works, with their titles as HTML.
    """

    entry: Entry
    commentary: Fragment
    abstract: Fragment | None = None
    translations: tuple[Fragment, ...] = ()
    works: tuple[tuple[Fragment, Fragment | None], ...] = ()
