"""Old addresses: chains, loops, and addresses that are present again."""

import datetime as dt

from digest.addresses.old import OldAddress, settle

HOPS = 20_000


def old(path: str, target: str | None, title: str = "") -> OldAddress:
    return OldAddress(path, target, title)


def test_a_chain_leads_straight_to_its_last_address() -> None:
    found = settle([old("a/", "b/"), old("b/", "c/"), old("c/", "d/", "D")], {"d/"})
    assert {path: each.target for path, each in found.addresses.items()} == {"a/": "d/", "b/": "d/", "c/": "d/"}
    assert {each.title for each in found.addresses.values()} == {"D"}
    assert found.loops == ()


def test_an_old_address_that_is_a_page_again_drops_out() -> None:
    found = settle([old("a/", "b/"), old("b/", "c/")], {"b/", "c/"})
    assert found.addresses == {"a/": old("a/", "b/")}


def test_the_first_of_two_old_addresses_counts() -> None:
    assert settle([old("a/", "b/"), old("a/", "c/")], ()).addresses == {"a/": old("a/", "b/")}


def test_an_address_that_leads_to_a_removed_one_is_removed_with_it() -> None:
    gone = OldAddress("b/", None, date=dt.date(2024, 3, 19))
    assert settle([old("a/", "b/"), gone], ()).addresses["a/"] == OldAddress("a/", None, date=dt.date(2024, 3, 19))


def test_a_loop_is_reported_once_and_nothing_leads_into_it() -> None:
    found = settle([old("x/", "c/"), old("c/", "a/"), old("a/", "b/"), old("b/", "c/"), old("y/", "z/")], {"z/"})
    assert found.loops == (("a/", "b/", "c/"),)
    assert list(found.addresses) == ["y/"]


def test_an_address_that_leads_to_itself_is_a_loop() -> None:
    assert settle([old("a/", "a/#part")], ()).loops == (("a/",),)


def test_a_fragment_survives_a_chain_unless_a_later_step_has_one() -> None:
    found = settle([old("a/", "b/#x"), old("b/", "c/"), old("d/", "e/#y"), old("e/", "c/#z")], {"c/"})
    assert [found.addresses[path].target for path in ("a/", "d/")] == ["c/#x", "c/#z"]


def test_another_site_ends_a_chain() -> None:
    found = settle([old("a/", "b/"), old("b/", "https://digest.example/b/")], ())
    assert found.addresses["a/"].target == "https://digest.example/b/"


def test_a_long_chain_settles_in_any_order() -> None:
    chain = [old(f"{n}/", f"{n + 1}/") for n in range(HOPS)]
    for olds in (chain, chain[::-1]):
        assert {each.target for each in settle(olds, ()).addresses.values()} == {f"{HOPS}/"}
