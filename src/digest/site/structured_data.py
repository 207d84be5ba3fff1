"""Pages -> JSON-LD in the vocabulary of schema.org: the note, the works that it is about, the path to a page, and lists."""

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup

from ..archive.archive import Record
from ..citations.names import Name, parse_authors
from ..citations.work import CitedWork, WorkType
from ..text.markup import script_json
from . import routes
from .views import Crumb, Site

Thing = dict[str, object]

HEADLINE_LENGTH = 110
"""Characters that search engines take of a headline."""

_TYPES: dict[WorkType, str] = {
    "article": "ScholarlyArticle",
    "article-journal": "ScholarlyArticle",
    "paper-conference": "ScholarlyArticle",
    "chapter": "Chapter",
    "software": "SoftwareApplication",
    "webpage": "WebPage",
}


def describe_entry(
    site: Site,
    record: Record,
    works: Iterable[CitedWork],
    *,
    headline: str,
    url: str,
    published: str,
    updated: str,
    crumbs: tuple[Crumb, ...],
) -> Markup:
    """Describe the page of an entry. `published` and `updated` are dates of the note with a time, or empty."""
    card = record.card
    about = [_work(work, is_hardware=card.kind == "hardware") for work in works]
    page = _known({"@type": "WebPage", "@id": url, "breadcrumb": _breadcrumb(site, crumbs)})
    return _script(
        {
            "@type": "BlogPosting",
            "headline": headline,
            "datePublished": published,
            "dateModified": updated,
            "inLanguage": card.lang,
            "isPartOf": {"@type": "Blog", "name": site.title, **({"@id": site.url} if site.url else {})},
            "author": _author_of_site(site),
            "url": url,
            "mainEntityOfPage": page if len(page) > 1 else None,
            "keywords": [tag.label for tag in record.tags],
            "about": about[0] if len(about) == 1 else about,
        }
    )


def describe_page(
    site: Site, name: str, url: str, crumbs: tuple[Crumb, ...], items: Iterable[str] | None = None
) -> Markup:
    """Describe any other page by its place in the site. `items` are the addresses of the entries that it lists."""
    listed = [
        {"@type": "ListItem", "position": position, "url": _absolute(site, item)}
        for position, item in enumerate(items or (), 1)
    ]
    breadcrumb = _breadcrumb(site, crumbs)
    if not (breadcrumb or listed):
        return Markup("")
    return _script(
        {
            "@type": "CollectionPage",
            "name": name,
            "url": url,
            "inLanguage": site.language,
            "breadcrumb": breadcrumb,
            "mainEntity": {"@type": "ItemList", "numberOfItems": len(listed), "itemListElement": listed}
            if listed
            else None,
        }
    )


# The entries of a day have one path, and an entry is in several lists.
@lru_cache(maxsize=1 << 10)
def _breadcrumb(site: Site, crumbs: tuple[Crumb, ...]) -> Thing | None:
    steps = [
        _known({"@type": "ListItem", "position": position, "name": crumb.label, "item": _absolute(site, crumb.url)})
        for position, crumb in enumerate(crumbs, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps} if steps else None


def _absolute(site: Site, address: str) -> str:
    """Return an address with the site's scheme and host, if they are known."""
    return _quoted(site.url, address.removeprefix(site.root)) if address and site.url else address


@lru_cache(maxsize=1 << 14)
def _quoted(base_url: str, path: str) -> str:
    return routes.absolute(base_url, path)


def _work(work: CitedWork, *, is_hardware: bool) -> Thing:
    if is_hardware and not work.is_scholarly:
        return _known({"@type": "Product", "name": work.title, "url": work.link})
    return _known(
        {
            "@type": _TYPES[work.type],
            "name": work.title,
            "author": [_agent(name) for name in work.authors.names],
            "abstract": work.abstract,
            "datePublished": work.published,
            "inLanguage": work.lang,
            "isPartOf": _container(work),
            "identifier": [f"arXiv:{work.arxiv}"] * bool(work.arxiv) + [f"doi:{work.doi}"] * bool(work.doi),
            "url": work.link,
            "sameAs": f"https://doi.org/{work.doi}" if work.doi and not work.link.endswith(work.doi) else "",
            "encoding": {"@type": "MediaObject", "contentUrl": work.pdf, "encodingFormat": "application/pdf"}
            if work.pdf
            else None,
        }
    )


def _container(work: CitedWork) -> Thing | None:
    if not work.container:
        return None
    if work.type == "article-journal":
        journal: Thing = {"@type": "Periodical", "name": work.container}
        volume: Thing = {"@type": "PublicationVolume", "volumeNumber": work.volume, "isPartOf": journal}
        return volume if work.volume else journal
    return _known({"@type": "PublicationVolume", "name": work.container, "volumeNumber": work.volume})


def _agent(name: Name) -> Thing:
    return {"@type": "Organization" if name.literal else "Person", "name": name.full}


def _author_of_site(site: Site) -> Thing | None:
    if not site.author:
        return None
    name = parse_authors((site.author,)).names
    # A single word may be anyone's name, and the author of a site is more often a person.
    is_organization = bool(name) and " " in name[0].literal
    return {"@type": "Organization" if is_organization else "Person", "name": site.author}


def _known(thing: Thing) -> Thing:
    """Leave out what is empty."""
    return {key: value for key, value in thing.items() if value}


def _script(thing: Thing) -> Markup:
    return script_json({"@context": "https://schema.org", **_known(thing)})
