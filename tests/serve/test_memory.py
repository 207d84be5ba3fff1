"""The server's memory stays the same however often the site changes."""

import sys
from pathlib import Path

import pytest

from ..project import DAY, write_project
from .conftest import Served

SETTLED, SAVES = 20, 60
ALLOWED_KILOBYTES = 4000
"""What the allocator and garbage that is not collected yet may add."""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the memory of a process in /proc")
def test_memory_stays_flat_while_a_note_is_saved_again_and_again(tmp_path: Path) -> None:
    notes = {f"notes/2403{day:02} Day.md": f"Text of day {day}. " * 400 for day in range(1, 31)}
    project = write_project(tmp_path, {**notes, "notes/2024-04-01.txt": DAY})
    with Served(project) as served:
        before = 0
        for number in range(SETTLED + SAVES):
            # Former texts are kept, up to a number: a short one adds little.
            write_project(project, {"notes/240330 Day.md": f"Text number {number}.\n"})
            served.wait_until("/2024/03/30/", f"number {number}.".encode())
            for path in ("/", "/data/entries.json", "/feed.xml", "/nowhere/"):
                served.get(path)
            if number == SETTLED:
                before = served.memory()
        assert served.memory() - before < ALLOWED_KILOBYTES
