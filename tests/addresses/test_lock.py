"""The form of `digest.lock`: what is written is read again, and what a merge leaves is put in order."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from digest.addresses.lock import GONE, HEADER, NOTHING, Held, HeldList, Lock, format_lock, id_at
from digest.addresses.parsing import parse_lock
from digest.addresses.sketch import EMPTY
from digest.diagnostics import Diagnostic

from .history import reread

ADDRESSES = (
    "2024/03/19/grok-1",
    "2024/03/19/grok-1-2",
    "2024/03/20/상태-공간",
    "2024/03/20/con_",
    "notes/생각",
    "notes/a-index",
    "about",
    "projects/x",
)
TAGS = ("tags/llm", "tags/a/b", "tags/c-sharp", "kinds/con_", "notes")


def read(*lines: str) -> Lock:
    lock = parse_lock("".join(f"{line}\n" for line in (HEADER, *lines)).encode())
    assert isinstance(lock, Lock), lock
    return lock


sketches = st.sampled_from([EMPTY, "Ab_- -", "- PAbc", "0123 zAbcDefGhiJklMnoPqrStu"])
entries = st.builds(
    lambda address, sketch, gone, key: Held(id_at(address), address, "xY", sketch, gone=gone, key=key),
    st.sampled_from(ADDRESSES),
    sketches,
    st.booleans(),
    st.sampled_from(["", "kim2024lark", "01ai2024yi-12"]),
)
lists = st.builds(
    lambda address, pages, members, gone: HeldList(
        address, {"tags/c-sharp": "c#"}.get(address, address.partition("/")[2]), pages, members, gone=gone
    ),
    st.sampled_from(TAGS),
    st.integers(1, 10**6),
    st.sampled_from(["", "Ab_-0", "Ab_-012345"]),
    st.booleans(),
)


@st.composite
def locks(draw: st.DrawFn) -> Lock:
    """Make a lock as a build leaves it: some entries have former addresses, and some that are gone have heirs."""
    held = {each.id: each for each in draw(st.lists(entries, max_size=6))}
    former: dict[str, str] = {}
    for name in draw(st.lists(st.sampled_from(sorted(held)), max_size=3)) if held else ():
        address = f"2024/05/01/new-{len(former)}"
        former[held[name].address] = name
        held[name] = structs.replace(held[name], address=address)
    present = [name for name in held if not held[name].gone]
    for name, each in held.items():
        if each.gone and present and draw(st.booleans()):
            held[name] = structs.replace(each, heir=draw(st.sampled_from(present)))
    found = {each.address: each for each in draw(st.lists(lists, max_size=4))}
    return Lock(draw(st.sampled_from(["", "user.github.io/repo"])), held, former, found)


def without_lines(lock: Lock) -> Lock:
    return structs.replace(
        lock,
        entries={name: structs.replace(held, line=0) for name, held in lock.entries.items()},
        lists={address: structs.replace(held, line=0) for address, held in lock.lists.items()},
    )


@given(locks())
def test_what_is_written_is_read_again(lock: Lock) -> None:
    assert without_lines(reread(lock)) == lock


@given(locks())
def test_the_lines_are_in_the_order_of_their_bytes(lock: Lock) -> None:
    lines = [line for line in format_lock(lock).splitlines() if not line.startswith(b"#")]
    assert lines == sorted(lines)


@given(locks(), locks(), st.integers(0, 2**32))
def test_the_lines_of_two_branches_in_any_order_are_one_lock_that_forgets_no_address(
    one: Lock, other: Lock, seed: int
) -> None:
    lines = [line for lock in (one, other) for line in format_lock(lock).decode().splitlines()[1:]]
    shuffled = list(lines)
    Random(seed).shuffle(shuffled)
    merged = read(*shuffled)
    assert without_lines(merged) == without_lines(read(*lines))
    assert reread(merged).owners == merged.owners
    assert format_lock(reread(merged)) == format_lock(merged)
    assert merged.owners.keys() >= one.owners.keys() | other.owners.keys()
    assert merged.lists.keys() == one.lists.keys() | other.lists.keys()
    assert set(merged.owners.values()) <= merged.entries.keys()


@given(st.binary(max_size=80) | st.text("#<=> /.-\n\r\t일aZ09", max_size=60).map(str.encode))
def test_no_bytes_raise_an_error(content: bytes) -> None:
    for begun in (content, f"{HEADER}\n".encode() + content, f"{HEADER}\n".encode() + content + b"\n"):
        read = parse_lock(begun)
        assert isinstance(read, Lock) or (read.code, read.path) == ("lock", "digest.lock")


@given(locks(), st.data())
def test_a_lock_that_is_cut_off_is_an_error_or_a_whole_number_of_lines(lock: Lock, data: st.DataObject) -> None:
    whole = format_lock(lock)
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]
    found = parse_lock(cut)
    assert isinstance(found, Diagnostic) or cut.endswith(b"\n")


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "||||||| 1a2b3c", "=======", ">>>>>>> phone"])
def test_every_mark_of_a_conflict_is_an_error_at_its_line(mark: str) -> None:
    found = parse_lock(f"{HEADER}\n2024/03/19/a xY - -\n{mark}\n".encode())
    assert isinstance(found, Diagnostic)
    assert (found.code, found.line, found.column) == ("lock", 3, 1)
    assert "conflict" in found.message


def test_an_entry_that_is_present_on_one_branch_is_not_gone() -> None:
    for lines in (("a xY - -", f"a xY - - {GONE}"), (f"a xY - - {GONE}", "a xY - -")):
        assert not read(*lines).entries["a"].gone


def test_an_entry_that_two_branches_moved_has_both_addresses() -> None:
    lock = read("2024/03/19/a >2024-03-19/a", "2024/03/19/b xY - - =2024-03-19/a", "2024/03/19/c xY - - =2024-03-19/a")
    assert set(lock.addresses_of("2024-03-19/a")) == {"2024/03/19/a", "2024/03/19/b", "2024/03/19/c"}


def test_an_address_that_two_branches_gave_to_two_entries_belongs_to_one_of_them() -> None:
    lock = read("2024/03/19/a >2024-03-19/a", "2024/03/19/b xY - P123 =2024-03-19/a", "2024/03/19/b xY - Q456")
    assert lock.owners == {"2024/03/19/a": "2024-03-19/a", "2024/03/19/b": "2024-03-19/b"}
    assert lock.entries["2024-03-19/a"].sketch == "- P123"


def test_a_former_address_of_an_unknown_entry_is_one_of_a_removed_entry() -> None:
    lock = read("2024/03/19/b >2024-03-19/a")
    assert lock.entries["2024-03-19/a"].gone
    assert lock.owners.keys() == {"2024/03/19/a", "2024/03/19/b"}


def test_two_names_of_a_site_are_an_error_at_the_second_and_one_name_may_be_there_twice() -> None:
    assert read("# site a.example", "# site a.example").site == "a.example"
    problem = parse_lock(f"{HEADER}\n# site b.example\n# site a.example\n".encode())
    assert isinstance(problem, Diagnostic)
    assert (problem.line, problem.message) == (3, "the site has two names here, `b.example` and `a.example`")


def test_the_larger_number_of_pages_counts() -> None:
    assert read("tags/llm 3", "tags/llm 12 01234").lists["tags/llm"].pages == 12


def test_nothing_is_written_as_a_header_alone() -> None:
    assert format_lock(NOTHING) == f"{HEADER}\n".encode()
