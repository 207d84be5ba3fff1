"""The fonts of cards: those that the settings name, and the packaged one for what they lack."""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from .glyphs import FontError, characters_of

PACKAGED = Path(__file__).parent / "typeface" / "digest-cards.otf"


class Fonts(Struct, frozen=True):
    """The fonts that come before the packaged one: their paths in the project, and their bytes."""

    own: tuple[tuple[str, bytes], ...] = ()

    @property
    def contents(self) -> tuple[bytes, ...]:
        """The bytes of all fonts, in the order in which they are asked for a character."""
        return (*(content for _, content in self.own), _packaged())

    @property
    def digest(self) -> bytes:
        """The hash of all fonts."""
        hashed = hashlib.blake2b(digest_size=16)
        for content in self.contents:
            hashed.update(hashlib.blake2b(content).digest())
        return hashed.digest()

    def check(self) -> None:
        """Raise FontError for the first font that cannot be read; the message begins with its path."""
        for path, content in self.own:
            try:
                characters_of(content)
            except FontError as error:
                raise FontError(f"`{path}`: {error}") from error

    def places(self) -> Mapping[str, int | None]:
        """Return the place of the first font that has a character, by the character; None stands for no font."""
        return _places(self.contents)

    def lacks(self, texts: Iterable[str]) -> Iterator[str]:
        """Yield each character of some texts that no font has, once. Characters that show nothing by themselves do not count."""
        places = self.places()
        for char in dict.fromkeys(char for text in texts for char in unicodedata.normalize("NFC", text)):
            if places[char] is None and unicodedata.category(char)[0] not in "CMZ":
                yield char


class _Places(dict[str, int | None]):
    """The places of fonts by character, each looked up once."""

    def __init__(self, contents: tuple[bytes, ...]) -> None:
        super().__init__()
        self._characters = [characters_of(content) for content in contents]

    def __missing__(self, char: str) -> int | None:
        code = ord(char)
        place = self[char] = next((n for n, known in enumerate(self._characters) if code in known), None)
        return place


@lru_cache(maxsize=1)
def _packaged() -> bytes:
    return PACKAGED.read_bytes()


@lru_cache(maxsize=2)
def _places(contents: tuple[bytes, ...]) -> _Places:
    return _Places(contents)
