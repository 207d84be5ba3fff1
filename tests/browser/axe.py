"""axe-core, run on a page that a test has open."""

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

_SCRIPT: str = Axe().axe_script
_RUN = "([within, options]) => axe.run(within || document, options).then(results => results.violations)"
_COLOUR_RULES = ["color-contrast", "link-in-text-block"]
_RULES_OFF_BY_DEFAULT = ["label-content-name-mismatch", "target-size"]
"""Rules that axe runs only if it is asked to: names contain what is seen (WCAG 2.5.3), and targets have 24 pixels (2.5.8)."""


def violations(
    page: Page, *, colours_only: bool = False, strict: bool = False, within: str = ""
) -> list[tuple[str, str]]:
    """Return the rules that a page breaks, or its part `within` a selector, each with the first element that does.

    With `colours_only`, run only the rules that depend on colours: the others were run on the same page in another scheme. With
    `strict`, also run the rules for names and targets that axe leaves out by default. The page's own policy must be bypassed
    (`bypass_csp`), since it blocks axe.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_SCRIPT)
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if colours_only:
        options["runOnly"] = {"type": "rule", "values": _COLOUR_RULES}
    if strict:
        options["rules"] = {rule: {"enabled": True} for rule in _RULES_OFF_BY_DEFAULT}
    found = page.evaluate(_RUN, [within, options])
    return [(violation["id"], violation["nodes"][0]["html"]) for violation in found]
