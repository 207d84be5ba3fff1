"""Remove comments from scripts: readers need not load what only authors read.

No script is parsed. Only comments that fill whole lines go, and only from scripts in which every other line is sure to begin
outside strings and comments; other scripts stay as they are.
"""

import re

_COMMENT = re.compile(r"^[ \t]*(?://(?: (?:(?!\*/).)*)?|/\*\*[\s\S]*?\*/)[ \t]*\n", re.MULTILINE)
_TEMPLATE = re.compile(r"`(?:[^`\\\n]|\\.)*`")
_OPEN_COMMENT = re.compile(r"/\*(?:(?!\*/).)*\n")


def strip_comments(script: str) -> str:
    """Return a script without the `//` and `/** */` comments that fill whole lines; `/*!` and `//#` are no such comments.

    A script with a string, template or other block comment of several lines is returned unchanged.
    """
    stripped = _COMMENT.sub("", script)
    if "\\\n" in script or "`" in _TEMPLATE.sub("", stripped) or _OPEN_COMMENT.search(stripped):
        return script
    return stripped
