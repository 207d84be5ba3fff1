r"""Works -> BibTeX, as BibTeX itself, biber and reference managers read it.

Text is UTF-8, and only the characters that TeX itself uses are escaped. Braces keep the capitals of titles that styles would
make small, and keep organisations whole. Preprints are `@misc` with `eprint`; pages and notes are biblatex's `@online`, which
BibTeX's own styles set like `@misc`.
"""

import re
from urllib.parse import quote

from .names import Authors, Name
from .plain import MATH
from .work import CitedWork

_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "$": r"\$",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
    }
)
_MAY_BE_SPECIAL = re.compile(r"[\\{}$&%#_^~<>|]")
_ESCAPED_CHAR = re.compile(r"\\([$*_`#\\])")
_TITLE_WORD = re.compile(rf"(?:{MATH.pattern}|\S)+")
_CAPITAL = "[A-ZÀ-ÖØ-ÞĆČĎĐĘĚĞİŁŃŇŐŒŘŚŞŠŤŮŰŹŻŽΑ-ΩА-Я]"
_KEPT_CAPITAL = re.compile(rf"(?<=\w){_CAPITAL}|\d\W*{_CAPITAL}|{_CAPITAL}\W*\d|(?<!\w)[B-HJ-Z](?!\w)")
"""Capitals that titles have in any style: `LLaVA`, `GPT-4`, `3D`, `U-Net`."""
_PLAIN_NAME = re.compile(r"[^\W_]+(?:-[^\W_]+)?, [^\W_]+(?:-[^\W_]+)?(?: [^\W_]+\.?)?")
"""A name as most are: `Kim, Ada B.`. Nothing in it needs a brace, so it is written without a closer look."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SAFE_IN_ADDRESSES = "!#$%&'()*+,-./:;=?@[]_~"
_SAFE_ADDRESS = re.compile(rf"[\w{re.escape(_SAFE_IN_ADDRESSES)}]*", re.ASCII)
_TYPES = {
    "article-journal": ("article", "journal"),
    "paper-conference": ("inproceedings", "booktitle"),
    "chapter": ("incollection", "booktitle"),
}
"""The entry types of works that appeared in something, and the field with its name, which these types require."""
_PAGES = ("webpage", "post-weblog")


def write_bibtex(work: CitedWork, key: str, other_keys: tuple[str, ...] = ()) -> str:
    """Return a work as a BibTeX entry that ends in a line feed. `other_keys` are keys that the work also has, for biber."""
    entry_type, container = _TYPES.get(work.type, ("online" if work.type in _PAGES else "misc", ""))
    if container and not work.container:
        entry_type, container = "misc", ""
    fields = [("title", _title(work.title)), ("author", _authors(work.authors))]
    if container:
        fields.append((container, escape_tex(work.container)))
    elif work.container:
        fields.append(("organization", _literal(work.container)))
    fields += [("series", escape_tex(work.series)), ("volume", escape_tex(work.volume))]
    fields += _date(work.published, as_one=entry_type == "online")
    if work.arxiv:
        primary = work.categories[0] if work.categories else ""
        fields += [("eprint", work.arxiv), ("archivePrefix", "arXiv"), ("primaryClass", primary)]
    fields += [("doi", _address(work.doi)), ("url", _address(work.link)), ("ids", ", ".join(other_keys))]
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}" for name, value in fields if value]
    return f"@{entry_type}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def escape_tex(text: str) -> str:
    """Escape the characters that mean something to TeX. The result has as many opening braces as closing ones."""
    return text.translate(_SPECIAL) if _MAY_BE_SPECIAL.search(text) else text


def _date(published: str, *, as_one: bool) -> list[tuple[str, str]]:
    if as_one:
        return [("date", published)]
    return [("year", published[:4]), ("month", _MONTHS[int(published[5:7]) - 1] if len(published) > 4 else "")]


def _title(title: str) -> str:
    """Return a title with math kept, text escaped, and braces around words whose capitals a style must not change."""
    words = _TITLE_WORD.findall(title) if "$" in title else title.split()
    capitals = [word for word in words[1:] if len(word) > 3 and word[0].isalpha()]
    # In `Learning to rank with Gaussian processes`, capitals begin names; in `Learning to Rank`, all words.
    in_sentence_case = 2 * sum(word[0].isupper() for word in capitals) < len(capitals)
    if not in_sentence_case and not _MAY_BE_SPECIAL.search(
        title
    ):  # most titles, and most of their words stay as they are
        return " ".join(word if word[1:].islower() else _title_word(word, is_name=False) for word in words)
    return " ".join(
        _title_word(word, is_name=in_sentence_case and place > 0 and word[0].isupper())
        for place, word in enumerate(words)
    )


def _title_word(word: str, *, is_name: bool) -> str:
    if word[1:].islower() and not is_name and not _MAY_BE_SPECIAL.search(word):
        return word
    if "$" in word and MATH.search(word):
        parts, end = [], 0
        for found in MATH.finditer(word):
            parts += [_text(word[end : found.start()]), _math(found[0])]
            end = found.end()
        return f"{{{''.join(parts)}{_text(word[end:])}}}"
    if is_name or _KEPT_CAPITAL.search(word):
        bare = word.rstrip(".,:;?!")
        return f"{{{_text(bare)}}}{_text(word[len(bare) :])}"
    return _text(word)


def _text(text: str) -> str:
    return escape_tex(_ESCAPED_CHAR.sub(r"\1", text) if "\\" in text else text)


def _math(source: str) -> str:
    """Return math as it is, unless a brace or a comment in it would break the entry."""
    return source if _is_balanced(source) and not re.search(r"(?<!\\)%", source) else escape_tex(source)


def _is_balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return not depth


def _authors(authors: Authors) -> str:
    names = [_name(name) for name in authors.names]
    return " and ".join([*names, "others"] if names and authors.others else names)


def _name(name: Name) -> str:
    if name.literal:
        return _literal(name.literal)
    if not name.particle and not name.suffix and _PLAIN_NAME.fullmatch(written := f"{name.family}, {name.given}"):
        return written
    family = _part(name.family)
    if any(word[0].islower() for word in name.family.split()[1:]):
        family = f"{{{family}}}"  # or `y` in `Ramón y Vidal` would be the end of a particle
    particle = f"{escape_tex(name.particle)} " if name.particle else ""
    return ", ".join(filter(None, (particle + family, _part(name.suffix), _part(name.given))))


def _part(text: str) -> str:
    escaped = escape_tex(text)
    return f"{{{escaped}}}" if "," in text or " and " in text else escaped


def _literal(text: str) -> str:
    return f"{{{escape_tex(text)}}}"


def _address(address: str) -> str:
    """Return an address without the characters that end a field or an address in TeX, percent-encoded."""
    return address if _SAFE_ADDRESS.fullmatch(address) else quote(address, safe=_SAFE_IN_ADDRESSES)
