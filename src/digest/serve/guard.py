"""The names under which the server answers, and the headers of its answers.

A page of another site can make its own name lead to this machine (DNS rebinding). Its requests are then of the same origin for the
browser, and could read an author's drafts. But the browser still sends the page's name in `Host`. Only names can be made to lead
elsewhere, so a server for the whole network answers under every address, and under no name but those of its machine.
"""

import socket
from collections.abc import Container, Mapping
from ipaddress import ip_address

from starlette.datastructures import Headers

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Other sites must neither read the author's drafts nor show them in a frame.
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
}
"""Headers of every answer, errors among them."""
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class Names:
    """Every `Host` of a server that listens at an address and a port; `host` is the name that its user gave it, if any.

    A server that listens at all addresses of its machine (`0.0.0.0` or `::`) answers under each address, whichever the machine has.
    """

    def __init__(self, address: str, port: int, host: str = "") -> None:
        self._port = port
        self._is_everywhere = ip_address(address).is_unspecified
        names = [*LOOPBACK, *([host.lower()] if host and not _is_address(host) else [])]
        if self._is_everywhere:
            machine = socket.gethostname().lower()
            names += [machine, f"{machine}.local"]
        else:
            names.append(in_address(address))
        with_port = {f"{name}:{port}" for name in names}
        self._names = frozenset(with_port | {name.removesuffix(":80") for name in with_port})

    def __contains__(self, host: object) -> bool:
        """Return True if the server answers under this `Host`."""
        return host in self._names or (self._is_everywhere and isinstance(host, str) and self._is_any_address(host))

    def _is_any_address(self, host: str) -> bool:
        name, _, port = host.rpartition(":") if not host.endswith("]") and ":" in host else (host, "", "80")
        is_whole = name.startswith("[") == name.endswith("]") == (":" in name)
        return port == str(self._port) and is_whole and _is_address(name.strip("[]"))


def in_address(address: str) -> str:
    """Return the number of a machine as it stands in an address: with brackets if it is one of IPv6 (RFC 3986, section 3.2.2)."""
    return f"[{address}]" if ":" in address else address


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def is_own_host(headers: Headers, names: Container[str]) -> bool:
    """Return True if a request was sent to one of the server's names, and to no other."""
    hosts = headers.getlist("host")
    return len(hosts) == 1 and hosts[0].strip().lower() in names


def is_own_page(headers: Mapping[str, str], names: Container[str]) -> bool:
    """Return True if a request comes from a page of this server, or from a program that is no browser."""
    origin = headers.get("origin")
    if origin is not None and origin.lower().removeprefix("http://") not in names:
        return False
    return headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
