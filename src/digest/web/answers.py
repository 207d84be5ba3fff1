"""What became of the request for an address."""

import ipaddress
from typing import Literal

from msgspec import Struct

from ..iri import split_address

State = Literal["good", "moved", "broken", "unsure"]

UNSURE = {
    401: "wants a login",
    403: "refuses programs",
    407: "wants a login at a proxy",
    429: "wants fewer requests",
    451: "refuses for legal reasons",
    999: "refuses programs",
}
"""Statuses that say nothing about the page: it may well be there for a reader."""


class Answer(Struct, frozen=True):
    """Whether an address works.

    `detail` says in a few words why it is not good. A `moved` address redirects for ever to `to`, where a page is. If an address
    is `unsure`, nobody knows: the host refuses to say, or asks for time.
    """

    state: State
    detail: str = ""
    to: str = ""


def answer_of(status: int) -> Answer:
    """Return the meaning of an HTTP status that is no redirect."""
    if status in UNSURE:
        return Answer("unsure", f"answers {status}: it {UNSURE[status]}")
    if 200 <= status < 300:
        return Answer("good")
    return Answer("broken", f"answers {status}")


def is_private(url: str) -> bool:
    """Return True if the host of an address is this machine, or one that only its own network knows.

    Names are not resolved: a name on the public net may lead to a private machine.
    """
    parts = split_address(url)
    if parts is None:  # it leads nowhere
        return False
    host = (parts.hostname or "").rstrip(".")
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local", ".internal", ".home.arpa", ".test"))


def server_of(url: str) -> str:
    """Return the host and the port of an address."""
    parts = split_address(url)
    return parts.netloc.rpartition("@")[2].lower() if parts else ""
