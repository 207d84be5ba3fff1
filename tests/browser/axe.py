"""axe-core, run on a page that a test has open."""

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

_SCRIPT: str = Axe().axe_script
_RUN = "([within, options]) => axe.run(within || document, options).then(results => results.violations)"
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that depend on colours."""
NAMES_AND_SIZES = ("label-content-name-mismatch", "target-size")
"""Rules that axe runs only if it is asked to: names contain what is seen (WCAG 2.5.3), and targets have 24 pixels (2.5.8)."""


def violations(
    page: Page, *, only: tuple[str, ...] = (), strict: bool = False, within: str = ""
) -> list[tuple[str, str]]:
    """Return the rules that a page breaks, or its part `within` a selector, each with the first element that does.

    With `only`, run these rules and no others: the others were run on the same page at another width or in another scheme. With
    `strict`, also run the rules for names and targets that axe leaves out by default. The page's own policy must be bypassed
    (`bypass_csp`), since it blocks axe.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_SCRIPT)
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if only:
        options["runOnly"] = {"type": "rule", "values": only}
    if strict:
        options["rules"] = {rule: {"enabled": True} for rule in NAMES_AND_SIZES}
    found = page.evaluate(_RUN, [within, options])
    return [(violation["id"], violation["nodes"][0]["html"]) for violation in found]


def violations_in_both_schemes(page: Page, address: str) -> list[tuple[str, str, str, str]]:
    """Open an address; return it with the scheme, the rule, and the first element that breaks the rule."""
    page.emulate_media(color_scheme="light")
    page.goto(address)
    found = [(address, "light", *broken) for broken in violations(page)]
    page.emulate_media(color_scheme="dark")
    return found + [(address, "dark", *broken) for broken in violations(page, only=COLOURS)]
