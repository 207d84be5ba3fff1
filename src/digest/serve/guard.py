"""The names under which the server answers, and the headers of its answers.

A page of another site can make its own name lead to this machine (DNS rebinding). Its requests are then of the same origin for the
browser, and could read an author's drafts. But the browser still sends the page's name in `Host`.
"""

from collections.abc import Mapping

from starlette.datastructures import Headers

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Other sites must neither read the author's drafts nor show them in a frame.
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
}
"""Headers of every answer, errors among them."""
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def own_names(address: str, port: int) -> frozenset[str]:
    """Return every `Host` of a server that listens at an address and a port."""
    names = {f"{name}:{port}" for name in (*LOOPBACK, address)}
    return frozenset(names | {name.removesuffix(":80") for name in names})


def is_own_host(headers: Headers, names: frozenset[str]) -> bool:
    """Return True if a request was sent to one of the server's names, and to no other."""
    hosts = headers.getlist("host")
    return len(hosts) == 1 and hosts[0].strip().lower() in names


def is_own_page(headers: Mapping[str, str], names: frozenset[str]) -> bool:
    """Return True if a request comes from a page of this server, or from a program that is no browser."""
    origin = headers.get("origin")
    if origin is not None and origin.lower().removeprefix("http://") not in names:
        return False
    return headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
