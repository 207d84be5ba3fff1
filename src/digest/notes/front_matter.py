"""Front matter -> the metadata of a note, each mistake at its line and column.

Keys count in any case of letters, in Korean, and under the names that other tools give them. A `draft` whose value can't be
read keeps the note out.
"""

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, structs

from ..diagnostics import Diagnostic
from ..limits import LIST_LENGTH, TAGS
from ..model import Entry, Tag
from ..redirects import AddressError, read_old_address
from .comments import without_comments
from .dates import read_issued
from .front_values import ISSUED, ISSUED_HINT, READERS, WIKILINK, WrongValueError, read_line_of
from .known_keys import (
    FALSE,
    HIDDEN_STATES,
    HIDING,
    KEYS,
    KNOWN,
    KOREAN,
    MEANINGS,
    PASSWORDS,
    SHOWING,
    STATES,
    TRUE,
    WITHHOLDING,
    english_key,
    hides_in_korean,
)
from .lines import Line
from .rules import NoteRules
from .settings_block import Setting, Unreadable, Value, find_settings
from .tag_lines import has_letter, unique_tags

__all__ = ["KEYS", "FrontMatter", "day_front_matter", "parse_front_matter", "settle_published"]

_SINGLE_KEYS = frozenset({"title", "authors", "link", "slug", "issued", "doi", "arxiv_categories"})
_NAMES = (*KEYS, *(name for names in KOREAN.values() for name in names))
"""The names that a misspelt key may mean."""


class FrontMatter(Struct, frozen=True):
    """The metadata of a note; a key that is absent or wrong leaves the default.

    `last_line` is the number of its last line, 0 without front matter; `places` are the key, line and column of each key
    that digest reads. `withheld` says that it can't be read, so the note stays out. `issued` is the date of the work that
    the note is about. `published` is the value of that key, which `date` may be taken from, and `other_date` is the date
    that the other keys give (see `settle_published`).
    """

    last_line: int = 0
    places: tuple[tuple[str, int, int], ...] = ()
    withheld: bool = False
    date: dt.date | None = None
    title: str = ""
    kind: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    link: str | None = None
    draft: bool = False
    lang: str = ""
    slug: str = ""
    aliases: tuple[str, ...] = ()
    excerpt: str = ""
    updated: dt.date | None = None
    issued: str = ""
    doi: str = ""
    arxiv_categories: tuple[str, ...] = ()
    published: str = ""
    other_date: dt.date | None = None


def parse_front_matter(path: str, lines: Sequence[Line], rules: NoteRules) -> tuple[FrontMatter, list[Diagnostic]]:
    """Read the front matter at the top of a note; without any, nothing is set."""
    found = find_settings(lines)
    if found is None:
        return FrontMatter(), []
    if isinstance(found, Unreadable):
        return FrontMatter(withheld=True), [found.report(path)]
    reader = _Reader(path, rules)
    values = reader.read(found.settings)
    return FrontMatter(last_line=found.last_line, places=tuple(reader.places), **values), reader.diagnostics


def day_front_matter(path: str, front: FrontMatter) -> tuple[FrontMatter, list[Diagnostic]]:
    """Return the metadata of every entry of a day, and warn of keys that can only describe one entry."""
    found = [
        Diagnostic(
            path, line, column, "front-matter-key", f"`{key}` describes one entry, and this file holds a day of them"
        )
        for key, line, column in front.places
        if english_key(key) in _SINGLE_KEYS
    ]
    single = structs.replace(
        front, title="", authors=(), link=None, slug="", excerpt="", aliases=(), issued="", doi="", arxiv_categories=()
    )
    return single, found


def settle_published(front: FrontMatter, *, has_link: bool, is_dated: bool) -> FrontMatter:
    """Decide what `published` dates: the note, or the work that the note is about.

    Obsidian's Web Clipper writes the date of the clipped page into it, beside the page's address and the day of the note.
    So it is the date of the work in a note that has a link and another date, from a key or, if `is_dated`, from elsewhere.
    """
    if not front.published or not has_link or not (front.other_date or is_dated):
        return front
    return structs.replace(front, date=front.other_date, issued=front.issued or front.published)


def with_old_addresses(entries: Sequence[Entry], front: FrontMatter) -> tuple[Entry, ...]:
    """Give the first entry of a file of several the old addresses of the file."""
    addresses = tuple(alias for alias in front.aliases if alias.startswith("/"))
    return (structs.replace(entries[0], aliases=addresses), *entries[1:]) if entries and addresses else tuple(entries)


class _Reader:
    """Reads settings one by one and collects their mistakes."""

    def __init__(self, path: str, rules: NoteRules) -> None:
        self.path = path
        self.rules = rules
        self.places: list[tuple[str, int, int]] = []
        self.diagnostics: list[Diagnostic] = []
        self.misspelt = False

    def read(self, settings: Sequence[Setting]) -> dict[str, Any]:
        """Return the fields of `FrontMatter` that the settings decide."""
        by_key = self._gather(settings)
        fields: dict[str, Any] = {}
        for field, names in MEANINGS.items():
            given = [self._shorten(by_key[name]) for name in names if name in by_key]
            if field == "draft" or not given:
                continue
            if field == "date":
                fields |= self._read_dates(given)
                continue
            if field in ("tags", "aliases"):
                fields[field] = self._read_tags(given) if field == "tags" else self._read_aliases(given)
                continue
            for setting in given:
                if (value := self._read_field(field, setting)) is not None:
                    fields[field] = value
                    break
        fields["draft"] = self._is_hidden(settings, by_key)
        return fields

    def _gather(self, settings: Sequence[Setting]) -> dict[str, Setting]:
        """Return the known settings by the English name of their key, the first if a key is set twice; report the others."""
        by_key: dict[str, Setting] = {}
        for setting in settings:
            key = english_key(setting.key)
            if key not in KNOWN:
                self._warn_of_key(setting)
            elif key in by_key:
                if key in KEYS or key in WITHHOLDING:
                    code = "front-matter-value" if key in ("date", *WITHHOLDING) else "front-matter-ignored"
                    self._report(setting.line, setting.column, code, f"`{setting.key}` is set twice")
            else:
                by_key[key] = setting
                self._warn_of_comments(setting)
        return by_key

    def _is_hidden(self, settings: Sequence[Setting], by_key: Mapping[str, Setting]) -> bool:
        """Return True if any setting keeps the note out. Of two with one key, both count."""
        keyed = [(english_key(setting.key), setting) for setting in settings]
        verdicts = [self.misspelt, *(self._withholds(setting) for key, setting in keyed if key in WITHHOLDING)]
        states = [_word(setting) for key, setting in keyed if key in STATES]
        has_no_page = "permalink" in by_key and _word(by_key["permalink"]) == "false"
        return any(verdicts) or has_no_page or not HIDDEN_STATES.isdisjoint(states)

    def _warn_of_comments(self, setting: Setting) -> None:
        """Warn of values that YAML takes for comments, since they begin with `#`."""
        value, key = setting.value, setting.key
        for each in (value, *value.items):
            if each.comment:
                message = f"`{key}` loses `{each.comment}`, which is a comment in YAML"
                if english_key(key) in MEANINGS["tags"]:
                    tags = ", ".join(word.lstrip("#") for word in each.comment.split())
                    hint = f"leave the `#` out: `- {tags}`" if value.items else f"write `{key}: [{tags}]`"
                else:
                    from ..yaml_mistakes import quote  # only for such a value

                    hint = f"put it in quotes: `{quote(each.comment)}`"
                self._report(setting.line, setting.column, "front-matter-ignored", message, hint)

    def _shorten(self, setting: Setting) -> Setting:
        """Return a setting whose list is within the limit."""
        value = setting.value
        if len(value.items) <= LIST_LENGTH.most:
            return setting
        first = value.items[LIST_LENGTH.most]
        message = f"`{setting.key}` has {len(value.items):,} items, and only the first {LIST_LENGTH.most:,} count"
        self._report(first.line, first.column, "limit", message, "make the list shorter")
        return structs.replace(setting, value=structs.replace(value, items=value.items[: LIST_LENGTH.most]))

    def _read_field(self, field: str, setting: Setting) -> Any:
        own = english_key(setting.key) == field
        if own or field in ("authors", "tags"):
            self.places.append((setting.key, setting.line, setting.column))
        if setting.value.kind != "map" and not (setting.value.text or setting.value.items):
            return None
        try:
            return READERS[field](setting.value, self.rules)
        except WrongValueError as wrong:
            # Other tools have their own ideas of `url` or `created`.
            if own or wrong.code == "limit":
                # A note without its date is at another place; without another key it only lacks that.
                code = wrong.code if field == "date" or wrong.code == "limit" else "front-matter-ignored"
                message = f"`{setting.key}` wants {wrong.wants}"
                self._report(setting.value.line, setting.value.column, code, message, wrong.hint)
        return None

    def _read_dates(self, settings: Sequence[Setting]) -> dict[str, Any]:
        """Return the note's date with and without the key `published`, and what that key holds."""
        dates = [(english_key(setting.key), self._read_field("date", setting)) for setting in settings]
        others = [date for key, date in dates if key != "published"]
        published = next((setting for setting in settings if english_key(setting.key) == "published"), None)
        return {
            "date": next((date for _, date in dates if date), None),
            "other_date": next(filter(None, others), None),
            "published": self._read_published(published) if published else "",
        }

    def _read_published(self, setting: Setting) -> str:
        """Return the date in `published`. A value that is neither a date nor true or false is reported."""
        written = setting.value.items[0].text if setting.value.items else setting.value.text
        issued = read_issued(written)
        if not issued and re.search(r"\d{4}", written):  # any other value keeps the note out, and is reported for that
            message = f"`{setting.key}` wants {ISSUED}"
            self._report(setting.value.line, setting.value.column, "front-matter-ignored", message, ISSUED_HINT)
        return issued

    def _read_tags(self, settings: Sequence[Setting]) -> tuple[Tag, ...]:
        labels: list[str] = []
        for setting in settings:
            self.places.append((setting.key, setting.line, setting.column))
            value = setting.value
            if value.kind == "map":
                message = f"`{setting.key}` wants a list of tags, each with at least one letter"
                self._report(value.line, value.column, "front-matter-ignored", message)
            for label, place in _tag_labels(value):
                if has_letter(label) and label.lower() not in ("true", "false", "null"):
                    labels.append(label)
                else:
                    message = f"`{label}` is no tag and was left out"
                    hint = "a tag has at least one letter, such as `y2024`"
                    self._report(place.line, place.column, "odd-tag", message, hint, label)
        tags = unique_tags(labels)
        if len(tags) > TAGS.most:
            first = settings[0]
            message = f"`{first.key}` has {len(tags):,} tags, and only the first {TAGS.most} count"
            self._report(first.line, first.column, "limit", message, "keep the tags that you want to find the note by")
        return tags[: TAGS.most]

    def _read_aliases(self, settings: Sequence[Setting]) -> tuple[str, ...]:
        """Return names of the note and its old addresses, which begin with `/`."""
        names: list[str] = []
        for setting in settings:
            value = setting.value
            for name, place in _alias_names(setting):
                if value.kind == "map" or place.kind == "map":
                    wants = "a list of names and old addresses"
                    self._report(place.line, place.column, "front-matter-ignored", f"`{setting.key}` wants {wants}")
                elif not name.startswith("/"):
                    names.append(name)
                else:
                    try:
                        names.append("/" + read_old_address(name))
                    except AddressError as error:
                        hint = "write an address on the site, from its root, such as `/old/`"
                        self._report(place.line, place.column, "old-address", f"`{name}` {error}", hint)
        return tuple(dict.fromkeys(names))

    def _withholds(self, setting: Setting) -> bool:
        """Return True if a setting keeps the note out; a value that can't be read does."""
        key, written = english_key(setting.key), _word(setting)
        if key in PASSWORDS:
            return self._asks_password(setting)
        if setting.value.kind == "text":
            if written in TRUE | FALSE:
                return written in (TRUE if key in HIDING else FALSE)
            if key == "published" and re.search(r"\d{4}", written):  # a date, or the year of a book
                return False
        wants = "true or false"
        if key == "published":
            wants += ", or a date"
        message = f"`{setting.key}` wants {wants}; the note stays out until it has one"
        self._report(setting.value.line, setting.value.column, "front-matter-value", message)
        return True

    def _asks_password(self, setting: Setting) -> bool:
        """Return True if a setting protects the note with a password, as plugins of other tools do."""
        value = setting.value
        if not value.items and value.kind != "map" and _word(setting) in ("", "null", "~", *FALSE):
            return False
        message = f"`{setting.key}` would protect the note, but digest cannot encrypt a page: the note stays out"
        hint = "remove the key, and everybody can read the note"
        self._report(setting.line, setting.column, "protected-note", message, hint, setting.key)
        return True

    def _warn_of_key(self, setting: Setting) -> None:
        if meant := _misspelt_state(setting):
            message = f"`{setting.key}` may mean `{meant}`; the note stays out until that is clear"
            hint = f"write `{meant}`, or remove the key"
            self._report(setting.line, setting.column, "front-matter-value", message, hint)
            self.misspelt = True
            return
        near = difflib.get_close_matches(english_key(setting.key), _NAMES, 1, 0.75)
        hint = f"did you mean `{near[0]}`?" if near else f"digest reads {', '.join(KEYS)}"
        message = f"front matter has no key `{setting.key}`"
        self._report(setting.line, setting.column, "front-matter-key", message, hint, setting.key)

    def _report(self, line: int, column: int, code: str, message: str, hint: str = "", subject: str = "") -> None:
        self.diagnostics.append(Diagnostic(self.path, line, column, code, message, hint, subject))


def _word(setting: Setting) -> str:
    """Return the text of a value as it is compared with words: NFC, in lower case, without spaces around it."""
    return unicodedata.normalize("NFC", setting.value.text.strip().lower())


def _misspelt_state(setting: Setting) -> str:
    """Return the key that keeps a note out and that an unknown key may mean, if its value would keep the note out."""
    key, written = english_key(setting.key), _word(setting)
    if setting.value.kind != "text" or written not in TRUE | FALSE:
        return ""
    if hides_in_korean(key, written):
        return "초안" if written in TRUE else "공개"
    keys = HIDING if written in TRUE else SHOWING
    near = difflib.get_close_matches(key, keys, 1, 0.8)
    return near[0] if near and near[0][0] == key[0] else ""


def _tag_labels(value: Value) -> list[tuple[str, Value]]:
    """Return the labels of a list of tags or of a text with commas, without `#`, each with its place.

    A link to a page of several words is one tag, as in `#[[machine learning]] #nlp`.
    """
    if value.kind == "list":
        items = [(without_comments(item.text), item) for item in value.items if item.kind == "text"]
    else:
        text = WIKILINK.sub(lambda link: re.sub(r"[\s,，、;]+", "-", link[1]), without_comments(value.text))
        comma = re.search("[,，、;]", text)
        parts = re.split(r"[,，、;]\s*|\s+(?=[#＃])" if comma else r"\s+", text)
        items = [(part, value) for part in parts]
    plain = [(WIKILINK.sub(r"\1", label).strip("'\" ").lstrip("#＃").strip(" /"), place) for label, place in items]
    return [("-".join(unicodedata.normalize("NFC", label).split()), place) for label, place in plain if label]


def _alias_names(setting: Setting) -> list[tuple[str, Value]]:
    """Return the items of a list, or of a text with commas, each with its place.

    `redirect_from` is a key of Jekyll, which holds old addresses alone and may leave out the `/` at the beginning.
    """
    value = setting.value
    is_address = english_key(setting.key) == "redirect_from"
    items = [item for item in value.items if item.kind != "nothing"] if value.kind == "list" else [value]
    named = [(read_line_of(item) if item.kind == "text" else "", item) for item in items]
    if value.kind == "text" and not is_address:
        named = [(name, value) for name in re.split(r"\s*[,，、]\s*", named[0][0])]
    named = [(WIKILINK.sub(r"\1", name), item) for name, item in named if name or item.kind == "map"]
    return [(f"/{name.removeprefix('/')}", item) for name, item in named] if is_address else named
