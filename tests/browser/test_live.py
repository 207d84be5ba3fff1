"""Live reload in a real browser: pages update on every change and show problems."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ..project import write_project
from ..serve.conftest import Served
from .tabs import Tabs

pytestmark = pytest.mark.browser

NOTE = "notes/2024-03-19.txt"
LONG_DAY = "2024년 3월 19일\n" + "".join(f"글 {n}\n길게 이어지는 글입니다.\n#llm\n" for n in range(40))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    settings = "base_url: https://digest.example/repo/\n"
    older = {f"notes/2020-0{month}-01.txt": f"2020-0{month}-01\n옛 글\n오래된 글입니다.\n#ssm\n" for month in (4, 6)}
    return write_project(tmp_path, {"digest.yaml": settings, NOTE: LONG_DAY, **older})


@pytest.fixture
def page(tabs: Tabs, project: Path) -> Iterator[Page]:
    """Yield the page of a day while it is served."""
    with Served(project) as served:
        page = tabs.take()
        with page.expect_response("**/_digest/events?*"):
            page.goto(f"http://127.0.0.1:{served.port}/repo/2024/03/19/")
        yield page
        page.goto("about:blank")


def test_a_saved_note_appears_by_itself_and_the_page_keeps_its_scroll_position(page: Page, project: Path) -> None:
    page.evaluate("scrollTo(0, 900)")
    write_project(project, {NOTE: LONG_DAY.replace("글 7\n", "일곱째 글\n")})
    expect(page.get_by_role("heading", name="일곱째 글")).to_be_visible()
    page.wait_for_function("() => scrollY === 900")


def test_a_page_that_did_not_change_is_not_reloaded(page: Page, project: Path) -> None:
    page.evaluate("window.untouched = true")
    write_project(project, {"notes/2020-04-01.txt": "2020-04-01\n옛 글\n태그를 잊었습니다.\n"})
    expect(page.locator("#digest-problems")).to_be_attached()
    assert page.evaluate("window.untouched") is True


def test_a_problem_appears_in_the_page_and_disappears_when_it_is_fixed(page: Page, project: Path) -> None:
    panel = page.locator("#digest-problems")
    expect(panel).to_have_count(0)
    write_project(project, {"templates/day.html": "{% if <b>bold</b> %}"})
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("templates/day.html:1")
    expect(panel).to_contain_text("error[template]")
    expect(panel.locator("summary")).to_have_text("1 error")
    assert panel.locator("b b").count() == 0
    expect(page.locator("h1")).to_be_visible()
    (project / "templates" / "day.html").unlink()
    expect(panel).to_have_count(0)


def test_warnings_are_folded_and_a_closed_panel_stays_closed(page: Page, project: Path) -> None:
    panel = page.locator("#digest-problems")
    write_project(project, {"notes/2024-03-20.txt": "2024-03-20\n제목\n태그가 없습니다.\n"})
    expect(panel.locator("summary")).to_have_text("1 warning")
    expect(panel).not_to_have_attribute("open", "")
    write_project(project, {"notes/broken.txt": "2024-02-30\n없는 날입니다.\n"})
    expect(panel).to_have_attribute("open", "")
    panel.locator("summary").click()
    expect(panel).not_to_have_attribute("open", "")
    write_project(project, {"notes/2024-03-20.txt": "2024-03-20\n제목\n고쳐도 태그가 없습니다.\n"})
    page.reload()
    expect(panel).not_to_have_attribute("open", "")


def test_a_page_is_followed_to_the_address_that_a_new_title_gives_it(page: Page, project: Path) -> None:
    day = page.url
    page.goto(f"{day}글-7/")
    page.evaluate("scrollTo(0, 40)")
    for title, slug in (("일곱째 글", "일곱째-글"), ("Seventh note", "seventh-note")):
        with page.expect_navigation(url=f"{day}{slug}/"):
            write_project(project, {NOTE: LONG_DAY.replace("글 7\n", f"{title}\n")})
        expect(page.get_by_role("heading", name=title)).to_be_visible()
    with page.expect_navigation(url=f"{day}글-7/"):
        write_project(project, {NOTE: LONG_DAY})
    expect(page.get_by_role("heading", name="글 7", exact=True)).to_be_visible()


def test_a_day_is_followed_when_its_date_changes(page: Page, project: Path) -> None:
    address = page.url.replace("/03/19/", "/03/21/")
    with page.expect_navigation(url=address):
        write_project(project, {NOTE: LONG_DAY.replace("3월 19일", "3월 21일")})
    expect(page.get_by_role("heading", name="글 7", exact=True)).to_be_visible()
