"""Files that notes name -> the files that the site gets, each content once, with a hash of its bytes in its name.

A file is read only if its stamp isn't the one in the cache. The search for files is part of a project's state: a build with nothing to
do looks up the names again, but reads nothing.
"""

import os
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path

import msgspec

from ..archive.references import AskedFile, FoundFile, SiteFile
from ..config import CACHE_FOLDER, Config
from ..files.facts import FileFacts, read_facts
from ..files.lookup import Located, Shelf
from ..files.metadata import MalformedError, is_changed, read_published
from ..site import routes
from ..store.cache import Cache
from ..store.staging import stamp_at
from .job import ASKED, NOTHING_ASKED

HASH_LENGTH = 10
"""Hexadecimal digits of the hash in a file's name."""
HINTED = 50
"""Missing files for which a similar name is looked for at most."""

_UNKNOWN = b"unknown"
"""The state if a file could not be read: it may be readable at any time, and no stamp tells."""

_ASKED = msgspec.msgpack.Decoder(tuple[bytes, tuple[AskedFile, ...]])
_FACTS = msgspec.msgpack.Decoder(FileFacts)


class NamedFiles:
    """Finds the files that notes name. `sources` maps the site paths of those found last to their paths on disk."""

    def __init__(self, folder: Path, config: Config, cache: Cache) -> None:
        self._folder = folder
        self.config = config
        self._cache = cache
        self._shelf: Shelf | None = None
        self._known: dict[str, tuple[bytes, bytes]] | None = None
        self._asked: tuple[AskedFile, ...] = ()
        self._found: frozenset[str] = frozenset()
        self._state = b""
        self._unread = False
        self.sources: Mapping[str, str] = {}

    def find(self, asked: Sequence[AskedFile]) -> Mapping[AskedFile, FoundFile]:
        """Find files, and read those whose stamp isn't the one in the cache."""
        self._asked = tuple(asked)
        self._unread = False
        if not asked:
            self.sources, self._found, self._state = {}, frozenset(), b""
            return {}
        shelf = self._open_shelf()
        located = {each: shelf.find(*each) for each in asked}
        stamps = self._stamps(located)
        self._found, self._state = frozenset(stamps), self._summed(located, stamps)
        facts = {path: self._facts_of(path, stamp) for path, stamp in stamps.items()}
        if self._unread:
            self._state = _UNKNOWN
        if gone := self._read_known().keys() - facts.keys():
            self._cache.drop_files(gone)
            self._known = {path: known for path, known in self._read_known().items() if path not in gone}
        files = _name_files(facts)
        self.sources = {file.path: shelf.real_path(path) for path, file in reversed(files.items())}
        return self._describe(located, files)

    def places(self) -> frozenset[str]:
        """Return the paths below the project at which the names that were asked for last lead to a file, or would."""
        shelf = self._open_shelf()
        wanted = {place for each in self._asked for place in shelf.places(*each) if place and "\0" not in place}
        return frozenset(wanted | {real for path in self._found if (real := shelf.inner_path(path))})

    def forget_folders(self) -> None:
        """Read the project's folders again when the next file is looked up."""
        self._shelf = None

    def look_again(self) -> bool:
        """Look up the same names in the folder as it is now; return True if anything that was found is another."""
        self.forget_folders()
        if not self._asked:
            return False
        shelf = self._open_shelf()
        located = {each: shelf.find(*each) for each in self._asked}
        return self._summed(located, self._stamps(located)) != self._state

    def remember(self) -> None:
        """Keep in the cache which names were asked for and what was found."""
        self._cache.save_fact(ASKED, msgspec.msgpack.encode((self._state, self._asked)))

    def are_as_remembered(self) -> bool:
        """Return True if the names that the last build asked for lead to the same files with the same stamps."""
        self._state, self._asked = _ASKED.decode(self._cache.fact(ASKED) or NOTHING_ASKED)
        return not self.look_again()

    def _open_shelf(self) -> Shelf:
        if self._shelf is None:
            left_out = (self.config.output, CACHE_FOLDER)
            self._shelf = Shelf(self._folder, self.config.notes, left_out)
        return self._shelf

    def _stamps(self, located: Mapping[AskedFile, Located]) -> dict[str, bytes]:
        """Return the stamps of all files that were found, by path, in order."""
        shelf = self._open_shelf()
        paths = sorted({found.path for found in located.values() if found.path})
        return {path: stamp_at(shelf.real_path(path)) for path in paths}

    def _summed(self, located: Mapping[AskedFile, Located], stamps: Mapping[str, bytes]) -> bytes:
        """Hash everything that was found. The names of all files count if one is missing, since the nearest one is named."""
        hashed = blake2b(digest_size=16)
        hashed.update(msgspec.msgpack.encode((tuple(located.values()), tuple(stamps.items()))))
        if any(found.code == "missing-file" for found in located.values()):
            hashed.update("\0".join(self._open_shelf().names()).encode(errors="surrogateescape"))
        return hashed.digest()

    def _read_known(self) -> dict[str, tuple[bytes, bytes]]:
        if self._known is None:
            self._known = self._cache.file_facts()
        return self._known

    def _facts_of(self, path: str, stamp: bytes) -> FileFacts:
        known = self._read_known()
        if stamp and path in known and known[path][0] == stamp:
            return _FACTS.decode(known[path][1])
        try:
            facts = read_facts(self._open_shelf().real_path(path))
        except OSError:
            self._unread = True
            return FileFacts(b"")
        encoded = msgspec.msgpack.encode(facts)
        known[path] = stamp, encoded
        self._cache.save_file(path, stamp, encoded)
        return facts

    def _describe(
        self, located: Mapping[AskedFile, Located], files: Mapping[str, SiteFile]
    ) -> Mapping[AskedFile, FoundFile]:
        described: dict[AskedFile, FoundFile] = {}
        similar: dict[str, tuple[str, ...]] = {}
        for each, found in located.items():
            file = files.get(found.path) if found.path else None
            code, candidates = found.code, found.candidates
            if found.path and not file:
                code = "unreadable-file"
            elif code == "missing-file":
                name = each[1].rpartition("/")[2]
                if name not in similar:
                    similar[name] = self._similar(name) if len(similar) < HINTED else ()
                candidates = similar[name]
            described[each] = FoundFile(file, code, candidates)
        return described

    def _similar(self, name: str) -> tuple[str, ...]:
        """Return the path of the file below the notes folder whose name is most like a name, if one is."""
        from difflib import get_close_matches  # only a missing file needs it

        ending = name.rpartition(".")[2].casefold()
        by_name = {
            os.path.basename(path): path  # noqa: PTH119 - for every file of a project
            for path in self._open_shelf().names()
            if path.casefold().endswith(ending)
        }
        return tuple(by_name[near] for near in get_close_matches(name, by_name, n=1))


def content_to_send(source: str) -> bytes | Path:
    """Return the bytes that are published of a JPEG, PNG or WebP image, or the path of any other file.

    Raises OSError if the file cannot be read, or is an image that cannot be published.
    """
    try:
        return b"".join(read_published(source)) if is_changed(source) else Path(source)
    except MalformedError as error:
        raise OSError(f"{source}: the image is damaged") from error


def _name_files(facts: Mapping[str, FileFacts]) -> dict[str, SiteFile]:
    """Give each file its site path. Files with the same bytes share the one of the first; a file without a hash gets none."""
    names: dict[tuple[bytes, str], str] = {}
    files: dict[str, SiteFile] = {}
    for path, known in facts.items():
        if known.hash:
            name = path.rpartition("/")[2]
            key = known.hash, name.rpartition(".")[2].lower()
            site_path = names.setdefault(key, routes.file(name, known.hash.hex()[:HASH_LENGTH]))
            files[path] = SiteFile(site_path, known.width, known.height)
    return files
