"""Templates and views -> text: the Jinja environment.

A user's template hides the packaged template of the same name, which is still available under the prefix `theme:`.
Everything is escaped except Markup from the text stage. An undefined name is an error with its place. Templates are passed
as bytes, not as files: the bytes that are rendered are the bytes that were hashed, and a worker on another machine needs
no folder.
"""

import contextlib
import traceback
from collections.abc import Callable, Mapping, MutableMapping
from functools import cached_property, lru_cache, partial
from types import CodeType, MappingProxyType
from typing import Any

import jinja2
from markupsafe import Markup, escape
from msgspec import Struct

from ..conflicts import START, find_conflict
from ..diagnostics import Diagnostic, DiagnosticError
from ..languages.strings import Strings
from ..text.characters import encode_printable
from .direct_code import DirectCodeGenerator, call
from .template_mistakes import Undefined, explain_syntax, explain_undefined
from .theme import OWN, OWN_STYLES, PACKAGED
from .views import Site

COMPILED_KEPT = 512
"""Compiled templates that a process remembers at most: several themes, a few MB."""
RESULTS_KEPT = 256
"""Results that `cached` remembers for each macro."""

_LISTED = "the documentation of templates lists all templates and the names that each can use"


class RenderError(DiagnosticError):
    """A template can't be rendered; the diagnostic names its line."""


class _NoFileError(Exception):
    """A template names a static file that isn't there."""


class Renderer:
    """Renders the views of one site. The docstring of `views` lists the names that a template can use.

    `templates` maps names to sources: a user's templates by their name, and packaged ones by their name after `theme:`.
    """

    def __init__(
        self,
        site: Site,
        ui: Strings,
        assets: Mapping[str, str],
        templates: Mapping[str, bytes],
        bytecode: jinja2.BytecodeCache | None = None,
        names: Mapping[str, object] = MappingProxyType({}),
    ) -> None:
        given = {
            "site": site,
            "ui": ui,
            "asset": _asset(assets),
            "cached": lru_cache(RESULTS_KEPT),
            "filled": _filled(templates, assets),
        }
        self._make = partial(_make_environment, _loader(templates), bytecode, {**names, **given})
        self._direct = self._make(_DirectEnvironment)
        self._templates: dict[str, jinja2.Template] = {}
        self._names = [name.removeprefix(PACKAGED) for name in templates]

    def load(self) -> None:
        """Load every template. A mistake in one is reported when a page needs it."""
        for name in self._names:
            with contextlib.suppress(jinja2.TemplateSyntaxError, RenderError):
                self._direct.get_template(name)

    def render(self, name: str, view: Struct) -> bytes:
        """Render a view with a template. Raises RenderError."""
        try:
            template = self._templates.get(name)
            if template is None:
                template = self._templates[name] = self._direct.get_template(name)
            return encode_printable(template.render(view=view))
        except DiagnosticError:  # also of a plugin that a template calls
            raise
        except Exception:  # a template may call any method of the values in its view
            return self._render_indirectly(name, view)

    @cached_property
    def _indirect(self) -> jinja2.Environment:
        return self._make(_Environment)

    def _render_indirectly(self, name: str, view: Struct) -> bytes:
        """Render with Jinja's own code a view that direct code cannot render, or report the mistake in the template."""
        try:
            template = self._indirect.get_template(name)
            content = encode_printable(template.render(view=view))
        except DiagnosticError:
            raise
        except jinja2.TemplateSyntaxError as error:
            message, hint = explain_syntax(error, self._indirect)
            raise _mistake(error.filename or error.name or name, error.lineno, message, hint) from error
        except jinja2.UndefinedError as error:
            raise _mistake(*_place(error, name), *explain_undefined(error, _LISTED)) from error
        except jinja2.TemplateNotFound as error:
            raise _mistake(*_place(error, name), f"there is no template `{error.name}`") from error
        except _NoFileError as error:
            raise _mistake(*_place(error, name), str(error)) from error
        except Exception as error:
            raise _mistake(*_place(error, name), f"{type(error).__name__}: {error}") from error
        self._templates[name] = template  # its other pages are likely to need Jinja's own code, too
        return content


def escaped(value: object) -> str:
    """Escape a value for HTML as MarkupSafe's `escape` does, but return text without special characters as it is.

    Wrapping it in Markup would take longer than finding that there is nothing to escape, and a regular expression takes longer
    than five searches.
    """
    if type(value) is str:
        if "&" in value or "<" in value or ">" in value or '"' in value or "'" in value:
            return escape(value)
        return value
    return value if type(value) is Markup else escape(value)


class _Template(jinja2.Template):
    """A template whose output isn't wrapped in Markup piece by piece, which would take a quarter of rendering."""

    @classmethod
    def from_code(
        cls,
        environment: jinja2.Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002 - as Jinja calls it
        uptodate: Callable[[], bool] | None = None,
    ) -> jinja2.Template:
        """Load compiled code, and replace the `escape` that all of its functions call."""
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__.update(escape=escaped, call=call)
        return template


_compiled: dict[tuple[type, str, str | None, str | None], CodeType] = {}
"""The code of templates by environment, source, name and file. Every environment of a class compiles alike."""


class _Environment(jinja2.Environment):
    template_class = _Template

    def compile(  # type: ignore[override]
        self,
        source: str,
        name: str | None = None,
        filename: str | None = None,
        raw: bool = False,
        defer_init: bool = False,
    ) -> str | CodeType:
        """Compile a template once in a process, also if several sites use it: compiling all takes longer than a small build."""
        if raw or defer_init:
            return super().compile(source, name, filename, raw, defer_init)  # type: ignore[call-overload, no-any-return]
        key = type(self), source, name, filename
        code = _compiled.get(key)
        if code is None:
            if len(_compiled) >= COMPILED_KEPT:
                _compiled.clear()
            code = _compiled[key] = super().compile(source, name, filename)
        return code

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Give all templates the same globals: Jinja's layered globals are copied in Python at every import."""
        return self.globals


class _DirectEnvironment(_Environment):
    code_generator_class = DirectCodeGenerator


def _make_environment(
    loader: Callable[[str], tuple[str, str, None] | None],
    bytecode: jinja2.BytecodeCache | None,
    names: Mapping[str, object],
    kind: type[_Environment],
) -> jinja2.Environment:
    environment = kind(
        loader=jinja2.FunctionLoader(loader),
        autoescape=jinja2.select_autoescape(("html", "xml"), default=False),
        undefined=Undefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=bytecode,
        auto_reload=False,
        cache_size=-1,
        optimized=False,  # folds constant expressions, and the templates have none
    )
    environment.globals.update(names)
    return environment


def _loader(templates: Mapping[str, bytes]) -> Callable[[str], tuple[str, str, None] | None]:
    def load(name: str) -> tuple[str, str, None] | None:
        """Return a template's source and its name in error messages."""
        for known in (name, PACKAGED + name):
            if known in templates:
                prefix = PACKAGED if known.startswith(PACKAGED) else ""
                shown = f"{prefix}templates/{known.removeprefix(PACKAGED)}"
                try:
                    source = templates[known].decode()
                except UnicodeDecodeError as error:
                    message = f"the template is not UTF-8: byte {error.start}"
                    raise _mistake(shown, 0, message, "save the file as UTF-8") from error
                if START in source and (conflict := find_conflict(source.split("\n"))):
                    raise RenderError(conflict.report(shown, "template"))
                return source, shown, None
        return None

    return load


def _mistake(file: str, line: int, message: str, hint: str = _LISTED) -> RenderError:
    return RenderError(Diagnostic(file, line, 0, "template", message, hint))


def _asset(assets: Mapping[str, str]) -> Callable[[str], str]:
    def asset(name: str) -> str:
        try:
            return assets[name]
        except KeyError:
            raise _NoFileError(f"there is no static file `{name}`") from None

    return asset


def _filled(templates: Mapping[str, bytes], assets: Mapping[str, str]) -> frozenset[str]:
    """Return the names of the files that the theme leaves to a project, if the project has them.

    Including an empty template takes a few microseconds a page, so templates ask for its name first.
    """
    return frozenset(name for name in templates if name.startswith(OWN)) | (assets.keys() & {OWN_STYLES})


def _place(error: BaseException, name: str) -> tuple[str, int]:
    """Return the innermost line of a template in an error's traceback, which Jinja rewrites to contain such lines."""
    places = [
        (frame.filename, frame.lineno or 0)
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.endswith((".html", ".xml", ".txt"))
    ]
    return places[-1] if places else (name, 0)
