"""Redirects as authors write them in digest.yaml."""

from digest.addresses.by_hand import RedirectMistake, read_redirects
from digest.addresses.old import OldAddress

LOOP_HINT = "let one of them lead to a page"


def test_redirects_are_old_addresses_with_their_targets() -> None:
    pairs = [("/old", "/new/#part"), ("/%EC%98%9B/", "https://other.example/"), ("/a.html", "/")]
    assert read_redirects(pairs) == (
        (OldAddress("old/", "new/#part"), OldAddress("옛/", "https://other.example/"), OldAddress("a.html", "")),
        (),
    )


def test_every_mistake_has_the_number_of_its_redirect_and_the_rest_is_read() -> None:
    olds, mistakes = read_redirects([("x", "/new/"), ("/a/", "/new/"), ("/b/", "javascript:x"), ("/a", "/other/")])
    assert olds == (OldAddress("a/", "new/"),)
    assert [(mistake.number, mistake.in_target, mistake.message) for mistake in mistakes] == [
        (0, False, "`x` does not begin with `/`"),
        (2, True, "`javascript:x` begins with neither `/` nor `http://` nor `https://`"),
        (3, False, "`/a` and `/a/` are one address"),
    ]


def test_a_loop_is_named_once_with_all_its_steps() -> None:
    _, mistakes = read_redirects(
        [("/in/", "/b/"), ("/b/", "/c/?x=y#z"), ("/c", "/a"), ("/a/", "/b"), ("/self/", "/self/#top")]
    )
    assert mistakes == (
        RedirectMistake(3, "the redirects lead in a loop, from `/a/` to `/b/` to `/c/` to `/a/`", LOOP_HINT),
        RedirectMistake(4, "the redirects lead in a loop, from `/self/` to `/self/`", LOOP_HINT),
    )


def test_a_query_for_a_page_that_only_leads_on_is_dropped_and_a_fragment_is_kept() -> None:
    olds, _ = read_redirects([("/a/", "/b/?x=y#z"), ("/b/", "/c/?x=y")])
    assert olds == (OldAddress("a/", "b/#z"), OldAddress("b/", "c/?x=y"))
