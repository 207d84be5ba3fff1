"""The bytes of a text file -> its text or, if it isn't UTF-8, a problem with the command that converts it."""

from .diagnostics import Diagnostic


def decode(path: str, content: bytes, code: str = "undecodable") -> str | Diagnostic:
    """Return the text of a file without a byte-order mark, or a problem with this `code` at the first wrong byte."""
    nul = content.find(0)
    if nul >= 0:
        encoding = _guess_wide(content)
        reason = f"is {encoding}, not UTF-8: byte {nul} is NUL" if encoding else f"is no text: byte {nul} is NUL"
        hint = _conversion(encoding, path) if encoding else "remove the byte, or keep the file elsewhere"
        return Diagnostic(path, *_place(content, nul), code, f"the file {reason}", hint)
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        encoding = _guess(content)
        reason = f"is {encoding}, not UTF-8" if encoding else "is not UTF-8"
        message = f"the file {reason}: byte {error.start} is 0x{content[error.start]:02X}"
        hint = _conversion(encoding, path) if encoding else "save the file as UTF-8"
        return Diagnostic(path, *_place(content, error.start), code, message, hint)


def _guess(content: bytes) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        text = content.decode("cp949")
    except UnicodeDecodeError:
        return None
    # Any two bytes of the upper half are a character of CP949; Korean text is mostly Hangul syllables.
    foreign = [char for char in text if not char.isascii()]
    hangul = sum("가" <= char <= "힣" for char in foreign)
    return "CP949" if hangul * 2 > len(foreign) else None


def _guess_wide(content: bytes) -> str | None:
    """Return the kind of UTF-16, by its mark or by zero in every second byte; None for other bytes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    if len(content) % 2 or len(content) < 4:
        return None
    for encoding, zeros in (("UTF-16LE", content[1::2]), ("UTF-16BE", content[::2])):
        if zeros.count(0) * 4 > len(zeros):
            try:
                content.decode(encoding)
            except UnicodeDecodeError:
                continue
            return encoding
    return None


def _conversion(encoding: str, path: str) -> str:
    import shlex  # needed for this hint alone

    old, new = shlex.quote(path), shlex.quote(f"{path}.utf8")
    return f"convert it with: iconv -f {encoding} -t UTF-8 {old} > {new} && mv {new} {old}"


def _place(content: bytes, offset: int) -> tuple[int, int]:
    """Return the line and the column of a byte, taking the bytes before it for UTF-8."""
    end = b"\n" if b"\n" in content else b"\r"
    start = content.rfind(end, 0, offset) + 1
    before = content[start:offset].decode("utf-8", errors="replace")
    return content.count(end, 0, offset) + 1, len(before.removeprefix("\ufeff") if start == 0 else before) + 1
