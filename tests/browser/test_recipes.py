"""The recipes of docs/theming.md in Chromium: what they name is loaded, and nothing else is.

The test answers for all hosts but the site's own. The browser asks it only for what the policy of the page allows.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, Route, expect

from ..project import DAY, read_tree, run, write_project
from .searching import PREFIX, served
from .tabs import Tabs, wait_until

GUIDE = Path(__file__).parents[2] / "docs" / "theming.md"
TYPEFACE = Path(__file__).parents[2] / "src/digest/pictures/typeface/digest-cards.otf"
ENTRY = "2024/03/19/grok-1/"
NOTES = {"notes/2024-03-19.txt": DAY}
COMMENTS = """\
const script = document.currentScript;
const style = document.createElement("link");
style.rel = "stylesheet";
style.href = "https://giscus.app/default.css";
document.head.append(style);
const frame = document.createElement("iframe");
frame.title = "Comments";
frame.style.blockSize = "20rem";
frame.src = "https://giscus.app/" + script.dataset.lang + "/widget";
script.after(frame);
const stranger = document.createElement("script");
stranger.src = "https://stranger.example/x.js";
document.head.append(stranger);
fetch("https://stranger.example/api").catch(() => {});
new Image().src = "https://stranger.example/pixel.gif";
"""
COUNT = """\
const endpoint = document.currentScript.dataset.goatcounter;
navigator.sendBeacon(endpoint + "?p=" + encodeURIComponent(location.pathname));
new Image().src = endpoint + "?image";
fetch("https://stranger.example/api").catch(() => {});
const frame = document.createElement("iframe");
frame.src = "https://stats.example.org/frame";
document.documentElement.append(frame);
"""
Visit = Callable[..., tuple[Page, list[str]]]


def recipe(heading: str) -> dict[str, str]:
    """Return the files of a recipe by name, from the section with a heading."""
    section = re.search(rf"^#+ {heading}\n(.*?)(?=^#|\Z)", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert section is not None
    files = dict(re.findall(r"In `([\w./-]+)`[^\n]*:\n\n```\w+\n(.*?)```", section[1], re.DOTALL))
    assert files
    return files


@pytest.fixture
def visit(tabs: Tabs, tmp_path: Path) -> Iterator[Visit]:
    """Yield a function that builds a site with files of a recipe, opens an entry and returns the page and foreign requests."""
    with ExitStack() as serving:

        def visit_(files: dict[str, str | bytes], answers: dict[str, tuple[str, str]]) -> tuple[Page, list[str]]:
            project = write_project(tmp_path, {**NOTES, **files})
            result = run(project, "build", "--strict", "--base-url", f"https://digest.example{PREFIX}")
            assert result.exit_code == 0, result.output
            address = serving.enter_context(served(project / "site"))
            asked: list[str] = []

            def answer(route: Route, request: Request) -> None:
                if request.url.startswith(address):
                    route.continue_()
                    return
                asked.append(f"{request.method} {request.url}")
                kind, body = answers.get(request.url.partition("?")[0], ("text/plain", ""))
                route.fulfill(body=body, content_type=kind, headers={"Access-Control-Allow-Origin": "*"})

            page = tabs.take(may_complain=True)
            page.route("**/*", answer)
            page.goto(address + ENTRY, wait_until="networkidle")
            return page, asked

        yield visit_
        tabs.leave()  # before the server


ANSWERS = {
    "https://giscus.app/client.js": ("text/javascript", COMMENTS),
    "https://giscus.app/default.css": ("text/css", ".comments { outline: 3px solid rgb(1, 2, 3) }"),
    "https://giscus.app/ko/widget": ("text/html", "<p>A comment</p>"),
    "https://stats.example.org/count.js": ("text/javascript", COUNT),
}


def test_comments_of_giscus_load_and_nothing_else_does(visit: Visit) -> None:
    page, asked = visit(recipe("Comments"), ANSWERS)
    page.locator(".comments").scroll_into_view_if_needed()
    page.frame_locator(".comments iframe").get_by_text("A comment").wait_for()
    expect(page.locator(".comments")).to_have_css("outline-color", "rgb(1, 2, 3)")
    assert sorted(asked) == [
        "GET https://giscus.app/client.js",
        "GET https://giscus.app/default.css",
        "GET https://giscus.app/ko/widget",
    ]


def test_without_the_setting_not_even_the_script_of_comments_loads(visit: Visit) -> None:
    files = recipe("Comments")
    del files["digest.yaml"]
    page, asked = visit(files, ANSWERS)
    assert asked == []
    assert page.locator(".comments iframe").count() == 0


def test_a_counter_counts_by_a_request_and_by_an_image_and_gets_no_frame(visit: Visit) -> None:
    page, asked = visit(recipe("A counter of visits"), ANSWERS)
    wait_until(page, lambda: len(asked) >= 3)
    path = PREFIX.replace("/", "%2F") + ENTRY.replace("/", "%2F")
    assert sorted(asked) == [
        "GET https://stats.example.org/count.js",
        "GET https://stats.example.org/count?image",
        f"POST https://stats.example.org/count?p={path}",
    ]


@pytest.mark.parametrize("allowed", [True, False])
def test_a_font_of_the_site_loads_if_the_setting_allows_it(visit: Visit, *, allowed: bool) -> None:
    files: dict[str, str | bytes] = {**recipe("A font of your own")}
    files["templates/static/fonts/own-sans.otf"] = TYPEFACE.read_bytes()
    if not allowed:
        del files["digest.yaml"]
    page, asked = visit(files, {})
    loaded = "async () => { try { await document.fonts.load('1em \"Own Sans\"') } catch {} return [...document.fonts].map(f => f.status) }"
    assert page.evaluate(loaded) == ["loaded" if allowed else "error"]
    assert page.locator("body").evaluate("e => getComputedStyle(e).fontFamily").startswith('"Own Sans"')
    assert asked == []


def test_a_logo_stands_before_the_name_of_the_site(visit: Visit, tmp_path: Path) -> None:
    logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4"/></svg>'
    page, asked = visit({**recipe("A logo"), "templates/static/images/logo.svg": logo}, {})
    (name,) = (name for name in read_tree(tmp_path / "site") if name.startswith("static/images/logo."))
    image = page.locator(".brand").evaluate("e => getComputedStyle(e, '::before').backgroundImage")
    assert image.endswith(f'{PREFIX}{name}")')
    assert asked == []


def test_colours_are_those_of_the_project_but_for_print_and_more_contrast(visit: Visit) -> None:
    page, _ = visit(recipe("Colours and fonts"), {})

    def ground() -> str:
        return str(page.locator("html").evaluate("e => getComputedStyle(e).backgroundColor"))

    page.emulate_media(color_scheme="light")
    assert ground() == "rgb(246, 247, 251)"
    page.emulate_media(color_scheme="dark")
    assert ground() == "rgb(18, 20, 28)"
    page.emulate_media(color_scheme="dark", contrast="more")
    assert ground() == "rgb(0, 0, 0)"
    page.emulate_media(color_scheme="dark", contrast="no-preference", media="print")
    assert ground() == "rgb(255, 255, 255)"
