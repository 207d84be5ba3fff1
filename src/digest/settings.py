"""The settings of a project and their defaults.

The line below a setting says what it is; `docs/configuration.md` lists the settings with these lines.
"""

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit

from msgspec import Meta, Struct, field

from .csp_settings import Directive
from .languages import LANGUAGES
from .model import LANGUAGE_TAG
from .settings_nodes import SiteName
from .tag_settings import TagSettings

if TYPE_CHECKING:
    Language = str
else:
    Language = Literal[tuple(LANGUAGES)]  # the codes come from the table, which a type checker can't read
LanguageTag = Annotated[str, Meta(pattern=f"^({LANGUAGE_TAG})?$")]
Positive = Annotated[int, Meta(ge=1)]
PluginName = Annotated[str, Meta(min_length=1, pattern=r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$")]
Key = Annotated[str, Meta(min_length=1, pattern=r"^[a-z][a-z0-9-]*$")]


class KindSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`kinds.<name>`: the tags that give an entry this kind, and the label of a kind that isn't built in."""

    tags: tuple[str, ...] = ()
    label: str = ""


class SearchSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`search`: whether the site has a search, and its additional synonyms."""

    enabled: bool = True
    glossary: dict[str, str | tuple[str, ...]] = field(default_factory=dict)


class CardSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`cards`: the pages that get a card image besides the home page, and the fonts to draw it with, by path in the project."""

    days: bool = False
    entries: bool = False
    fonts: tuple[str, ...] = ()

    @property
    def enabled(self) -> bool:
        """Return True if the site has card images."""
        return self.days or self.entries


class LinkSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`links`: hosts and addresses to `ignore`, and how other sites are asked: when again, how fast, and how often in a run."""

    ignore: tuple[str, ...] = ()
    days: Positive = 14
    delay: Annotated[float, Meta(ge=0)] = 1.0
    per_host: Positive = 200


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    """The settings of a project, which `docs/configuration.md` describes.

    `base_url` ends in `/` or is empty. `id` is the site's name in feeds; if it is empty, `name` gives one. `notes`, `output`,
    `templates`, `pages` and `public` are paths relative to the project's folder; an empty `pages` or `public` stands for the usual
    folder. `language` is a code in `languages.LANGUAGES`. `notes_language` is a BCP 47 tag, or empty for the same language.
    `utc_offset` is the time zone of the dates in notes. With `dates: git`, a note without a date has that of its first commit.
    """

    title: str = ""
    """The name of the site."""
    description: str = ""
    """One sentence about the site."""
    author: str = ""
    """The author of the notes."""
    language: Language = "ko"
    """The language of the interface."""
    notes_language: LanguageTag = ""
    """The language of the notes, if it differs."""
    base_url: str = ""
    """The address of the site."""
    id: SiteName = ""
    """The name of the site in feeds."""
    utc_offset: Annotated[str, Meta(pattern=r"^[+-](0\d|1[0-4]):[0-5]\d$")] = "+09:00"
    """The time zone of the dates in notes."""
    notes: str = "notes"
    """The folder with the notes."""
    output: str = "site"
    """The folder for the site."""
    templates: str = "templates"
    """The folder with your own templates."""
    pages: str = ""
    """The folder with your own pages."""
    public: str = ""
    """The folder with files to copy as they are."""
    exclude: tuple[str, ...] = ()
    """Files that are not notes."""
    dates: Literal["notes", "git"] = "notes"
    """The source of a date if a note gives none."""
    redirects: dict[str, str] = field(default_factory=dict)
    """Old addresses, and where they lead."""
    redirects_file: Literal["", "netlify"] = ""
    """The hosts that get a file of redirects."""
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Tags with the same meaning."""
    tags: dict[str, TagSettings] = field(default_factory=dict)
    """Labels and descriptions of tags, and which tag lies below which."""
    kinds: dict[Key, KindSettings] = field(default_factory=dict)
    """Tags that set an entry's kind, and your own kinds."""
    home_days: Positive = 7
    """Number of days on the home page."""
    per_page: Positive = 50
    """Number of entries on a page of a list."""
    feed_entries: Positive = 20
    """Number of entries in a feed."""
    exports: bool = True
    """Files for bibliographies."""
    cards: CardSettings = CardSettings()
    """Images that services show beside a link."""
    offline: bool = True
    """Whether browsers keep pages to read without a connection."""
    typography: bool = True
    """Quotes, dashes and arrows as in print."""
    csp: dict[Directive, tuple[str, ...]] = field(default_factory=dict)
    """Other sites that pages may load from."""
    search: SearchSettings = SearchSettings()
    """The search and its glossary."""
    plugins: tuple[PluginName, ...] = ()
    """Modules that extend digest."""
    links: LinkSettings = LinkSettings()
    """Links that are not checked, and how links to other sites are checked."""

    @property
    def root(self) -> str:
        """The path part of the base URL: `/` or `/repo/`."""
        return urlsplit(self.base_url).path or "/"

    @property
    def name(self) -> str:
        """The site's name in feeds: `id` or, without one, the host and path of the base URL, or else `localhost`."""
        return self.id or self.kept_name or "localhost"

    @property
    def kept_name(self) -> str:
        """The name that the site keeps if its base URL changes: host and path, or nothing without the address of a host."""
        parts = urlsplit(self.base_url)
        host = parts.hostname or ""
        return "" if host in _OWN_MACHINE else f"{host}{parts.path}".strip("/")

    @property
    def language_of_notes(self) -> str:
        """The BCP 47 tag of the language of the notes."""
        return self.notes_language or self.language

    @property
    def pages_folder(self) -> str:
        """The folder of the author's own pages, or nothing.

        Without a setting it is `pages`, unless that folder holds notes, as it does in a Logseq graph, or serves something
        else.
        """
        if self.pages:
            return self.pages
        used = (self.output, self.templates, self.notes)
        return "" if any(overlap("pages", folder) for folder in used) else "pages"

    @property
    def public_folder(self) -> str:
        """The folder whose files are copied to the site, or nothing.

        Without a setting it is `public`, unless that folder serves something else: on GitLab it is the output.
        """
        if self.public:
            return self.public
        used = (self.output, self.templates, *([] if path_of(self.notes) == PROJECT else [self.notes]))
        return "" if any(overlap("public", folder) for folder in used) else "public"


PROJECT = PurePosixPath(".")
"""The project's folder, as a path in the settings."""
_OWN_MACHINE = ("", "localhost", "127.0.0.1", "::1")


def path_of(folder: str) -> PurePosixPath:
    """Return a path of the settings, which may be written as on Windows."""
    return PurePosixPath(folder.replace("\\", "/"))


def overlap(folder: str, other: str) -> bool:
    """Return True if two folders are the same, or one holds the other."""
    one, two = path_of(folder), path_of(other)
    return one.is_relative_to(two) or two.is_relative_to(one)
