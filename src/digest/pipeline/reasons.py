"""The inputs that all pages share, in this build and the last one -> the reason why pages are made again; and lists of reasons."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from ..site.views import Site
from ..store.epoch import program_hash
from ..store.staging import hash_bytes
from ..wording import counted
from .job import Job

PARTS = "epoch-parts"
"""The name of the fact that holds the hashes of what all pages of the last complete build shared."""
SHOWN = 10
"""So many files are listed of each reason."""
_UNKNOWN = "settings, menus, theme or version changed"
_SETTING, _TEMPLATE = "setting ", "template "
_DECODER = msgspec.msgpack.Decoder(dict[str, bytes])


def parts_of(job: Job, site: Site) -> dict[str, bytes]:
    """Return the hash of each input that all pages share, by its name."""
    encode = msgspec.msgpack.Encoder(order="deterministic").encode
    return {
        **{f"{_SETTING}{key}": hash_bytes(encode(getattr(job.config, key))) for key in job.config.__struct_fields__},
        **{f"{_TEMPLATE}{name}": hash_bytes(content) for name, content in job.theme.items()},
        "plugins": job.plugins.digest,
        "drafts": bytes([job.drafts]),
        "menu": hash_bytes(encode((site.masthead, site.footer))),
        "name": site.id.encode(),
        "version": program_hash(),
    }


def encode_parts(parts: Mapping[str, bytes]) -> bytes:
    """Return hashes as they are remembered."""
    return msgspec.msgpack.encode(parts)


def explain_difference(remembered: bytes | None, parts: Mapping[str, bytes]) -> str:
    """Return the reason why all pages are made again; `remembered` are the hashes of the last build."""
    try:
        former = _DECODER.decode(remembered or b"")
    except msgspec.DecodeError:
        return _UNKNOWN
    changed = [name for name in sorted({*former, *parts}) if former.get(name) != parts.get(name)]
    settings = _names(changed, _SETTING)
    templates = [name for name in _names(changed, _TEMPLATE) if ":" not in name]
    other = {
        "plugins": "a plugin changed",
        "drafts": "drafts are shown or hidden",
        "menu": "the links of the menu changed",
        "name": "the name of the site changed",
        "version": "digest, Python or a library has another version",
    }
    reasons = [
        *([f"{_join(settings)} changed in digest.yaml or on the command line"] if settings else []),
        *([f"the theme changed: {_join(templates)}"] if templates else []),
        *(words for name, words in other.items() if name in changed),
    ]
    return "; ".join(reasons) or _UNKNOWN


def _names(changed: Iterable[str], kind: str) -> list[str]:
    return [name.removeprefix(kind) for name in changed if name.startswith(kind)]


def _join(names: Sequence[str]) -> str:
    """Name at most three things."""
    shown = [f"`{name}`" for name in names[:3]]
    if len(names) > 3:
        return f"{', '.join(shown)} and {len(names) - 3} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def list_reasons(reasons: Iterable[tuple[str, str]], *, every: bool = False) -> Iterator[str]:
    """Yield a line for each reason with the number of its files, and lines with the first files, with `every` all of them."""
    files: dict[str, list[str]] = defaultdict(list)
    for path, reason in reasons:
        files[reason].append(path)
    for reason, paths in sorted(files.items(), key=lambda item: (-len(item[1]), item[0])):
        yield f"{reason}: {counted(len(paths), 'file')}"
        shown = paths if every or len(paths) <= SHOWN + 1 else paths[:SHOWN]
        yield from (f"  {path}" for path in shown)
        if len(shown) < len(paths):
            yield f"  and {len(paths) - len(shown):,} more; --all shows each"
