"""Random notes give a complete site: pages have a heading, feeds are well-formed, and no link is broken."""

import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from .project import read_tree, run, write_project

LINES = [
    "2024년 3월 19일", "2024-03-20", "# 2024-03-21", "2024년 2월 30일", "2024-03-19 (화)", "## Heading", "Grok-1", "제목",
    "C++", "(Mina Park, Tom Alder)", "*Title* (Ada Holm)", "We present a thing.", "> A quotation.", "본문입니다.",
    "#llm", "#LLM #추론/양자화", "#x/page/1 #x", "#C# #C++", "＃기계번역, #mt", "", "   ", "특징은,", "하나", "둘", "---", "```python", "```",
    "$x^2$", "$$", "$$\\frac{1}{", "| a | b |", "|---|---|", "- 목록", "1. 하나", "<script>alert(1)</script>", "</main></body>",
    "<english>", "English text here.", "</english>", "# Links", "[[Grok-1]]", "[[제목|다른 말]]", "[[없음]]", "arXiv:2403.00001",
    "https://arxiv.org/abs/2403.00001", "https://example.org/한글", "[x](javascript:alert(1))", "![그림](https://example.org/a.png)",
    "**굵게(bold)**를", "\x0c", "\u200b", "🎉", "]]>", "&amp; &#0; &lt;", "{{ view }} {% raw %}", '"\'',
]  # fmt: skip
NAMES = [
    "2024-03-19.txt",
    "2024-03-20.md",
    "notes.txt",
    "240321 Grok-1.md",
    "2024-03-22 제목.md",
    "깊은/곳/240322.markdown",
]
FRONT = [
    "",
    "---\ndate: 2024-03-25\ntitle: 앞글\ntags: [a, b/c]\n---\n",
    "---\ndraft: true\n---\n",
    "---\ntags: [\n---\n",
    "---\nslug: '<script>'\nlang: en\nkind: model\n---\n",
]
bodies = st.lists(st.sampled_from(LINES) | st.text(max_size=20), max_size=25)
notes = st.dictionaries(
    st.sampled_from(NAMES),
    st.builds(
        lambda front, lines, end: front + end.join(lines),
        st.sampled_from(FRONT),
        bodies,
        st.sampled_from(["\n", "\r\n"]),
    ),
    max_size=4,
)


@settings(max_examples=25)
@given(notes)
def test_any_notes_give_a_whole_site(files: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        contents = {f"notes/{name}": text.encode(errors="surrogatepass") for name, text in files.items()}
        write_project(folder, {"notes/.keep": b"", **contents, "digest.yaml": b"per_page: 2\n"})
        assert run(folder, "build", "--workers", "1").exit_code in (0, 1)
        for name, content in read_tree(folder / "site").items():
            if name.endswith(".html"):
                (main,) = html.document_fromstring(content).iter("main")
                assert len(list(main.iter("h1"))) == 1
            elif name.endswith(".xml"):
                etree.fromstring(content)
            elif name.endswith(".json"):
                json.loads(content)
        checked = run(folder, "check", "--links", "--format", "json")
        assert [problem for problem in json.loads(checked.stdout) if problem["code"] == "broken-link"] == []
        assert run(folder, "build", "--workers", "1").stderr.partition("nothing to write")[1]
