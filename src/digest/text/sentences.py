"""A line of prose -> its sentences. Made for Korean prose with English terms in it."""

import re

_STOPS = ".?!…。"
_CLOSING = "\"'”’」』)]"
_CLOSERS = f"[{re.escape(_CLOSING)}]*"
_DEEPEST = 2
"""How deep the parentheses behind a sentence may be nested."""
# A stop ends a sentence if a space follows it, except after a single letter or a common abbreviation.
_BREAK = re.compile(
    rf"[.?!…。](?<!\b[A-Za-z]\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)(?<!\bal\.)(?<!\bcf\.)"
    rf"(?<!\bFig\.)(?<!\bEq\.)(?<!\bNo\.)(?<!\bDr\.)(?<!\betc\.)(?<!\b\d\.)(?<!\b\d\d\.)({_CLOSERS})\s+"
)


def ends_sentence(line: str) -> bool:
    """Return True if a line ends in sentence punctuation, even if a parenthesis such as a source follows it."""
    end = len(line)
    while end:
        while end and line[end - 1].isspace():
            end -= 1
        stop = end
        while stop and line[stop - 1] in _CLOSING:
            stop -= 1
        if stop and line[stop - 1] in _STOPS:
            return True
        end = _opening_parenthesis(line, end)
    return False


def _opening_parenthesis(line: str, end: int) -> int:
    """Return the place of the parenthesis that opens the one before `end`, or 0 if none ends there."""
    if not line.endswith(")", 0, end):
        return 0
    depth = 0
    for place in range(end - 1, -1, -1):
        if line[place] == ")":
            depth += 1
            if depth > _DEEPEST:
                return 0
        elif line[place] == "(":
            depth -= 1
            if not depth:
                return place
    return 0


def split_sentences(line: str) -> list[str]:
    """Split a line into sentences. A full stop inside parentheses ends none."""
    sentences: list[str] = []
    start = opened = closed = counted = 0
    for match in _BREAK.finditer(line):
        end = match.end(1)
        opened += line.count("(", counted, end)
        closed += line.count(")", counted, end)
        counted = end
        if opened > closed:
            continue
        sentences.append(line[start:end])
        start = match.end()
        opened = closed = 0
    sentences.append(line[start:].rstrip())
    return [sentence for sentence in sentences if sentence]
