"""Symbolic references and where they lead once the archive is known."""

import pytest

from digest.model import Fragment, Reference
from digest.text.anchors import anchor_of
from digest.text.fragment import ResolvedFile, ResolvedReference, resolve_references
from digest.text.markdown import render_commentary
from digest.text.opening import opening


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
        '<p>(<a class="ref" href="/repo/2023/05/17/palm-2/">arXiv:2305.10403v2</a>'
        '\u00a0<a class="ref-out" href="https://arxiv.org/abs/2305.10403v2" aria-label="arXiv.org: 2305.10403v2">arXiv</a>)에서</p>\n'
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


def files(reference: Reference) -> ResolvedFile | None:
    """Resolve the files that end in `1`, each with an address that its ending gives."""
    stem, _, ending = reference.target.rpartition(".")
    size = (400, 200) if ending in ("png", "mp4") else (0, 0)
    return ResolvedFile(f"/files/x.{ending}", *size) if stem.endswith("1") else None


def resolved(text: str) -> str:
    return str(resolve_references(render_commentary(text), files)).strip()


def test_an_image_has_its_own_size_or_the_one_asked_for_in_proportion() -> None:
    assert resolved("![그림](a1.png)") == (
        '<p><img src="/files/x.png" alt="그림" width="400" height="200" loading="lazy" decoding="async"></p>'
    )
    assert 'width="100" height="50"' in resolved("![[a1.png|100]]")
    assert 'width="100" height="30"' in resolved("![[a1.png|100x30]]")
    assert 'width="300" height="150"' in resolved('<img src="a1.png" width="300">')


def test_an_svg_is_an_image_and_nothing_leads_to_it_by_itself() -> None:
    assert '<img src="/files/x.svg"' in resolved("![](a1.svg)")
    assert resolved("[그림](a1.svg)") == "<p>그림</p>"


def test_a_film_and_sound_are_elements_and_a_document_is_a_link() -> None:
    assert resolved("![[a1.mp4]]") == (
        '<p><video src="/files/x.mp4" aria-label="a1.mp4" width="400" height="200" controls preload="metadata"></video></p>'
    )
    assert '<audio src="/files/x.mp3" aria-label="a1.mp3" controls preload="none"></audio>' in resolved("![[a1.mp3]]")
    assert resolved("[논문](a1.pdf)") == '<p><a class="file" href="/files/x.pdf">논문</a></p>'
    assert '<a class="file" href="/files/x.pdf#page=3">a1.pdf</a>' in resolved("![[a1.pdf#page=3]]")


def test_a_file_that_nobody_finds_shows_its_words_or_its_name() -> None:
    assert resolved("![그림 <1>](a.png)") == '<p><span class="ref-missing">그림 &lt;1&gt;</span></p>'
    assert resolved("![[folder/그림.png|300]]") == '<p><span class="ref-missing">그림.png</span></p>'
    assert resolved("[논문](a.pdf)") == '<p><span class="ref-missing">논문</span></p>'


def test_a_figure_has_its_title_as_caption() -> None:
    assert resolved('![결과](a1.png "표 1")') == (
        '<figure><img src="/files/x.png" alt="결과" width="400" height="200" loading="lazy" decoding="async">'
        "<figcaption>표 1</figcaption></figure>"
    )


def test_an_embed_is_a_link_with_the_excerpt_of_the_note() -> None:
    fragment = render_commentary("![[다른 글]]")
    resolve = Resolver(ResolvedReference("/a/", "다른 글의 제목", "첫 문장 <1>."))
    assert str(resolve_references(fragment, resolve)) == (
        '<p><span class="embed"><a class="ref" href="/a/">다른 글의 제목</a>'
        ' <span class="excerpt">첫 문장 &lt;1&gt;.</span></span></p>\n'
    )
    assert resolve.asked == [Reference("note", "다른 글")]


def test_a_link_to_a_heading_of_the_same_text_leads_there_and_to_none_is_no_link() -> None:
    fragment = render_commentary("# 방법\n[[#방법]] [아래](#방법) [[#없음]]")
    assert str(resolve_references(fragment, Resolver(None), prefix="x:")) == (
        '<h3 id="x:방법">방법</h3>\n<p><a class="ref" href="#x:방법">방법</a> <a class="ref" href="#x:방법">아래</a>'
        ' <span class="ref-missing">없음</span></p>\n'
    )


def test_without_ids_places_are_those_of_the_page_that_has_them() -> None:
    fragment = render_commentary("말[^1].\n[^1]: 주석")
    markup = str(resolve_references(fragment, Resolver(None), page="https://example.org/a/", ids=False))
    assert " id=" not in markup
    assert '<a href="https://example.org/a/#fn-1" role="doc-noteref"' in markup


def test_text_that_looks_like_a_place_stays_text() -> None:
    fragment = render_commentary('# 제목\n<p id="ref:here:x"> id="ref:here:x" href="#ref:here:y"')
    assert 'id="ref:here:x" href="#ref:here:y"' in str(resolve_references(fragment, Resolver(None)))


def test_a_reference_keeps_the_heading_or_the_block_it_names() -> None:
    references = render_commentary("[[글#방법]] [[글#^a1]] [말](b%20c.md#결과) [파일](../x.pdf)").references
    assert references == (
        Reference("note", "글", "방법"),
        Reference("note", "글", "^a1"),
        Reference("note", "b c.md", "결과"),
        Reference("file", "../x.pdf"),
    )


def test_the_id_of_a_heading_is_found_by_its_words_its_slug_and_its_path() -> None:
    (anchor,) = render_commentary("## 3.1 방법과 *결과*").anchors
    assert anchor_of("3.1 방법과 결과") == anchor_of("3-1-방법과-결과") == anchor_of("장#3.1 방법과 결과") == anchor


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("글\n\n$\\nosuch{x}$ 글", ("unset-math", 2)),
        ("- 항목\n- $$\n  \\nosuch\n  $$", ("unset-math", 1)),
        ("글\n$$\nx = 1\n산문입니다.", ("unclosed-math", 1)),
        ("<details>\n\n$\\nosuch$\n\n</details>", ("unset-math", 2)),
        ("글\n{% x %} {{ y }}", ("template-tags", 1)),
    ],
)
def test_a_problem_is_reported_at_its_line(text: str, found: tuple[str, int]) -> None:
    (finding,) = render_commentary(text).findings
    assert (finding.code, finding.line) == found


def test_template_tags_are_one_finding_with_their_number() -> None:
    assert [finding.count for finding in render_commentary("{% a %} {{ b }}\n{: .c}\n`{{ d }}`").findings] == [3]


def test_an_opening_begins_after_the_headings() -> None:
    assert opening(render_commentary("# 요약\n## 첫째 절\n첫 문장입니다. 둘째.").html).plain == "첫 문장입니다. 둘째."
    assert opening(render_commentary("# 제목뿐").html).plain == "제목뿐"
    assert opening(render_commentary("---\n글").html).plain == "글"
