"""Remove comments and indentation from scripts, so that readers don't load them.

Scripts are not parsed. Only comments that fill whole lines are removed, and only if no string or other comment of the script
spans several lines. All other scripts are left unchanged.
"""

import re

_COMMENT = re.compile(r"^[ \t]*(?://(?: (?:(?!\*/).)*)?|/\*\*[\s\S]*?\*/)[ \t]*\n", re.MULTILINE)
_TEMPLATE = re.compile(r"`(?:[^`\\\n]|\\.)*`")
_OPEN_COMMENT = re.compile(r"/\*(?:(?!\*/).)*\n")
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


def strip_comments(script: str) -> str:
    """Return a script without indentation and without the `//` and `/** */` comments that fill whole lines.

    Comments with `/*!` and `//#` are kept. A script is returned unchanged if a string, a template or another block comment in it spans several lines.
    """
    stripped = _COMMENT.sub("", script)
    if "\\\n" in script or "`" in _TEMPLATE.sub("", stripped) or _OPEN_COMMENT.search(stripped):
        return script
    return _INDENT.sub("", stripped)
