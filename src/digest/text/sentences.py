"""A line of prose -> its sentences. Made for Korean prose with English terms in it."""

import re

_CLOSERS = r"[\"'”’」』)\]]*"
_END = re.compile(rf"[.?!…。]{_CLOSERS}$")
_PARENTHESIS = re.compile(r"\s*\((?:[^()]|\([^()]*\))*\)\s*$")
# A stop ends a sentence if a space follows it, except after a single letter or a common abbreviation.
_BREAK = re.compile(
    rf"[.?!…。](?<!\b[A-Za-z]\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)(?<!\bal\.)(?<!\bcf\.)"
    rf"(?<!\bFig\.)(?<!\bEq\.)(?<!\bNo\.)(?<!\bDr\.)(?<!\betc\.)(?<!\b\d\.)(?<!\b\d\d\.)({_CLOSERS})\s+"
)


def ends_sentence(line: str) -> bool:
    """Return True if a line ends in sentence punctuation, even if a parenthesis such as a source follows it."""
    line = line.rstrip()
    while True:
        if _END.search(line):
            return True
        shorter = _PARENTHESIS.sub("", line)
        if shorter == line:
            return False
        line = shorter


def split_sentences(line: str) -> list[str]:
    """Split a line into sentences. A full stop inside parentheses ends none."""
    sentences: list[str] = []
    start = 0
    for match in _BREAK.finditer(line):
        if line[start : match.start()].count("(") > line[start : match.end(1)].count(")"):
            continue
        sentences.append(line[start : match.end(1)])
        start = match.end()
    sentences.append(line[start:].rstrip())
    return [sentence for sentence in sentences if sentence]
