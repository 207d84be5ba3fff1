"""A file of the project -> what the site has to know of it before it is copied."""

from hashlib import blake2b

from msgspec import Struct

from ..disk import open_file
from ..text.targets import media_of
from .metadata import MalformedError, clean_chunks

HASH_SIZE = 16


class FileFacts(Struct, frozen=True, array_like=True):
    """The hash of the bytes that are published of a file, and for an image its width and height in pixels; 0 if unknown.

    The hash is empty if the file can't be published, as an image whose metadata can't be taken out.
    """

    hash: bytes
    width: int = 0
    height: int = 0


def read_facts(path: str) -> FileFacts:
    """Read a file once, in chunks; raises OSError."""
    hashed = blake2b(digest_size=HASH_SIZE)
    with open_file(path) as file:
        try:
            for chunk in clean_chunks(file):
                hashed.update(chunk)
        except MalformedError:
            return FileFacts(b"")
    width, height = _size(path) if media_of(path) == "image" else (0, 0)
    return FileFacts(hashed.digest(), width, height)


def _size(path: str) -> tuple[int, int]:
    """Return the size at which an image is shown, turned as it says; zeros if its header doesn't tell."""
    import imagesize  # type: ignore[import-untyped]  # loads modules for networks, and few builds meet a new image

    with open_file(path) as file:  # the library would fetch some paths from the network
        try:
            found = imagesize.get_info(file, dpi=False, colors=False, channels=False)
        except Exception:  # a damaged header raises whatever its parser happens to meet
            return 0, 0
    return (found.width, found.height) if found.width > 0 and found.height > 0 else (0, 0)
