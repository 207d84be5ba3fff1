"""Tell a damaged cache from a disk that is full or read-only. Values are stored with a checksum, since SQLite has none."""

import sqlite3
import zlib

import msgspec

_CIRCUMSTANCES = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
)


class DamagedError(Exception):
    """A value in the cache differs from the one that was stored."""


def is_damage(error: Exception) -> bool:
    """Return True if an error means that the cache is damaged. A full or read-only disk is no damage."""
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", 0) & 0xFF not in _CIRCUMSTANCES
    return isinstance(error, DamagedError | msgspec.DecodeError)


def damage_remark(error: Exception) -> str:
    """Return a sentence that says the cache was thrown away, and why."""
    return f"the cache is damaged and is made anew ({error})"


def seal(content: bytes) -> bytes:
    """Return a value with its checksum before it."""
    return zlib.crc32(content).to_bytes(4, "little") + content


def unseal(sealed: object) -> bytes:
    """Return a sealed value without its checksum. Raises DamagedError."""
    content = sealed[4:] if isinstance(sealed, bytes) else b""
    if not isinstance(sealed, bytes) or zlib.crc32(content) != int.from_bytes(sealed[:4], "little"):
        raise DamagedError("an entry of it is not what was put in")
    return content
