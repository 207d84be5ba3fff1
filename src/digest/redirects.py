"""Addresses that an author writes, old ones and their targets -> site paths, or the reason why there can be none.

An old address is a place on the site, written from its root without the base path: `/old/`, `/old.html`, `/%EC%98%9B/`. A target
is a place on the site, perhaps with a query and a fragment, or an address that begins with http:// or https://.
"""

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote, unquote_to_bytes

from .iri import ascii_address, ascii_host, split_address
from .limits import OLD_PART_BYTES, OLD_PATH_BYTES
from .slugs import avoid_device

_PAGE = re.compile(r"\.html?$", re.IGNORECASE)
_FILE = re.compile(r"[^/]\.[A-Za-z][A-Za-z0-9]{0,9}$")
"""The end of an address that is a file's: `.html`, `.php`, `.xml`. The `.2` of `/v1.2` is part of a name."""
_NO_FILE_NAME = re.compile(r'[<>:"|?*]|[. ](?:/|$)')
"""What names of files and folders cannot hold on Windows: characters, and a dot or a space at the end."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_HOST = re.compile(r"(?:[^\s/\\?#@:\[\]<>\"'`{}|^%]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
_UNSAFE = re.compile(r"[\s\"<>`{}|^]")
"""What neither a query nor a fragment holds as it is. Letters of any script stay, as in every address on the site."""


class AddressError(ValueError):
    """An address cannot be used. The message completes a sentence that begins with the address."""


def read_old_address(written: str) -> str:
    """Return the site path of an old address. A folder's path ends in `/`, and so does the path of a page without an ending.

    Raises AddressError.
    """
    if "?" in written or "#" in written:
        raise AddressError("holds a `?` or `#`, and no page can lie at such an address")
    return _read_path(written)


def read_target(written: str) -> str:
    """Return a target: a web address, or a site path with its query and fragment.

    Raises AddressError.
    """
    if not written.startswith("/"):
        return _read_url(written)
    path = re.split("[?#]", written, maxsplit=1)[0]
    rest = written[len(path) :]
    if _CONTROL.search(rest) or "\\" in rest:
        raise AddressError("holds a character that no address can hold")
    place = _read_path(path) if path != "/" else ""
    if "?" in place or "#" in place:
        raise AddressError("holds an escaped `?` or `#`, which no page of the site has in its address")
    return place + _UNSAFE.sub(lambda found: quote(found[0]), rest)


def is_web_address(target: str) -> bool:
    """Return True if a target is on another site, or False for a site path."""
    return target.startswith(("http://", "https://"))


def path_of_target(target: str) -> str:
    """Return the site path of a target on the site, without query and fragment."""
    return re.split("[?#]", target, maxsplit=1)[0]


def can_be_page(path: str) -> bool:
    """Return True if a static page can lie at a site path, on every system.

    Servers send `/feed.php` and `/index.xml` as other things than pages, and Windows has no folder `aux`.
    """
    if not path or (not path.endswith("/") and not _PAGE.search(path)):
        return False
    return not _NO_FILE_NAME.search(path) and all(avoid_device(stem) == stem for stem in _stems(path))


def can_be_copy(path: str, target: str | None) -> bool:
    """Return True if the file at a target can be sent from an old address too, where no page can lie: a feed, for example."""
    if target is None or can_be_page(path) or path.endswith("/"):
        return False
    return PurePosixPath(path).suffix == PurePosixPath(path_of_target(target)).suffix and not is_web_address(target)


def _read_path(written: str) -> str:
    if not written.startswith("/"):
        raise AddressError("does not begin with `/`")
    if written.startswith(("//", "/\\")):
        raise AddressError("leads to another server")
    try:
        text = unquote_to_bytes(written.replace("%2F", "%00").replace("%2f", "%00")).decode()
    except (UnicodeDecodeError, UnicodeEncodeError):
        raise AddressError("holds bytes that are not UTF-8") from None
    if _CONTROL.search(text) or "\\" in text:
        raise AddressError("holds a character that no address can hold")
    path = unicodedata.normalize("NFC", text)[1:]
    parts = path.removesuffix("/").split("/")
    if ".." in parts:
        raise AddressError("leads out of the site")
    if not path:
        raise AddressError("is the home page")
    if "" in parts or "." in parts:
        raise AddressError("has an empty part")
    longest, whole = OLD_PART_BYTES.most, OLD_PATH_BYTES.most
    if len(path.encode()) > whole or any(len(part.encode()) > longest for part in parts):
        raise AddressError(f"is too long: a part has at most {longest} bytes, and the whole {whole:,}")
    if parts[-1].lower() in ("index.html", "index.htm") and not path.endswith("/"):
        path = path[: -len(parts[-1])]
        if not path:
            raise AddressError("is the home page")
    return path if path.endswith("/") or _FILE.search(path) else f"{path}/"


def _read_url(written: str) -> str:
    parts = split_address(written)
    if parts is None:
        raise AddressError("is no address")
    if parts.scheme not in ("http", "https"):
        raise AddressError("begins with neither `/` nor `http://` nor `https://`")
    if not _HOST.fullmatch(parts.netloc):
        raise AddressError("names no server")
    if re.search(r"\s", written) or _CONTROL.search(written) or "\\" in written:
        raise AddressError("holds a character that no address can hold")
    try:
        ascii_host(parts.hostname or "")
    except ValueError:
        raise AddressError("names no server") from None
    return parts.scheme + ascii_address(written)[len(parts.scheme) :]


def _stems(path: str) -> list[str]:
    """Return the names in a path in lower case, without endings, which Windows ignores when it looks for devices."""
    return [part.partition(".")[0].casefold() for part in path.removesuffix("/").split("/")]
