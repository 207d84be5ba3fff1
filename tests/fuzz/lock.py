"""`digest.lock`: its bytes -> the addresses that are remembered, or the problem with them."""

from msgspec import structs

from digest.addresses.lock import FILE_NAME, Lock, format_lock
from digest.addresses.parsing import parse_lock
from digest.diagnostics import CODES, Diagnostic

from .target import Target, encode_all

SEEDS = (
    """\
# digest.lock 1
# site lamp.example/notes
2024/03/19/lamp xY 8sQa P0kPz3w
2024/03/19/lamp-2 >2024-03-19/lamp-3
2024/03/20/lamp-3 xY - H7Bd =2024-03-19/lamp-3
2024/03/21/buoy Kq uR3_ Aw0e gone
2024/03/22/등대 Kq uR3_ - >2024-03-19/lamp
about/harbour xY aaaa Abbb =about
kinds/note 1
notes 2
notes/a Kq uR3_ Aw0e
tags/llm 3 0aB4z9cQkL
tags/old 1 =Old gone
""",
    "# digest.lock 1\n",
    "",
)
WORDS = encode_all(
    *(line + "\n" for line in SEEDS[0].splitlines()), "=", ">", " gone", " -", " >", " =", "# ", "# site ", "# digest.lock 2\n", "<<<<<<< HEAD\n",
    "=======\n", ">>>>>>> b\n", "||||||| base\n", "2024/03/19/", "2024-03-19/", "tags/", "kinds/", "notes", "notes/", "//", "../", "\ud800", "\ufeff",
)  # fmt: skip


def check(content: bytes) -> None:
    """Check that a lock is read or reported at a place in it, that it survives writing, and that the order of lines decides nothing."""
    lock = parse_lock(content)
    if isinstance(lock, Diagnostic):
        check_problem(lock, content)
        return
    check_owners(lock, content)
    written = format_lock(lock)
    again = parse_lock(written)
    assert isinstance(again, Lock), f"what was written cannot be read: {again}"
    assert _without_lines(again) == _without_lines(lock), "a lock changes when it is written"
    assert format_lock(again) == written
    head, *lines = content.decode().replace("\r\n", "\n").removesuffix("\n").split("\n")
    shuffled = parse_lock("".join(f"{line}\n" for line in (head, *reversed(lines))).encode())
    assert isinstance(shuffled, Lock)
    assert format_lock(shuffled) == written, "the order of lines makes a difference"


def check_problem(problem: Diagnostic, content: bytes) -> None:
    """Check that a problem is at a line of the file."""
    assert problem.path == FILE_NAME
    assert problem.code in CODES
    assert 1 <= problem.line <= content.count(b"\n") + 1, f"no such line: {problem}"
    assert problem.column >= 0


def check_owners(lock: Lock, content: bytes) -> None:
    """Check that each address belongs to a known entry, and that every address in the file is still known."""
    assert set(lock.former.values()) <= lock.entries.keys()
    assert not lock.former.keys() & {held.address for held in lock.entries.values()}, "an address has two owners"
    for name, held in lock.entries.items():
        assert held.id == name
        assert lock.addresses_of(name)[0] == held.address
        assert not held.heir or held.heir in lock.entries
    known = lock.owners.keys() | lock.lists.keys()
    lines = content.decode().replace("\r\n", "\n").split("\n")[1:-1]
    lost = [line for line in lines if not line.startswith("#") and line.partition(" ")[0] not in known]
    assert not lost, f"addresses are forgotten: {lost}"


def _without_lines(lock: Lock) -> tuple[object, ...]:
    entries = {name: structs.replace(held, line=0) for name, held in lock.entries.items()}
    lists = {address: structs.replace(held, line=0) for address, held in lock.lists.items()}
    return lock.site, entries, dict(lock.former), lists


def describe(content: bytes) -> str:
    """Return the lock as it is written again, or the problem with it."""
    lock = parse_lock(content)
    return f"{lock}\n" if isinstance(lock, Diagnostic) else format_lock(lock).decode()


TARGET = Target(check, describe, tuple(seed.encode() for seed in SEEDS), WORDS)
