"""A file's status -> a stamp, by which notes and outputs are told to have changed without reading them."""

import os


def stamp_of(status: os.stat_result) -> bytes:
    """Return what hints that a file is unchanged: size, modification and change time, inode."""
    return b"%d %d %d %d" % (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
