"""An error of the YAML reader -> the mistake in its author's words, at the place where the author made it.

The reader reports where it could not go on. The mistake is often earlier: a quotation mark that nothing closes, or a title
with a colon in it.
"""

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from .yaml_nodes import YamlError


class YamlMistake(Struct, frozen=True):
    """A mistake with its 0-based line and column, a message, and what to do. `line` is None if the place is unknown.

    If the mistake is none of the usual ones, the message is the reader's, `is_known` is False, and `hint` is empty.
    """

    line: int | None
    column: int
    message: str
    hint: str = ""
    is_known: bool = True


def explain_yaml(text: str, error: YamlError) -> YamlMistake:
    """Return the mistake that an error in a text comes from."""
    if error.is_syntax and error.line is not None:
        lines = text.split("\n")
        for explain in (_find_tab, _EXPLAINED.get(error.reason)):
            found = explain(lines, error) if explain else None
            if found:
                return found
    return YamlMistake(error.line, error.column, error.reason, is_known=False)


_PAIR = re.compile(r"""(?P<before>\s*(?:- +)*(?P<key>[\w.\-/]+|"[^"]*"|'[^']*')\s*:\s+)(?P<value>\S.*)""")
_UNSPACED = re.compile(r"(\s*)([\w-]+):([^\s:/][^:]*)$")
_WIDE = re.compile(r"(\s*)([\w-]+)\s*：\s*(.*)$")
_SAME_COLUMN = "begin all keys of one group in the same column, and indent with spaces"


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _line(lines: Sequence[str], number: int) -> str:
    return lines[number].rstrip("\r") if 0 <= number < len(lines) else ""


def _above(lines: Sequence[str], number: int) -> int:
    """Return the number of the line above that is neither empty nor a comment, or -1."""
    number -= 1
    while number >= 0 and (not lines[number].strip() or lines[number].lstrip().startswith("#")):
        number -= 1
    return number


def quote(value: str) -> str:
    """Write a text as YAML in quotes, in those that need no backslash."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def _quoted_pair(pair: re.Match[str]) -> str:
    value = re.sub(r"\s+#.*$", "", pair["value"]).rstrip()
    return f"put it in quotes: `{pair['key']}: {quote(value)}`"


def _find_tab(lines: Sequence[str], error: YamlError) -> YamlMistake | None:
    for number in (error.line or 0, (error.line or 0) - 1):
        column = _indent(_line(lines, number)).find("\t")
        if column >= 0 and _line(lines, number).strip():
            return YamlMistake(number, column, "the line is indented with a tab", "indent with spaces, not with tabs")
    return None


def _explain_colon(lines: Sequence[str], error: YamlError) -> YamlMistake | None:
    """Explain a second colon: one in a value, or that of a key which the reader took for the end of the value above."""
    number = error.line or 0
    pair = _PAIR.match(_line(lines, number))
    if pair and error.column >= len(pair["before"]):
        message = f"the value of `{pair['key']}` contains a colon and a space"
        return YamlMistake(number, len(pair["before"]), message, _quoted_pair(pair))
    above = _above(lines, number)
    if above < 0:
        return None
    if wide := _WIDE.match(_line(lines, above)):
        message = "the colon `：` is a full-width one, which ends no key"
        return YamlMistake(above, wide[0].index("："), message, f"write `{wide[2]}: {wide[3].rstrip()}`")
    if unspaced := _UNSPACED.match(_line(lines, above)):
        message = f"there is no space after the colon of `{unspaced[2]}`"
        return YamlMistake(above, unspaced.start(3), message, f"write `{unspaced[2]}: {unspaced[3].rstrip()}`")
    indent = len(_indent(_line(lines, number)))
    if indent > len(_indent(_line(lines, above))) or _line(lines, above).lstrip().startswith("- "):
        return YamlMistake(number, indent, "the line is indented, so it continues the value above", _SAME_COLUMN)
    return None


def _explain_start(lines: Sequence[str], error: YamlError) -> YamlMistake | None:
    """Explain a value that begins with a character that means something else in YAML."""
    number = error.line or 0
    pair = _PAIR.match(_line(lines, number))
    if not pair or error.column < len(pair["before"]):
        return None
    column, first = len(pair["before"]), pair["value"][0]
    shown = "a backtick" if first == "`" else f"`{first}`"
    return YamlMistake(number, column, f"a value cannot begin with {shown}", _quoted_pair(pair))


def _explain_list(lines: Sequence[str], error: YamlError) -> YamlMistake | None:
    number = error.line or 0
    pair = _PAIR.match(_line(lines, number))
    if not pair:
        return None
    hint = f"write the item on a line of its own below `{pair['key']}:`; if it is a text, {_quoted_pair(pair)}"
    return YamlMistake(number, len(pair["before"]), "a list cannot begin on the line of its key", hint)


def _explain_key(lines: Sequence[str], error: YamlError) -> YamlMistake | None:
    """Explain text behind a closing quotation mark, or a key in a column of its own."""
    number = error.line or 0
    line = _line(lines, number)
    pair = _PAIR.match(line)
    if pair and pair["value"][0] in "\"'" and error.column > len(pair["before"]):
        mark, value = pair["value"][0], pair["value"].rstrip()
        inner = value[1:-1] if len(value) > 1 and value.endswith(mark) else value
        hint = f"write `{pair['key']}: {quote(inner)}`"
        return YamlMistake(number, error.column, "there is text after the closing quotation mark", hint)
    if pair and pair["value"][0] in "[{" and error.column > len(pair["before"]):
        return YamlMistake(number, error.column, "there is text after the closing bracket", _quoted_pair(pair))
    if error.column == len(_indent(line)) and line.strip():
        return YamlMistake(number, error.column, "the line begins in a column of its own", _SAME_COLUMN)
    return None


def _explain_missing_colon(lines: Sequence[str], error: YamlError) -> YamlMistake | None:
    number = _above(lines, error.line or 0)
    word = _line(lines, number).strip()
    if not word or ": " in word or word.endswith(":"):
        return None
    wide = _WIDE.match(word)
    hint = f"write `{wide[2]}: {wide[3]}`" if wide else "add a colon and a value"
    return YamlMistake(number, len(_indent(_line(lines, number))), f"`{word}` is no `key: value` line", hint)


def _explain_end(lines: Sequence[str], error: YamlError) -> YamlMistake | None:
    """Explain a quotation mark that nothing closes."""
    if error.begin is None:
        return None
    number, column = error.begin
    mark = _line(lines, number)[column : column + 1]
    if mark not in ('"', "'"):
        return None
    return YamlMistake(
        number, column, "the quotation mark here is never closed", f"write `{mark}` at the end of the text too"
    )


def _explain_bracket(lines: Sequence[str], error: YamlError) -> YamlMistake | None:
    if error.begin is None:
        return None
    number, column = error.begin
    mark = _line(lines, number)[column : column + 1]
    if mark not in ("[", "{"):
        return None
    end = "]" if mark == "[" else "}"
    message = f"the `{mark}` here is never closed, or a comma is missing"
    return YamlMistake(number, column, message, f"end it with `{end}`; put a text that begins with `{mark}` in quotes")


def _explain_escape(lines: Sequence[str], error: YamlError) -> YamlMistake | None:
    number = error.line or 0
    pair = _PAIR.match(_line(lines, number))
    backslash = _line(lines, number).rfind("\\", 0, error.column + 1)
    if not pair or backslash < 0:
        return None
    message = f"`{_line(lines, number)[backslash : backslash + 2]}` means nothing in double quotes"
    value = pair["value"].rstrip()
    inner = value[1:-1] if value.endswith('"') else value[1:]
    return YamlMistake(number, backslash, message, f"write `{pair['key']}: {quote(inner)}`")


def _explain_repeat(lines: Sequence[str], error: YamlError) -> YamlMistake | None:
    number = error.line or 0
    pair = _PAIR.match(_line(lines, number))
    name = re.match(r"\*[\w-]+", _line(lines, number)[error.column :])
    if not name:
        return None
    hint = _quoted_pair(pair) if pair and error.column == len(pair["before"]) else "put it in quotes"
    return YamlMistake(number, error.column, f"`{name[0]}` stands for a value that is nowhere", hint)


def _explain_outdent(lines: Sequence[str], error: YamlError) -> YamlMistake | None:
    number = error.line or 0
    return YamlMistake(number, error.column, "the line is indented less than the first one", _SAME_COLUMN)


def _explain_mixture(lines: Sequence[str], error: YamlError) -> YamlMistake | None:
    message = "a list is followed by a line without `- `"
    return YamlMistake(
        error.line, error.column, message, "begin each item with `- `, and the next key in the column of the key above"
    )


def _explain_document(lines: Sequence[str], error: YamlError) -> YamlMistake | None:
    return YamlMistake(error.line, error.column, "`---` begins another document, which is not read", "remove the line")


_EXPLAINED: dict[str, Callable[[Sequence[str], YamlError], YamlMistake | None]] = {
    "mapping values are not allowed in this context": _explain_colon,
    "found character that cannot start any token": _explain_start,
    "did not find expected alphabetic or numeric character": _explain_start,
    "did not find expected comment or line break": _explain_start,
    "mapping keys are not allowed in this context": _explain_start,
    "block sequence entries are not allowed in this context": _explain_list,
    "did not find expected key": _explain_key,
    "could not find expected ':'": _explain_missing_colon,
    "found unexpected end of stream": _explain_end,
    "did not find expected ',' or ']'": _explain_bracket,
    "did not find expected ',' or '}'": _explain_bracket,
    "did not find expected node content": _explain_bracket,
    "found unknown escape character": _explain_escape,
    "found undefined alias": _explain_repeat,
    "did not find expected <document start>": _explain_outdent,
    "did not find expected '-' indicator": _explain_mixture,
    "but found another document": _explain_document,
}
"""How the reasons of libyaml come about."""
