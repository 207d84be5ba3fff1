"""Style sheets without comments."""

import pytest

from digest.site.styles import strip_comments


def test_comments_that_end_a_line_are_left_out() -> None:
    style = "/* Birds.\n   Two lines. */\n.wren { color: red; } /* it's loud */\n"
    assert strip_comments(style) == "\n.wren { color: red; } \n"


@pytest.mark.parametrize(
    "style",
    [
        "/*! A licence. */\n",
        ".a/* one */.b { color: red; }\n",
        '.a { content: "/* no comment */"; }\n',
        ".a { content: '/*'; } .b { content: '*/';\n}\n",
        ".a { background: url(/*a*/); }\n",
        "/* never closed\n",
    ],
)
def test_licences_strings_and_comments_between_words_are_kept(style: str) -> None:
    assert strip_comments(style) == style
