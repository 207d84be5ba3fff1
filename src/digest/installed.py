"""The metadata of this installation -> where the program came from, and the requirements.txt that gets it from there.

Installers record the origin in `direct_url.json` (PEP 610), unless it is an index. Nothing is ever required by its bare name:
whoever claims a name on an index decides which program everyone gets who installs it without a version.
"""

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from urllib.request import url2pathname

import msgspec
from msgspec import Struct, field

from . import __version__
from .languages import translate, translate_comments
from .repository import find_origin

NAME = "research-digest"
PINNED = r"^(research[-_.]digest(\[[^]]*\])? *(===?|~=|@)|(-e +|--editable[ =])?\./)"
"""The form of a line of a requirements file that says where digest comes from, as an extended regular expression."""


class Source(Struct, frozen=True):
    """Where the program came from.

    `requirement` is its line in a requirements file. It is empty if no other machine can reach the `place`, which is then named
    in words. `choices` are lines that would do instead. `note` is a sentence about what else is needed.
    """

    requirement: str = ""
    place: str = ""
    choices: tuple[str, ...] = ()
    note: str = ""


class _Vcs(Struct):
    vcs: str
    commit_id: str = ""


class _Archive(Struct):
    hashes: dict[str, str] = field(default_factory=dict)
    hash: str = ""


class _DirectUrl(Struct):
    """The content of `direct_url.json`."""

    url: str
    subdirectory: str = ""
    vcs_info: _Vcs | None = None
    archive_info: _Archive | None = None


def find_source() -> Source:
    """Return where the running program came from."""
    package = Path(__file__).resolve().parent
    try:
        metadata = distribution(NAME)
    except PackageNotFoundError:
        return _local_folder(package.parents[1])
    if Path(str(metadata.locate_file(package.name))).resolve() != package:  # an editable installation, or PYTHONPATH
        return _local_folder(package.parents[1])
    return read_source(metadata.read_text("direct_url.json"), metadata.version)


def read_source(direct_url: str | None, version: str) -> Source:
    """Return the source that the content of `direct_url.json` names, or an index for None."""
    if direct_url is None:
        return Source(requirement=f"{NAME}{compatible_with(version)}")
    try:
        direct = msgspec.json.decode(direct_url, type=_DirectUrl)
    except msgspec.DecodeError:
        return Source(place="a place that its metadata does not name", choices=_choices(version))
    parts = urlsplit(direct.url)
    if parts.scheme == "file":
        path = Path(url2pathname(parts.path))
        if direct.archive_info:
            return Source(
                place=f"the file {path}", choices=(*_choices(version)[:1], f"./wheels/{path.name.partition('#')[0]}")
            )
        return _local_folder(path / direct.subdirectory)
    address = _without_password(direct.url)
    fragment = [f"subdirectory={direct.subdirectory}"] if direct.subdirectory else []
    if direct.vcs_info:
        vcs = direct.vcs_info
        end = f"#{fragment[0]}" if fragment else ""
        note = f"the machine that builds the site needs a key for {parts.hostname}" if parts.scheme == "ssh" else ""
        return Source(requirement=f"{NAME} @ {vcs.vcs}+{address}@{vcs.commit_id}{end}", note=note)
    sha256 = _sha256(direct.archive_info or _Archive())
    fragment = [*([f"sha256={sha256}"] if sha256 else []), *fragment]
    return Source(requirement=f"{NAME} @ {address}{'#' if fragment else ''}{'&'.join(fragment)}")


def requirement_with(extra: str) -> str:
    """Return the argument of `pip install` that adds an extra to this installation."""
    source = find_source()
    if source.requirement:
        return source.requirement.replace(NAME, f"{NAME}[{extra}]", 1)
    place = re.match(r"the (?:folder|file) (.+)", source.place)
    return f"{place[1]}[{extra}]" if place else f"{NAME}[{extra}]=={__version__}"


def compatible_with(version: str) -> str:
    """Return the versions that work like one: `~=0.3.1` or `~=1.4`, and for a pre-release `==1.0rc1`, just this one.

    Before 1.0, the second number rises with changes that need work by authors; from then on the first number does.
    """
    numbers = re.fullmatch(r"(\d+)\.(\d+)(\.\d+)?", version)
    if not numbers:
        return f"=={version}"
    major, minor, patch = numbers.groups()
    return f"~={major}.{minor}{patch or '.0'}" if major == "0" else f"~={major}.{minor}"


def write_requirements(source: Source, language: str = "en") -> str:
    """Return the content of a requirements file. Without a requirement, it has only comments that say what to name."""
    if source.requirement:
        comment = translate("Where digest is installed from, on the machine that builds the site.", language)
        return f"# {comment}\n{source.requirement}\n"
    # No path of the author's machine is written, since the file may become public.
    choices = "".join(f"# {choice}\n" for choice in source.choices)
    return f"{translate_comments(_UNNAMED, language)}{choices}"


_UNNAMED = """\
# digest was installed from a folder or a file of the author's machine, which the machine that builds the site cannot read.
# Name another place: take the `#` off one of these lines and complete it. Until then, nothing is installed or published.
"""


def _local_folder(folder: Path) -> Source:
    return Source(place=f"the folder {folder}", choices=_choices(__version__, *find_origin(folder)))


def _choices(version: str, origin: str = "", commit: str = "") -> tuple[str, ...]:
    """Return the lines that name a commit, and a wheel that is committed with the notes."""
    address = _as_https(origin) or "https://HOST/OWNER/REPOSITORY"
    return (f"{NAME} @ git+{address}@{commit or 'COMMIT'}", f"./wheels/research_digest-{version}-py3-none-any.whl")


def _as_https(origin: str) -> str:
    """Return the address of a remote as everyone can read it, such as https://host/owner/name.git for git@host:owner/name.git."""
    short = re.fullmatch(r"(?:[\w.-]+@)?([\w.-]+):(?!/)(.+)", origin)
    if short:
        return f"https://{short[1]}/{short[2]}"
    parts = urlsplit(origin)
    if parts.scheme not in ("https", "http", "ssh", "git") or not parts.hostname:
        return ""
    port = f":{parts.port}" if parts.port and parts.scheme.startswith("http") else ""
    return f"https://{parts.hostname}{port}{parts.path}"


def _without_password(address: str) -> str:
    """Remove a password. Names of variables such as `${TOKEN}`, which installers fill in, stay."""
    parts = urlsplit(address)
    user, at, host = parts.netloc.rpartition("@")
    if not at or parts.scheme == "ssh" or re.fullmatch(r"(\$\{[A-Z0-9_]+\}:?){1,2}", user):
        return address
    return urlunsplit(parts._replace(netloc=host))


def _sha256(archive: _Archive) -> str:
    former = archive.hash.removeprefix("sha256=") if archive.hash.startswith("sha256=") else ""
    return archive.hashes.get("sha256", former)
