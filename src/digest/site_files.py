"""The files that a site has for itself. Several sites can be made from the same notes, each with its own settings.

The settings of the first site are in `digest.yaml`, its addresses in `digest.lock`, its cache in `.digest/` and its pages, unless
the settings say otherwise, in `site/`. A site with the settings `digest.en.yaml` has `digest.en.lock`, `.digest/sites/digest.en/` and
`site-en/`. So neither site ever reads or replaces a file of the other.
"""

import re
from collections.abc import Iterable

from msgspec import Struct, structs

from .diagnostics import Diagnostic

SETTINGS = "digest.yaml"
LOCK = "digest.lock"
CACHE_FOLDER = ".digest"
OUTPUT = "site"
MANIFEST = ".digest-manifest"
"""The file in every output folder. A folder that has it is a built site, so nothing in it is a note or belongs to one."""
MISNAMED = "digest.yml"
"""The name under which other tools would also look for the settings. This program names it in an error."""

_FIRST_NAMES = re.compile(r"(?<![\w./-])digest\.(yaml|lock)(?![\w/-])")


class SiteFiles(Struct, frozen=True):
    """The names of a site's files in the project's folder, by the name of the file with its `settings`."""

    settings: str = SETTINGS

    @property
    def lock(self) -> str:
        """The file that remembers the site's addresses."""
        return f"{self._stem}.lock"

    @property
    def cache(self) -> str:
        """The folder with the results of earlier builds."""
        return CACHE_FOLDER if self == FIRST else f"{CACHE_FOLDER}/sites/{self._stem}"

    @property
    def output(self) -> str:
        """The folder of the site if the settings name none."""
        return OUTPUT if self == FIRST else f"{OUTPUT}-{self._stem.removeprefix('digest.')}"

    @property
    def _stem(self) -> str:
        return self.settings.rpartition(".")[0]

    def name_in(self, text: str) -> str:
        """Return a message about the first site as one about this site: with the names of its settings and its lock."""
        if self == FIRST:
            return text
        return _FIRST_NAMES.sub(lambda name: self.settings if name[1] == "yaml" else self.lock, text)

    def name_all(self, problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Return problems with the names of this site's files. All stages name those of the first site."""
        if self == FIRST:
            return tuple(problems)
        return tuple(
            structs.replace(
                problem,
                path=self.name_in(problem.path),
                message=self.name_in(problem.message),
                hint=self.name_in(problem.hint),
            )
            for problem in problems
        )


FIRST = SiteFiles()
