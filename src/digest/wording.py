"""Words of messages that depend on a number."""


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 entry`, `1,234 entries`."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def figures(seconds: float, *counts: str) -> str:
    """Return the last line of a command, such as `1 entry, 12 files, nothing to write in 0.18 s`."""
    return f"{', '.join(counts)} in {seconds:.2f} s"
