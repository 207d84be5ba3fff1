"""HTML -> Markdown as digest reads it: a line a paragraph, and no mark that the author didn't set.

The conversion is markdownify's (MIT licence), which is installed with `research-digest[import]` and loaded when it is needed.
"""

import re
from importlib import import_module
from typing import Any

from .imported import SourceError
from .markdown import escape

_ADDRESS = re.compile(r"(https?://[^\s<>]+)")
_BLANK_LINES = re.compile(r"\n{3,}")
_CLASS = re.compile(r"(?:lang(?:uage)?|highlight|brush)[-:]\s*([\w+#-]+)")
_FOOTNOTE = re.compile(r"\[(\d+)\]\(#footnote-\d+[^)\s]*\)")
_FOOTNOTE_TEXT = re.compile(r"^\[(\d+)\]\(#footnote-anchor-\d+[^)\s]*\)\s*", re.MULTILINE)


def write_markdown(html: str) -> str:
    """Return the Markdown of a piece of HTML. Raises SourceError if the library is not installed."""
    try:
        converter = _make_converter(import_module("markdownify"))
    except ImportError as error:
        from ..installed import requirement_with

        raise SourceError(f'HTML needs another library; run: pip install "{requirement_with("import")}"') from error
    text = _BLANK_LINES.sub("\n\n", converter.convert(html)).strip("\n")
    return _FOOTNOTE_TEXT.sub(r"[^\1]: ", _FOOTNOTE.sub(r"[^\1]", text))


def _make_converter(markdownify: Any) -> Any:
    """Return a converter that escapes text as digest needs it, and keeps the addresses of frames, films and sound."""

    def escape_text(_: Any, text: str, parent_tags: Any) -> str:
        pieces = _ADDRESS.split(text)
        escaped = "".join(piece if n % 2 else escape(piece) for n, piece in enumerate(pieces))
        return re.sub(r"^(\s*)(?=[#＃])", r"\1\\", escaped)

    def convert_frame(_: Any, element: Any, text: str, parent_tags: Any) -> str:
        address = element.get("src") or ""
        return f"\n\n{address}\n\n{text}" if address.startswith(("https://", "http://")) else text

    frames = dict.fromkeys(("convert_iframe", "convert_video", "convert_audio"), convert_frame)
    kind = type("Converter", (markdownify.MarkdownConverter,), {"escape": escape_text, **frames})
    return kind(
        heading_style="ATX",
        bullets="-",
        wrap=True,
        wrap_width=None,
        autolinks=False,
        table_infer_header=True,
        code_language_callback=_find_language,
    )


def _find_language(element: Any) -> str:
    """Return the language of a block of code, from its class or that of the code in it."""
    inner = element.find("code")
    classes = [*(element.get("class") or ()), *((inner.get("class") or ()) if inner else ())]
    return next((found[1] for name in classes if (found := _CLASS.match(name))), "")
