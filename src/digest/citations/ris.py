"""Works -> RIS, as EndNote, Mendeley and Zotero read it."""

from collections.abc import Iterator

from .names import Name
from .plain import date_parts, plain_title
from .work import CitedWork

_TYPES = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "paper-conference": "CPAPER",
    "chapter": "CHAP",
    "software": "COMP",
    "webpage": "ELEC",
    "post-weblog": "BLOG",
}


def write_ris(work: CitedWork, key: str) -> str:
    """Return a work as a RIS record that ends in a line feed."""
    lines = [f"{tag}  - {text}".replace("\n", " ") for tag, text in _fields(work, key) if text]
    return "\n".join([*lines, "ER  - \n"])


def _fields(work: CitedWork, key: str) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES[work.type]
    yield "ID", key
    yield "TI", plain_title(work)
    for name in work.authors.names:
        yield "AU", _name(name)
    if work.authors.others:
        yield "AU", "others"
    if parts := date_parts(work):
        yield "PY", f"{parts[0]:04d}"
        yield "DA", "/".join(f"{part:02d}" for part in parts) + "/" * (3 - len(parts))
    yield "T2", work.container
    yield "T3", work.series
    yield "VL", work.volume
    if work.arxiv:
        yield "PB", "" if work.container else "arXiv"
        yield "M1", f"arXiv:{work.arxiv}"
    yield "DO", work.doi
    yield "UR", work.link
    yield "L1", work.pdf
    yield "AB", work.abstract
    yield "LA", work.lang


def _name(name: Name) -> str:
    if name.literal:
        return name.literal
    family = f"{name.particle} {name.family}" if name.particle else name.family
    return ", ".join(filter(None, (family, name.given, name.suffix)))
