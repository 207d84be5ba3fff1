"""Files that a project's style sheets name and the theme doesn't have."""

from pathlib import Path

from digest.site.missing_assets import MissingAsset, find_missing_assets
from digest.site.theme import PACKAGED

from ..project import DAY, run, write_project


def find(css: str, *others: str, name: str = "static/css/own.css") -> list[MissingAsset]:
    return list(find_missing_assets({name: css.encode(), **dict.fromkeys(others, b"")}))


def test_a_file_that_is_there_is_not_missing() -> None:
    css = 'a { src: url("../fonts/a.woff2") }\n@import "more.css";\n'
    assert find(css, "static/fonts/a.woff2", "static/css/more.css") == []


def test_a_missing_file_has_the_place_of_its_name() -> None:
    css = '/* url(none.png)\n*/\na { src: url("../fonts/a.woff2"), url(b.woff) }\n'
    found = [(asset.line, asset.column, asset.name) for asset in find(css)]
    assert found == [(3, 15, "../fonts/a.woff2"), (3, 39, "b.woff")]


def test_addresses_and_parts_of_pages_are_no_files_of_the_theme() -> None:
    css = "a { b: url(data:image/png,x) url(/files/x.png) url(#x) url(https://a.example/x) url(../../files/x.png) }"
    assert find(css) == []


def test_a_name_with_a_query_leads_to_the_name_of_the_file() -> None:
    (asset,) = find("a { src: url(a.woff?#iefix) }", "static/css/a.woff")
    assert asset.known == "a.woff"


def test_a_sheet_of_the_theme_is_not_looked_into() -> None:
    sheet = b"a { src: url(none.png) }"
    assert list(find_missing_assets({"static/a.css": sheet, f"{PACKAGED}static/a.css": sheet})) == []


def test_check_and_build_report_a_missing_file(tmp_path: Path) -> None:
    own = '@font-face {\n  src: url("../fonts/own.ttf");\n}\n'
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY, "templates/static/css/own.css": own})
    for command in ("check", "build"):
        output = run(tmp_path, command).output
        assert "templates/static/css/own.css:2:13: warning[missing-file] there is no file `../fonts/own.ttf`" in output
