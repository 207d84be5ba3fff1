"""axe-core, run on a page that a test has open."""

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

_SCRIPT: str = Axe().axe_script
_RUN = "options => axe.run(document, options).then(results => results.violations)"
_COLOUR_RULES = ["color-contrast", "link-in-text-block"]


_EXTRA_RULES = ["label-content-name-mismatch", "target-size"]
"""Rules that axe runs only if it is asked to: names contain what is seen (WCAG 2.5.3), and targets have 24 pixels (2.5.8)."""


def violations(page: Page, *, colours_only: bool = False, extra: bool = False) -> list[tuple[str, str]]:
    """Return the rules that a page breaks, each with the first element that does. With `extra`, run the `_EXTRA_RULES` too.

    With `colours_only`, run only the rules that depend on colours: the others were run on the same page in another scheme. The
    page's own policy must be bypassed (`bypass_csp`), since it blocks axe.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_SCRIPT)
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if colours_only:
        options["runOnly"] = {"type": "rule", "values": _COLOUR_RULES}
    if extra:
        options["rules"] = {rule: {"enabled": True} for rule in _EXTRA_RULES}
    found = page.evaluate(_RUN, options)
    return [(violation["id"], violation["nodes"][0]["html"]) for violation in found]
