"""Symbolic references and where they lead once the archive is known."""

from digest.model import Fragment, Reference
from digest.text.fragment import ResolvedReference, resolve_references
from digest.text.markdown import render_commentary


def everywhere(url: str, label: str = "") -> "Resolver":
    return Resolver(ResolvedReference(url, label))


class Resolver:
    """Resolves every reference to the same place, and remembers what it was asked."""

    def __init__(self, place: ResolvedReference | None) -> None:
        self.place = place
        self.asked: list[Reference] = []

    def __call__(self, reference: Reference) -> ResolvedReference | None:
        self.asked.append(reference)
        return self.place


def test_a_known_paper_leads_to_its_entry_with_its_arxiv_address_beside_it() -> None:
    fragment = render_commentary("(https://arxiv.org/abs/2305.10403v2)에서")
    assert str(resolve_references(fragment, everywhere("/repo/2023/05/17/palm-2/"))) == (
        '<p>(<a class="ref" href="/repo/2023/05/17/palm-2/">arXiv:2305.10403</a>'
        ' <a class="ref-out" href="https://arxiv.org/abs/2305.10403" aria-label="arXiv:2305.10403">arXiv</a>)에서</p>\n'
    )


def test_an_unknown_paper_leads_to_arxiv() -> None:
    fragment = render_commentary("arXiv:cs/0112017")
    assert str(resolve_references(fragment, Resolver(None))) == (
        '<p><a class="ref" href="https://arxiv.org/abs/cs/0112017">arXiv:cs/0112017</a></p>\n'
    )


def test_a_wikilink_to_a_known_note_leads_to_its_entry_under_its_title() -> None:
    fragment = render_commentary("[[240312 Branch & Mix.md]] [[240312 Branch & Mix|그 글]]")
    assert str(resolve_references(fragment, everywhere("/2024/03/12/x/", "Branch-Train-MiX <1>"))) == (
        '<p><a class="ref" href="/2024/03/12/x/">Branch-Train-MiX &lt;1&gt;</a>'
        ' <a class="ref" href="/2024/03/12/x/">그 글</a></p>\n'
    )


def test_a_wikilink_to_an_unknown_note_is_no_link() -> None:
    fragment = render_commentary("[[없는 글]]")
    assert str(resolve_references(fragment, Resolver(None))) == '<p><span class="ref-missing">없는 글</span></p>\n'


def test_references_are_asked_for_as_they_were_written() -> None:
    resolver = Resolver(None)
    fragment = render_commentary("[[가/나 100%|라벨]] arXiv:2305.10403 [[가/나 100%]]")
    resolve_references(fragment, resolver)
    assert resolver.asked == [
        Reference("note", "가/나 100%"),
        Reference("arxiv", "2305.10403"),
        Reference("note", "가/나 100%"),
    ]
    assert fragment.references == (Reference("note", "가/나 100%"), Reference("arxiv", "2305.10403"))


def test_an_address_cannot_break_out_of_its_attribute() -> None:
    fragment = render_commentary("[[가]]")
    assert '"><script>' not in str(resolve_references(fragment, everywhere('/"><script>')))


def test_a_text_without_references_asks_nothing() -> None:
    resolver = Resolver(None)
    assert str(resolve_references(Fragment("<p>가</p>\n", "가"), resolver)) == "<p>가</p>\n"
    assert resolver.asked == []
