"""Remove comments from style sheets, so that readers don't load them.

Style sheets are not parsed. Only comments that end a line are removed: one between two words keeps them apart.
"""

import re

_COMMENT = r"/\*(?:(?!\*/)[\s\S])*\*/"
_STRING = r""""(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'"""
# A string may look like a comment, and a comment may hold a quotation mark: whichever begins first is the one.
_TOKEN = re.compile(rf"(?P<gone>(?!/\*!){_COMMENT}(?=[ \t]*\n))|{_COMMENT}|{_STRING}")


def strip_comments(style: str) -> str:
    """Return a style sheet without the comments that end a line. Comments with `/*!` are kept."""
    return _TOKEN.sub(lambda match: "" if match["gone"] else match[0], style)
