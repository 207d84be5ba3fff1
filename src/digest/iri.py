"""Web addresses as people write them (IRIs, RFC 3987) -> URIs (RFC 3986), which are ASCII.

Feeds, sitemaps and servers demand URIs. Browsers accept both and show the letters.
"""

import re
from contextlib import suppress
from urllib.parse import SplitResult, quote, urlsplit

_HOST = re.compile(r"(https?://(?:[^/?#@]*@)?)([^/?#:@\[\]]+)", re.IGNORECASE)
_ASCII_SAFE = "/:@%~!$&'()*+,;=?#[]"


def split_address(url: str) -> SplitResult | None:
    """Return the parts of an address, or None if it has none: its host holds a stray bracket, for example."""
    try:
        return urlsplit(url)
    except ValueError:
        return None


def host_of(url: str) -> str:
    """Return the host of an address in lower case, without user and port; an empty text if there is none."""
    parts = split_address(url)
    return (parts.hostname or "") if parts else ""


def ascii_host(host: str) -> str:
    """Return a host in ASCII: `한글.example` is `xn--bj0bj06e.example`.

    The rules are those of UTS #46, by which browsers ask for a host. Raises ValueError if no host can have the name.
    """
    if host.isascii():
        return host
    import idna  # few addresses have such a host

    return idna.encode(host, uts46=True).decode()


def ascii_address(url: str) -> str:
    """Return an address in ASCII, as feeds demand: the host as `ascii_host` returns it, the rest percent-encoded.

    A name that no host can have is percent-encoded too.
    """
    found = _HOST.match(url)
    if found and not found[2].isascii():
        with suppress(ValueError):
            url = f"{found[1]}{ascii_host(found[2])}{url[found.end() :]}"
    return quote(url, safe=_ASCII_SAFE)


def is_site_address(url: str) -> bool:
    """Return True for an http or https address of a folder, without a query or a fragment, on a host that can exist."""
    parts = split_address(url)
    if parts is None or parts.scheme not in ("http", "https") or parts.query or parts.fragment:
        return False
    try:
        return bool(ascii_host(parts.hostname or ""))
    except ValueError:
        return False
