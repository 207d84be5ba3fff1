"""The settings -> the Content-Security-Policy of every page."""

from collections.abc import Mapping

from markupsafe import Markup

_OWN = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "connect-src": "'self'",
    "img-src": "'self'",
    "manifest-src": "'self'",
    "media-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "worker-src": "'self'",
}


def write_policy(added: Mapping[str, tuple[str, ...]], *, with_media: bool) -> Markup:
    """Return the policy of pages with or without media of the site, with the sources that the settings add to directives.

    A directive that the policy lacks begins with no source at all, as `default-src` says. Equal settings in another order give
    the same policy. The sources hold no character that HTML escapes, as `csp_settings` makes sure; the quotes of `'self'` stay as they are.
    """
    directives = {name: [source] for name, source in _OWN.items() if with_media or name != "media-src"}
    for name in sorted(added):
        sources = directives.setdefault(name, [])
        sources += [source for source in sorted(set(map(_spell, added[name]))) if source not in sources]
    return Markup("; ").join(Markup(f"{name} {' '.join(sources)}") for name, sources in directives.items() if sources)


def _spell(source: str) -> str:
    """Return a source as a policy spells it: `'self'` has quotes, which YAML takes away."""
    return "'self'" if source == "self" else source
