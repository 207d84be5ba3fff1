"""Scripts without comments and indentation."""

import pytest

from digest.site.scripts import strip_comments


def test_comments_that_fill_lines_and_indentation_are_left_out() -> None:
    script = "// A module.\n\n/** Add. @param {number} a */\nconst f = (a) => a + 1; // one\n  /**\n   * Two\n   */\n  f(2);\n//\n"
    assert strip_comments(script) == "\nconst f = (a) => a + 1; // one\nf(2);\n"


@pytest.mark.parametrize(
    "line", ["/*! A licence. */\n", "//# sourceMappingURL=a.map\n", "let a; /** kept */\n", "f(`// a`);\n"]
)
def test_licences_source_maps_and_comments_after_code_are_kept(line: str) -> None:
    assert strip_comments(f"// gone\n{line}") == line


@pytest.mark.parametrize(
    "script",
    [
        "const text = `\n// no comment\n`;\n",
        "const text = `\n/** no comment */\n`;\n",
        "const text = 'a\\\n// no comment';\n",
        "/* a\n// b */\nf();\n",
        "/* a\n/** b */\nf();\n",
    ],
)
def test_a_script_with_a_string_or_comment_of_several_lines_is_unchanged(script: str) -> None:
    assert strip_comments(script) == script
