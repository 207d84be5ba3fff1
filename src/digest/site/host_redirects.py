"""Old addresses -> redirects that a server makes, and the files that tell servers of them.

A redirect of a server keeps the fragment of the address that was asked for, and works for addresses at which no page can lie.
"""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote, unquote_to_bytes

import msgspec
from msgspec import Struct

from ..addresses.old import OldAddress
from ..redirects import can_be_page, is_web_address
from . import routes

MOST_LINES, LONGEST_LINE = 2_000, 1_000
"""Cloudflare Pages reads no more lines without placeholders, and no longer ones."""

_URL_SAFE = "/:@%~!$&'()*+,;=?#[]"


class HostRedirect(Struct, frozen=True):
    """A redirect of a server.

    `asked` is the path that is asked for, from the server's root and not escaped. `target` is an escaped address on the same
    server or an `https:` address. `path` is the site path of the old address.
    """

    asked: str
    target: str
    path: str


def list_redirects(old_addresses: Iterable[OldAddress], root: str) -> tuple[HostRedirect, ...]:
    """Return the redirects of each old address with a target: a folder is asked for with and without its last `/`."""
    redirects = []
    for old in old_addresses:
        if old.target is None:
            continue
        asked, target = routes.address(root, old.path), _escaped(old.target, root)
        redirects.append(HostRedirect(asked, target, old.path))
        if asked.endswith("/"):
            redirects.append(HostRedirect(asked.removesuffix("/"), target, old.path))
    return tuple(redirects)


def _escaped(target: str, root: str) -> str:
    return quote(target if is_web_address(target) else routes.address(root, target), safe=_URL_SAFE)


def fit_netlify(redirects: Iterable[HostRedirect], own: bytes = b"") -> tuple[HostRedirect, ...]:
    """Return the redirects that a `_redirects` file can hold beside the author's `own` lines, which count in its place.

    Pages have to stand in for the others, so addresses where no page can lie come first.
    """
    rules = [line.split()[0] for line in own.splitlines() if line.split() and not line.lstrip().startswith(b"#")]
    asked = {unquote_to_bytes(rule) for rule in rules}
    fitting = [
        redirect
        for redirect in sorted(redirects, key=lambda redirect: can_be_page(redirect.path))
        if len(_netlify_line(redirect)) <= LONGEST_LINE and redirect.asked.encode() not in asked
    ]
    return tuple(fitting[: max(0, MOST_LINES - len(rules))])


def write_redirects(redirects: Sequence[HostRedirect], form: str) -> str:
    """Return the text that tells a server of redirects: `form` is `netlify`, `nginx`, `caddy` or `json`."""
    return {"netlify": write_netlify, "nginx": write_nginx, "caddy": write_caddy, "json": write_json}[form](redirects)


def write_netlify(redirects: Iterable[HostRedirect]) -> str:
    """Return the lines of a `_redirects` file, as Netlify and Cloudflare Pages read it."""
    return "".join(f"{_netlify_line(redirect)}\n" for redirect in redirects)


def _netlify_line(redirect: HostRedirect) -> str:
    # `:` would begin a placeholder, and `*` is one.
    return f"{quote(redirect.asked, safe='/~')} {redirect.target} 301"


def write_nginx(redirects: Iterable[HostRedirect]) -> str:
    """Return a map for the `http` part of nginx's settings: `$digest_redirect` is empty for all other addresses."""
    lines = [f"    {_nginx_key(redirect.asked)} {_nginx_value(redirect.target)};" for redirect in redirects]
    longest = max((len(line.encode()) for line in lines), default=0)
    return "\n".join(
        [
            f"map_hash_bucket_size {max(128, 1 << longest.bit_length())};",
            f"map_hash_max_size {max(2048, 1 << (4 * len(lines)).bit_length())};",
            "map $uri $digest_redirect {",
            *lines,
            "}",
            "",
        ]
    )


def _nginx_key(asked: str) -> str:
    # nginx compares without regard to case, unless the key is a regular expression.
    text = f"~^{_in_regex(asked)}$" if re.search("[A-Z]", asked) else asked
    return _nginx_quoted(text)


def _nginx_value(target: str) -> str:
    return _nginx_quoted(target.replace("$", "%24"))  # `$` begins a variable, and nothing escapes it


def _nginx_quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def write_caddy(redirects: Iterable[HostRedirect]) -> str:
    """Return directives for a site in a Caddyfile: a map, and the redirect of the addresses in it."""
    lines = [f"\t{_caddy_key(redirect.asked)} {_caddy_value(redirect.target)}" for redirect in redirects]
    return "\n".join(
        [
            "map {path} {digest_redirect} {",
            *lines,
            '\tdefault ""',
            "}",
            '@digest_redirect expression `{digest_redirect} != ""`',
            "redir @digest_redirect {digest_redirect} permanent",
            "",
        ]
    )


def _caddy_key(asked: str) -> str:
    # Braces, quotes and backslashes mean something in a Caddyfile; in a regular expression they can be numbers.
    text = f"~^{_in_regex(asked)}$" if re.search(r'[{}"`\\]', asked) else asked
    return f'"{text}"'


def _caddy_value(target: str) -> str:
    return f'"{target}"'  # an escaped address has neither quotes nor backslashes nor braces


def _in_regex(text: str) -> str:
    """Return a regular expression that matches a text alone, as PCRE and Go read it, without quotes and backslashes in it."""
    return "".join(
        character if character.isalnum() or character in "/_-" else f"\\x{{{ord(character):x}}}" for character in text
    )


def write_json(redirects: Iterable[HostRedirect]) -> str:
    """Return a JSON object of addresses and their targets."""
    table = {redirect.asked: redirect.target for redirect in redirects}
    return msgspec.json.format(msgspec.json.encode(table), indent=1).decode() + "\n"
