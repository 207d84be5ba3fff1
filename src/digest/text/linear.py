"""MathML -> a line of plain text, for openings, descriptions and search: `x²`, `(a+b)/c`, `softmax(QK^⊤/√(d_k))V`.

The notation is that of Unicode Technical Note 28, "A Nearly Plain-Text Encoding of Mathematics".
"""

from xml.etree import ElementTree as ET

_SUPERSCRIPTS = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_INVISIBLE = {0x2061: " ", 0x2062: "", 0x2063: "", 0xFE00: ""}
"""Function application becomes a space; invisible operators and the choice of a letter's shape go."""
_SIGNS = frozenset("0123456789+-−n")


def linearize(mathml: str) -> str | None:
    """Write the content of a `math` element as a line; return None if it can't be read."""
    try:
        root = ET.fromstring(f"<math>{mathml}</math>")
    except ET.ParseError:
        return None
    return " ".join(_row(root).translate(_INVISIBLE).split())


def _row(element: ET.Element) -> str:
    return (element.text or "") + "".join(map(_write, element))


def _write(element: ET.Element) -> str:
    parts = [_write(child) for child in element]
    match element.tag, parts:
        case "mspace", _:
            return " "
        case "mfrac", [above, below]:
            return f"{_group(above)}/{_group(below)}"
        case "msqrt", _:
            return f"√{_group(''.join(parts))}"
        case "mroot", [inside, index]:
            return f"{_superscript(index)}√{_group(inside)}"
        case "msup", [base, above]:
            return base + _superscript(above)
        case (("msub" | "munder"), [base, below]):
            return f"{base}_{_group(below)}"
        case (("msubsup" | "munderover"), [base, below, above]):
            return f"{base}_{_group(below)}{_superscript(above)}"
        case "mtr", _:
            return ", ".join(parts)
        case "mtable", _:
            return "; ".join(parts)
    return _row(element)


def _superscript(text: str) -> str:
    return text.translate(_SUPERSCRIPTS) if _SIGNS.issuperset(text) else f"^{_group(text)}"


def _group(text: str) -> str:
    """Put parentheses around anything longer than one letter or number."""
    return text if text.isalnum() or len(text) == 1 else f"({text})"
