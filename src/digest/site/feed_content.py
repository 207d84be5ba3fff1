"""An entry -> its content in a feed: HTML that still says everything after a feed reader has cleaned it.

Feed readers keep links, images, tables, lists and code. Nearly all remove MathML and form controls; of a formula, they would show
loose letters. So a formula is its TeX, and the box of a task is a sign.
"""

from collections.abc import Iterator, Mapping

from markupsafe import Markup, escape

from ..archive.archive import Record
from ..iri import ascii_address
from ..limits import FEED_TEXT
from ..model import Body, Fragment
from ..text.fragment import Resolver, resolve_references
from ..text.markup import block_quote, heading, link, paragraph, trusted
from ..text.math import math_as_tex
from .parts import Parts
from .recipes import Targets
from .sources import link_label

_BOXES = (
    ('<input type="checkbox" disabled checked>', "☑"),
    ('<input type="checkbox" disabled>', "☐"),
)


def find_works(body: Body) -> Mapping[str, str]:
    """Return the addresses of the works that an entry is about, in ASCII, and a short name of each. Its own is the first."""
    entry = body.entry
    own = entry.link or (f"https://doi.org/{entry.doi}" if entry.doi else None)
    links = (own, *(work.link for work in entry.works))
    return {ascii_address(link): link_label(link) for link in links if link}


def write_content(
    parts: Parts, record: Record, body: Body, works: Mapping[str, str], targets: Targets, page: str
) -> Markup:
    """Return the content of the entry at `page`: links to its `works`, and then its whole text, the author's words first.

    All addresses are absolute, and no element has an id. Of a text beyond the limit, return the first sentences: the feed of each
    of its tags would hold it again. The content is never empty: if there is nothing else, it is the title.
    """
    card = record.card
    if sum(len(fragment.html) for fragment in _fragments(body)) > FEED_TEXT.most:
        texts = [paragraph(card.opening)] if card.opening else []
    else:
        texts = list(_texts(body, parts.resolver(targets, parts.site.url or parts.site.root), page))
    blocks = [_link_works(works, parts, card.lang), *texts]
    html = "\n".join([block for block in blocks if block])
    return trusted(_simplify(html)) if html else paragraph(card.title)


def _link_works(works: Mapping[str, str], parts: Parts, lang: str) -> Markup:
    if not works:
        return Markup()
    links = ", ".join([link(label, url) for url, label in works.items()])
    language = parts.ui.lang if parts.ui.lang != lang else ""
    return paragraph(trusted(f"{escape(parts.ui.source)}: {links}"), language)


def _fragments(body: Body) -> Iterator[Fragment]:
    yield from (body.commentary, *([body.abstract] if body.abstract else ()), *body.translations)
    yield from (abstract for _, abstract in body.works if abstract)


def _texts(body: Body, resolve: Resolver, page: str) -> Iterator[Markup]:
    entry = body.entry
    yield resolve_references(body.commentary, resolve, page=page, ids=False)
    yield from _work_texts(entry.authors, body.abstract, resolve)
    for text in body.translations:
        yield resolve_references(text, resolve, prefix=f"{text.lang}:", page=page, ids=False)
    for work, (title, abstract) in zip(entry.works, body.works, strict=True):
        name = trusted(title.html)
        yield heading(link(name, ascii_address(work.link)) if work.link else name, title.lang)
        yield from _work_texts(work.authors, abstract, resolve)


def _work_texts(authors: tuple[str, ...], abstract: Fragment | None, resolve: Resolver) -> Iterator[Markup]:
    if authors:
        yield paragraph(", ".join(authors))
    if abstract:
        yield block_quote(resolve_references(abstract, resolve), abstract.lang)


def _simplify(html: str) -> str:
    """Replace what feed readers remove by what they keep."""
    for box, sign in _BOXES:
        html = html.replace(box, sign)
    return math_as_tex(html)
