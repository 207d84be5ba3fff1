"""Problems that only all notes together show, each at its place."""

from pathlib import Path

from ..project import DAY, build_project, write_project

ELSEWHERE = {"notes/2024-03-19.txt": DAY, "notes/2024-03-20.txt": "2024-03-20\n둘째\n글.\n#a\n"}


def test_a_mistyped_year_is_reported_at_its_date_line(tmp_path: Path) -> None:
    text = "2024-03-21\n하나\n글.\n#a\n\n  2062-03-21\n둘\n글.\n#a\n"
    write_project(tmp_path, {**ELSEWHERE, "notes/days.txt": text})
    (found,) = build_project(tmp_path).diagnostics
    assert (found.code, found.path, found.line, found.column) == ("far-date", "notes/days.txt", 6, 3)
    assert "38 years" in found.message


def test_a_mistyped_year_in_front_matter_or_in_a_name_is_reported_there(tmp_path: Path) -> None:
    front = "---\ntitle: A\ndate: 2099-03-21T10:00\n---\n글.\n#a\n"
    write_project(tmp_path, {**ELSEWHERE, "notes/a.md": front, "notes/1924-03-21 B.md": "글.\n#a\n"})
    found = [(d.code, d.path, d.line, d.column) for d in build_project(tmp_path).diagnostics]
    assert found == [("far-date", "notes/1924-03-21 B.md", 0, 0), ("far-date", "notes/a.md", 3, 7)]


def test_an_entry_that_is_now_inside_another_is_reported_with_both_places(tmp_path: Path) -> None:
    text = "2024-03-21\n하나\n글.\n#a\n## **둘**\n글.\n#b\n"
    write_project(tmp_path, {"notes/2024-03-21.md": text})
    assert build_project(tmp_path).diagnostics == ()
    write_project(tmp_path, {"notes/2024-03-21.md": text.replace("#a\n", "꼬리표 #a 없음\n\n")})
    (found,) = (d for d in build_project(tmp_path).diagnostics if d.code == "joined-entry")
    assert (found.path, found.line) == ("notes/2024-03-21.md", 6)
    assert "at line 5" in found.message
    assert "begins at line 2" in found.message
    write_project(tmp_path, {"notes/2024-03-21.md": text})
    assert build_project(tmp_path).diagnostics == ()


def test_an_entry_that_was_taken_out_or_renamed_is_no_finding(tmp_path: Path) -> None:
    text = "2024-03-21\n하나\n글.\n#a\n둘\n글.\n#b\n"
    write_project(tmp_path, {"notes/2024-03-21.txt": text})
    build_project(tmp_path)
    write_project(tmp_path, {"notes/2024-03-21.txt": text.replace("둘", "셋")})
    assert build_project(tmp_path).diagnostics == ()
