"""The note or the file that a destination names."""

import pytest

from digest.model import Reference
from digest.text.targets import is_refused, local_reference, media_of, wikilink_reference


@pytest.mark.parametrize(
    ("destination", "kind", "target"),
    [
        ("img/a%20b.png", "file", "img/a b.png"),
        ("a.PDF?download=1", "file", "a.PDF"),
        ("page.html", "file", "page.html"),
        ("{{ '/assets/a.PNG' | prepend: site.baseurl }}", "file", "/assets/a.PNG"),
        ('{{ "/a.png" | relative_url }}', "file", "/a.png"),
        ("{{ site.baseurl }}/a.png", "file", "/a.png"),
        ("{{site.url}}{{site.baseurl}}/a.png", "file", "/a.png"),
        ("{% link _posts/2024-03-19-a.md %}", "note", "_posts/2024-03-19-a.md"),
        ("{% post_url 2024-03-19-a %}", "note", "2024-03-19-a.md"),
        ("../b.md", "note", "../b.md"),
        ("./series/one", "note", "./series/one"),
        ("/2024/title.html#end", "address", "/2024/title.html"),
        ("/feed.xml", "address", "/feed.xml"),
        ("/search/?q=a%20b", "address", "/search/?q=a%20b"),
    ],
)
def test_a_path_of_ones_own_is_a_reference(destination: str, kind: str, target: str) -> None:
    reference = local_reference(destination)
    assert reference is not None
    assert (reference.kind, reference.target) == (kind, target)


@pytest.mark.parametrize(
    "destination",
    [
        "",
        "x",
        "https://a.example/b.png",
        "//a.example/b.png",
        "javascript:x.png",
        "{{ page.image }}",
        "naver.com",
    ],
)
def test_anything_else_is_none(destination: str) -> None:
    assert local_reference(destination) is None


@pytest.mark.parametrize("name", ["C", "R", "json", ".png", "C# 13", "pdf"])
def test_a_name_without_an_ending_is_that_of_a_note(name: str) -> None:
    assert media_of(name) is None
    assert not is_refused(name)
    reference = wikilink_reference(name)
    assert isinstance(reference, Reference)
    assert reference.kind == "note"
