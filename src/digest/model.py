"""The values that the stages pass to one another.

An entry takes four forms on its way from a note to a page:

- `Entry`: one parsed entry, as its author wrote it.
- `Card`: the small form of an entry, with everything that the archive and lists need. All cards fit in memory.
- `Body`: the large form of an entry, with its text rendered to HTML. Bodies are read one at a time.
- `Record`, in `archive.archive`: a card with its address.

Everything in this module is a frozen struct of plain values and tuples. The cache stores them as arrays, without field names.
`Span` keeps its names, since the site publishes it as JSON. The module imports nothing from the project, so every module may
import it.
"""

import datetime as dt
import re
import unicodedata
from functools import lru_cache
from math import inf
from typing import Literal

from msgspec import Struct

KINDS = ("paper", "model", "hardware", "note")
"""The built-in kinds of entries, in the order in which pages list them."""
FACT_KINDS = ("model", "hardware")
"""The kinds whose texts give figures, which are shown on an entry's page and compared in a table."""
LANGUAGE_TAG = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"
"""A language tag as BCP 47 writes the common ones: `ko`, `en-GB`, `zh-Hant`."""


class Span(Struct, frozen=True):
    """A range of lines in a note file. Both ends are 1-based and inclusive."""

    path: str
    first_line: int
    last_line: int


class NoteFile(Struct, frozen=True):
    """A decoded note file.

    `path` is relative to the project's folder, with `/` between its parts, exactly as on disk (it may be NFD). `text` is
    the file as on disk, without its byte order mark: the parser takes care of line endings and normalisation. `digest` is
    the hexadecimal BLAKE2b hash of the file's bytes. `committed` is the day of its first commit, if
    the settings ask git for dates.
    """

    path: str
    text: str
    digest: str
    committed: dt.date | None = None


class Tag(Struct, frozen=True, array_like=True):
    """A hashtag. `label` is the author's spelling, without `#`. Two tags with the same `key` are one tag."""

    key: str
    label: str


_JOINTS = re.compile(r"[\s_]+")


@lru_cache(maxsize=4096)
def tag_key(label: str) -> str:
    """Return a tag's identity. It ignores case and width, and `_`, `-` and spaces are the same (NFKC, case-folded)."""
    return unicodedata.normalize("NFKC", _JOINTS.sub("-", unicodedata.normalize("NFKC", label).casefold()))


class Work(Struct, frozen=True, array_like=True):
    """A further work in an entry about several works, with its own title, authors, abstract and link."""

    title: str
    authors: tuple[str, ...] = ()
    abstract: str = ""
    link: str | None = None


class Translation(Struct, frozen=True, array_like=True):
    """The commentary in another language. `lang` is a BCP 47 tag, `text` the Markdown as the author wrote it."""

    lang: str
    text: str


class PagePlace(Struct, frozen=True, array_like=True):
    """Where a page of the author's own lies, and which menu links to it.

    `path` is its site path and ends in `/`. `menu` is empty for a page that no menu links to. Links stand by `order`, then
    by `label`. The page of a folder `is_contents` if the pages in the folder show its list of links beside their text.
    """

    path: str
    menu: Literal["", "masthead", "footer"] = ""
    label: str = ""
    order: float = inf
    is_contents: bool = False


class Entry(Struct, frozen=True, array_like=True):
    """One parsed entry, as its author wrote it.

    `date` is None for a note without a date. `commentary`, `abstract` and the translations are the author's lines, joined
    by line feeds. Titles, authors and tags are NFC. `slug` is set in the front matter, or empty. `arxiv` holds ids without
    a version, in order of first mention. `wikilinks` are the targets of `[[…]]` as written, without a file extension.
    `aliases` are other names of the note and its old addresses, `excerpt` is its description, and `updated` is the date of
    its last change; all three come from the front matter. `page` is set for a page of the author's
    own, which is written like a note and in no list. `published` is the date of the work that the entry is about, as far as it
    is known (`2024`, `2024-03` or `2024-03-19`), `doi` the work's DOI, and `categories` are its arXiv categories, the primary
    one first.
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
    page: PagePlace | None = None
    published: str = ""
    doi: str = ""
    categories: tuple[str, ...] = ()


class Reference(Struct, frozen=True, array_like=True):
    """What a text refers to: a paper, a note, a file or an address of the site.

    `target` is an arXiv id without version; or a note as the author names it, by its title, its name or its path; or the
    path of a file, decoded. A `[[wikilink]]` has lost its `.md`, a Markdown link keeps it. An empty target is the note
    itself. An address is as the author wrote it: it begins with `/` or with the `base_url` of the settings. `part` is a
    heading in a note, `^` and the id of a block, or what follows `#` in the address of a file or a page.
    """

    kind: Literal["arxiv", "note", "file", "address"]
    target: str
    part: str = ""


class Finding(Struct, frozen=True, array_like=True):
    """A problem in a text: a code of `diagnostics.CODES`, the 0-based line of the text, a sentence, and how often it is met."""

    code: str
    line: int
    message: str
    count: int = 1


class Fact(Struct, frozen=True, array_like=True):
    """A figure that an entry states of a model or of hardware.

    `key` is one of `FACT_KEYS` in `archive.figures`, and `value` is written as pages show it. `place` is the id of the
    sentence in the commentary that states it, or empty if the title does.
    """

    key: str
    value: str
    place: str = ""


class Card(Struct, frozen=True, array_like=True):
    """The small form of an entry, without its text: all that the archive and lists need. All cards fit in memory.

    `date` is None for a note without a date. `title_html` is safe HTML. `opening` is plain text: the author's description
    or, without one, the first sentences of the commentary. `opening_html` is the same as safe HTML, with its formulas set and
    with typographic marks, or empty if it is no more than the escaped text. `references` are in the order of the text, `anchors` are the ids
    in the commentary that links can lead to, and `facts` are the figures found in it and in the title. `slug` is the preferred part of
    the address, from the front matter or the title; another entry may already have it. `digest` is a hash of the whole entry
    with its text: entries whose cards have the same digest look the same on every page. `sketch` holds marks of the link and
    the text, by which the entry is recognised elsewhere (see `addresses.sketch`). `published`, `doi` and `categories` are as in
    the entry. `words` are the words of the commentary, parted by spaces. `terms` are the words of the title and the text by
    which related entries are found (see `archive.terms`). `mentions` are the sentences of the commentary that mention the first
    of the references, in their order; one without a sentence is empty, and those after the last sentence are left out.
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
    facts: tuple[Fact, ...] = ()
    lang: str = "ko"
    slug: str = ""
    has_abstract: bool = False
    draft: bool = False
    aliases: tuple[str, ...] = ()
    updated: dt.date | None = None
    anchors: tuple[str, ...] = ()
    page: PagePlace | None = None
    sketch: str = ""
    published: str = ""
    doi: str = ""
    categories: tuple[str, ...] = ()
    words: int = 0
    terms: str = ""
    opening_html: str = ""
    mentions: tuple[str, ...] = ()


class Fragment(Struct, frozen=True, array_like=True):
    """A rendered text.

    `html` is safe HTML with references and ids not yet resolved. `plain` is the same text without markup, one line for each
    block. `references` are the references in the text, each once, in order of first mention. `lang` is its language.
    `anchors` are the ids of its headings and blocks, and `findings` the problems met while it was rendered.
    """

    html: str
    plain: str
    references: tuple[Reference, ...] = ()
    lang: str = ""
    anchors: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


class Body(Struct, frozen=True, array_like=True):
    """The large form of an entry: the entry with its text rendered. A body is read when a page needs it, and not kept.

    `works` holds a (title, abstract) pair for each further work of the entry.
    """

    entry: Entry
    commentary: Fragment
    abstract: Fragment | None = None
    translations: tuple[Fragment, ...] = ()
    works: tuple[tuple[Fragment, Fragment | None], ...] = ()
