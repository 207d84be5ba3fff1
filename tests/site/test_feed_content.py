"""The content of entries in feeds: it leads to the works, and says everything even after a feed reader has cleaned it."""

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]
import nh3
import pytest
from lxml import etree, html

from digest.model import Body, Entry, Fragment, Span, Work
from digest.site.feed_content import find_works

from ..project import build_project, write_project

ATOM = "{http://www.w3.org/2005/Atom}"
PAPER = """\
---
title: Owls in the Dark
date: 2024-05-02
tags: [birds]
{settings}---
*Owls in the Dark* (Mina Park, Jun Lee)

> Owls hear mice below snow.

The wings make no sound.
"""
HOME = "https://birds.example/notes/"


def build_note(folder: Path, note: str) -> None:
    write_project(folder, {"notes/owl.md": note, "digest.yaml": f"language: en\nbase_url: {HOME}\n"})
    build_project(folder)


def entry_of(folder: Path) -> etree._Element:
    """Return the only entry of the site's feed."""
    (entry,) = etree.fromstring((folder / "site/feed.xml").read_bytes()).iter(f"{ATOM}entry")
    return entry


def content_of(folder: Path) -> str:
    """Return the content of the only entry. The JSON feed has the same."""
    content = entry_of(folder).findtext(f"{ATOM}content") or ""
    (item,) = json.loads((folder / "site/feed.json").read_bytes())["items"]
    assert item["content_html"] == content
    return content


def related_of(folder: Path) -> list[str]:
    links = entry_of(folder).iter(f"{ATOM}link")
    return [link.get("href", "") for link in links if link.get("rel") == "related"]


def external_of(folder: Path) -> str | None:
    (item,) = json.loads((folder / "site/feed.json").read_bytes())["items"]
    url = item.get("external_url")
    return None if url is None else str(url)


def read(content: str) -> str:
    """Return the text that is left of a content if a reader removes every element, with its runs of spaces as one."""
    return " ".join(nh3.clean(content, tags=set()).replace("&nbsp;", " ").split())


def test_the_first_line_of_a_content_leads_to_the_work(tmp_path: Path) -> None:
    build_note(tmp_path, PAPER.format(settings="link: https://arxiv.org/abs/2405.01234\n"))
    first, *rest = html.fragments_fromstring(content_of(tmp_path))
    assert etree.tostring(first, encoding="unicode", with_tail=False) == (
        '<p>Source: <a href="https://arxiv.org/abs/2405.01234">arXiv:2405.01234</a></p>'
    )
    assert ["".join(map(str, element.itertext())).strip() for element in rest] == [
        "The wings make no sound.",
        "Mina Park, Jun Lee",
        "Owls hear mice below snow.",
    ]
    assert related_of(tmp_path) == ["https://arxiv.org/abs/2405.01234"]
    assert external_of(tmp_path) == "https://arxiv.org/abs/2405.01234"
    parsed: Any = feedparser.parse((tmp_path / "site/feed.xml").read_bytes())
    assert parsed.entries[0].link == f"{HOME}2024/05/02/owls-in-the-dark/"


def test_the_first_line_is_in_the_language_of_the_interface(tmp_path: Path) -> None:
    note = PAPER.format(settings="lang: en\nlink: https://owls.example/a\n")
    write_project(tmp_path, {"notes/owl.md": note, "digest.yaml": f"base_url: {HOME}"})
    build_project(tmp_path)
    assert content_of(tmp_path).startswith('<p lang="ko">원문: <a href="https://owls.example/a">owls.example</a></p>\n')


def test_an_address_with_hangul_is_ascii_in_a_feed(tmp_path: Path) -> None:
    build_note(tmp_path, PAPER.format(settings="link: https://한글.example/부엉이?종=수리&x=1\n"))
    address = "https://xn--bj0bj06e.example/%EB%B6%80%EC%97%89%EC%9D%B4?%EC%A2%85=%EC%88%98%EB%A6%AC&x=1"
    assert related_of(tmp_path) == [address]
    assert external_of(tmp_path) == address
    assert f'<a href="{address.replace("&", "&amp;")}">한글.example</a>' in content_of(tmp_path)


def test_a_work_with_only_a_doi_is_found_by_it() -> None:
    span = Span("notes/owl.md", 1, 1)
    text = Fragment("", "")
    only_doi = Entry(
        dt.date(2024, 5, 2), "Owls", span, doi="10.1000/owl.7", works=(Work("Wrens"), Work("Jays", link=f"{HOME}j"))
    )
    works = find_works(Body(only_doi, text, works=((text, None), (text, None))))
    assert dict(works) == {"https://doi.org/10.1000/owl.7": "doi.org", f"{HOME}j": "birds.example"}


def test_an_entry_about_no_work_has_no_related_link(tmp_path: Path) -> None:
    build_note(tmp_path, PAPER.format(settings=""))
    assert related_of(tmp_path) == []
    assert external_of(tmp_path) is None
    assert content_of(tmp_path).startswith("<p>The wings make no sound.</p>")


SEVERAL = """\
---
date: 2024-05-02
---
https://arxiv.org/abs/2405.01234

*Owls in the Dark* (Mina Park, Jun Lee)

> Owls hear mice below snow.

https://wrens.example/$loud

*How $O(n)$ Wrens Sing* (Ada Kim)

> Wrens sing $10$ times louder than cocks.

https://arxiv.org/abs/2405.01234

*Owls Again*

Two papers on birds.
"""


def test_every_work_of_an_entry_is_in_its_content_with_its_link(tmp_path: Path) -> None:
    build_note(tmp_path, SEVERAL)
    links = ["https://arxiv.org/abs/2405.01234", "https://wrens.example/$loud"]
    assert related_of(tmp_path) == links
    assert external_of(tmp_path) == links[0]
    content = content_of(tmp_path)
    assert content.startswith(
        f'<p>Source: <a href="{links[0]}">arXiv:2405.01234</a>, <a href="{links[1]}">wrens.example</a></p>\n'
    )
    assert (
        '<h3 lang="en"><a href="https://wrens.example/$loud">How \\(O(n)\\) Wrens Sing</a></h3>\n<p>Ada Kim</p>\n'
        in content
    )
    assert "Wrens sing \\(10\\) times louder than cocks." in content


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("The cost is $O(n^2)$ here.", r"The cost is \(O(n^2)\) here."),
        ("$$a < b & c$$", r"\[a &lt; b &amp; c\]"),
        ("$$\nx_i\n= 1\n$$", r"\[x_i = 1\]"),
        ('A $\\text{"quoted"}$ word', r'A \(\text{"quoted"}\) word'),
        (r"Not set: $\frac{1$ is shown.", r"Not set: \(\frac{1\) is shown."),
        ("$$\n\\frac{1\n$$", r"\[\frac{1\]"),
        ("`$x$` is $x$", r"$x$ is \(x\)"),
    ],
)
def test_math_is_tex_that_no_sanitiser_touches(tmp_path: Path, written: str, text: str) -> None:
    build_note(tmp_path, f"---\ndate: 2024-05-02\n---\n# Math\n\n{written}\n")
    content = content_of(tmp_path)
    assert "<math" not in content
    assert read(content) == text


def test_the_boxes_of_tasks_are_signs(tmp_path: Path) -> None:
    build_note(tmp_path, "---\ndate: 2024-05-02\n---\n# Plans\n\n- [x] count owls\n- [ ] count wrens\n")
    assert read(content_of(tmp_path)) == "☑ count owls ☐ count wrens"


@pytest.mark.parametrize(
    ("note", "text"),
    [
        ("2024-05-02\nOnly a <title>\n", "Only a &lt;title&gt;"),
        ("2024-05-02\nOnly a link\nhttps://owls.example/\n", "Source: owls.example"),
        ("---\ntitle: Macros\ndate: 2024-05-02\n---\n$$\n\\newcommand{\\R}{x}\n$$\n", "Macros"),
    ],
)
def test_no_content_is_empty(tmp_path: Path, note: str, text: str) -> None:
    build_note(tmp_path, note)
    assert read(content_of(tmp_path)) == text


def test_a_text_beyond_the_limit_still_leads_to_the_work(tmp_path: Path) -> None:
    build_note(tmp_path, PAPER.format(settings="link: https://owls.example/a\n") + "Loud wings. " * 10_000)
    content = content_of(tmp_path)
    assert content.startswith(
        '<p>Source: <a href="https://owls.example/a">owls.example</a></p>\n<p>The wings make no sound.'
    )
    assert len(content) < 1000


def test_code_tables_and_images_are_kept_with_absolute_addresses(tmp_path: Path) -> None:
    note = """\
---
date: 2024-05-02
---
# Owls

![A wing](wing.png) and [a list](list.pdf), [[Wrens]], [below](#below), [home](/tags/), [days](/2024/05/02/).

| bird | size |
|---|---|
| owl | $40$ cm |

```python
wings = [1, 2]
```

A note.[^1]

## Below

[^1]: Of [feathers](https://feathers.example/).
"""
    image = b"\x89PNG\r\n\x1a\n"
    write_project(
        tmp_path,
        {"notes/wing.png": image, "notes/list.pdf": b"%PDF-1.4\n", "notes/Wrens.md": "---\ntags: [a]\n---\nLoud.\n"},
    )
    build_note(tmp_path, note)
    content = content_of(tmp_path)
    addresses = re.findall(r'(?:href|src)="([^"]*)"', content)
    assert len(addresses) == 9
    assert [address for address in addresses if not address.startswith((HOME, "https://feathers.example/"))] == []
    clean = nh3.clean(content)
    assert re.findall(r'(?:href|src)="([^"]*)"', clean) == addresses
    assert "<td>\\(40\\) cm</td>" in clean
    assert "<pre><code>" in clean
    assert " id=" not in content
