"""A note file -> its entries with rendered text, which depend on no other note."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from html import escape
from itertools import chain

import msgspec
from msgspec import structs

from ..addresses.sketch import sketch_of
from ..archive.terms import find_terms
from ..diagnostics import Diagnostic
from ..model import FACT_KINDS, Body, Card, Entry, Fact, Fragment, NoteFile, Reference
from ..notes import NoteRules, ParsedNote, parse
from ..notes.fences import split_raw
from ..notes.titles import close_bidi
from ..papers.filling import fill, keys_of
from ..papers.record import NO_PAPERS, Papers
from ..plugins.found import NONE, PluginError, Plugins
from ..scripts import language_of
from ..slugs import slugify
from ..store.cache import PreparedNote
from ..text.anchors import find_heading
from ..text.language import foreign_language
from ..text.markdown import render_abstract, render_commentary, render_title
from ..text.markup import isolated, trusted
from ..text.mentions import find_mentions
from ..text.opening import opening
from ..text.rules.inline_rule import InlineRule
from ..text.targets import own_address
from ..text.typography import typeset

OPENING_LENGTH = 180


def prepare_note(note: NoteFile, rules: NoteRules, plugins: Plugins = NONE, papers: Papers = NO_PAPERS) -> PreparedNote:
    """Parse a note, fill its entries from `papers` and render its text; raises PluginError."""
    parsed = parse_with(plugins, note, rules)
    inline_rules = plugins.added.inline_rules if plugins.names else ()
    bodies = [_render(fill(entry, papers), entry, inline_rules, rules.base_url) for entry in parsed.entries]
    pairs = [_prepare_entry(body, entry, rules) for body, entry in zip(bodies, parsed.entries, strict=True)]
    return PreparedNote(
        path=note.path,
        digest=note.digest,
        cards=msgspec.msgpack.encode(tuple(card for card, _ in pairs)),
        bodies=tuple((card.digest, body) for card, body in pairs),
        diagnostics=_mark_drafts(parsed, (*parsed.diagnostics, *_diagnose(note, parsed, bodies))),
        papers=tuple(dict.fromkeys(key for entry in parsed.entries for key in keys_of(entry))),
    )


def _mark_drafts(parsed: ParsedNote, problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Mark the warnings about entries that their author hides. Errors stay: none holds words of a note, and a note must be mended."""
    drafts = [entry.source for entry in parsed.entries if entry.draft]
    is_hidden = not parsed.entries and any(block.role == "withheld" for block in parsed.blocks)
    is_hidden = is_hidden or (bool(drafts) and len(drafts) == len(parsed.entries))
    if not (drafts or is_hidden):
        return tuple(problems)
    return tuple(
        structs.replace(problem, of_draft=True)
        if problem.severity != "error"
        and problem.code != "protected-note"
        and (is_hidden or any(draft.first_line <= problem.line <= draft.last_line for draft in drafts))
        else problem
        for problem in problems
    )


def parse_with(plugins: Plugins, note: NoteFile, rules: NoteRules) -> ParsedNote:
    """Parse a note, also by the rules of plugins, and let plugins change its entries; raises PluginError."""
    if not plugins.names:
        return parse(note, rules)
    added = plugins.added
    parsed = parse(note, structs.replace(rules, kind_rules=added.kind_rules))
    if added.transform is None:
        return parsed
    entries = tuple(_transform(added.transform, entry) for entry in parsed.entries)
    return structs.replace(parsed, entries=entries)


def _transform(transform: Callable[[Entry], Entry], entry: Entry) -> Entry:
    try:
        return transform(entry)
    except PluginError as error:
        problem, source = error.diagnostic, entry.source
        message = f"{problem.message}, for the entry at {source.path}:{source.first_line}"
        raise PluginError(structs.replace(problem, message=message)) from error


def _render(entry: Entry, own: Entry, inline_rules: tuple[InlineRule, ...], base_url: str) -> Body:
    """Render the texts of a filled entry; `own` is the entry as its author wrote it."""
    render = partial(render_commentary, inline_rules=inline_rules, base_url=base_url)
    abstract = _abstract(entry.abstract, base_url)
    if abstract and not own.abstract:  # its problems are not in the note
        abstract = structs.replace(abstract, findings=())
    return Body(
        entry=entry,
        commentary=render(entry.commentary, lang=entry.lang),
        abstract=abstract,
        translations=tuple(render(text.text, lang=text.lang) for text in entry.translations),
        works=tuple((_title(work.title, entry.lang), _abstract(work.abstract, base_url)) for work in entry.works),
    )


def _prepare_entry(body: Body, own: Entry, rules: NoteRules) -> tuple[Card, bytes]:
    """Return the card of a filled entry, and its encoded body.

    The sketch is that of the entry as its author wrote it, so that papers.yaml changes no address.
    """
    entry = body.entry
    facts: tuple[Fact, ...] = ()
    if entry.kind in FACT_KINDS:
        facts, body = _find_facts(body)
    title = _title(entry.title, entry.lang)
    first_words = _opening(body)
    mentions = tuple(map(close_bidi, find_mentions(body.commentary)))  # it finds the words of links as they were typed
    if rules.typography:
        body, title, first_words = _typeset_body(body), _typeset(title), _typeset(first_words)
    encoded = msgspec.msgpack.encode(body)
    card = Card(
        date=entry.date,
        title=entry.title,
        title_html=title.html,
        title_lang=title.lang,
        kind=entry.kind,
        opening=first_words.plain,
        opening_html="" if first_words.html == escape(first_words.plain, quote=False) else first_words.html,
        opening_lang=first_words.lang,
        source=entry.source,
        digest=hashlib.blake2b(encoded, digest_size=16).digest(),
        authors=entry.authors,
        tags=entry.tags,
        link=entry.link,
        arxiv=entry.arxiv,
        references=_references(body, rules.base_url),
        facts=facts,
        lang=entry.lang,
        slug=slugify(entry.slug or entry.title),
        has_abstract=bool(entry.abstract),
        draft=entry.draft,
        aliases=entry.aliases,
        updated=entry.updated,
        anchors=body.commentary.anchors,
        page=entry.page,
        sketch=sketch_of(own.link, _words(own)),
        published=entry.published,
        doi=entry.doi,
        categories=entry.categories,
        words=len(body.commentary.plain.split()),
        terms=find_terms(entry.title, entry.commentary or entry.abstract),
        mentions=mentions,
    )
    return card, encoded


def _words(entry: Entry) -> Iterator[str]:
    """Yield the texts by which an entry is recognised: all but its title."""
    yield entry.commentary
    yield entry.abstract
    yield from (translation.text for translation in entry.translations)
    for work in entry.works:
        yield work.title
        yield work.abstract


def _find_facts(body: Body) -> tuple[tuple[Fact, ...], Body]:
    """Return the facts of an entry, and its body with ids on the sentences that state them."""
    from ..archive.facts import find_facts  # few entries have figures
    from ..text.sentence_ids import mark_sentences

    found = find_facts(body.entry.kind, body.entry.title, body.commentary.plain)
    commentary, places = mark_sentences(body.commentary, [(each.sentence, each.words) for each in found])
    facts = tuple(structs.replace(each.fact, place=place) for each, place in zip(found, places, strict=True))
    return facts, structs.replace(body, commentary=commentary)


def _opening(body: Body) -> Fragment:
    """Return the description that an entry's author wrote or, without one, the first sentences of the commentary."""
    entry = body.entry
    if entry.excerpt:
        words = close_bidi(entry.excerpt)
        html = escape(words, quote=False)
        return Fragment(str(isolated(trusted(html))), words, lang=language_of(words, entry.lang))
    first = opening(body.commentary.html, OPENING_LENGTH)
    words, html = close_bidi(first.plain), close_bidi(first.html)
    return Fragment(str(isolated(trusted(html))), words, lang=language_of(words, entry.lang))


def _typeset_body(body: Body) -> Body:
    """Return a body whose texts have typographic marks."""
    return structs.replace(
        body,
        commentary=_typeset(body.commentary),
        abstract=body.abstract and _typeset(body.abstract, is_pasted=True),
        translations=tuple(map(_typeset, body.translations)),
        works=tuple(
            (_typeset(title), abstract and _typeset(abstract, is_pasted=True)) for title, abstract in body.works
        ),
    )


def _typeset(fragment: Fragment, *, is_pasted: bool = False) -> Fragment:
    html = typeset(fragment.html, fragment.lang, is_pasted=is_pasted)
    return fragment if html is fragment.html else structs.replace(fragment, html=html)


def _title(text: str, lang: str) -> Fragment:
    return Fragment(html=str(render_title(text)), plain=text, lang=language_of(text, lang))


def _abstract(text: str, base_url: str) -> Fragment | None:
    """Render an abstract. Its language is English, as in most papers, unless most of its letters belong to another one."""
    if not text:
        return None
    return render_abstract(text, lang=foreign_language(text, "en") or "en", base_url=base_url)


_SPACED_LINK = re.compile(r"\[\[\s+")


def _references(body: Body, base_url: str) -> tuple[Reference, ...]:
    abstracts = [abstract for _, abstract in body.works if abstract]
    fragments = [body.commentary, *([body.abstract] if body.abstract else []), *abstracts]
    inline = [reference for fragment in fragments for reference in fragment.references]
    if body.translations:
        inline += chain.from_iterable(map(_references_beyond, body.translations))
    # Wikilinks under `# Links` are in none of the page's texts, but they link entries too.
    entry = body.entry
    commentary = _SPACED_LINK.sub("[[", entry.commentary)  # `if [[ -z "$x" ]]` in code is no link
    below = [Reference("note", target) for target in entry.wikilinks if f"[[{target}" not in commentary]
    links = (entry.link, *(work.link for work in entry.works))
    own = [own_address(link, base_url) for link in links if link and base_url and link.startswith(base_url)]
    return tuple(dict.fromkeys((*inline, *below, *filter(None, own))))


def _references_beyond(translation: Fragment) -> Iterator[Reference]:
    """Yield the references of a translation, without those to its own headings: a card has the ids of the commentary."""
    for reference in translation.references:
        is_here = reference.kind == "note" and not reference.target
        if not (is_here and find_heading(translation.anchors, reference.part)):
            yield reference


def _diagnose(note: NoteFile, parsed: ParsedNote, bodies: list[Body]) -> Iterator[Diagnostic]:
    """Yield the findings of rendering a note's texts. Template tags, also those on removed lines, are counted in one."""
    lines = [comment.first_line for comment in parsed.comments if comment.is_template]
    tags, first_line = len(lines), min(lines, default=0)
    raws: list[str] = []
    for body in bodies:
        for text, fragment in _texts(body):
            raws = raws or (split_raw(note.text) if fragment.findings else [])
            numbers = _number_lines(raws, body.entry, text) if fragment.findings else []
            for finding in fragment.findings:
                line = numbers[finding.line] if finding.line < len(numbers) else body.entry.source.first_line
                if finding.code == "template-tags":
                    tags, first_line = tags + finding.count, min(first_line or line, line)
                else:
                    yield Diagnostic(note.path, line, 1, finding.code, finding.message)
    if tags:
        words = "tag of Liquid or a shortcode is" if tags == 1 else "tags of Liquid or shortcodes are"
        yield Diagnostic(note.path, first_line, 1, "template-tags", f"{tags} {words} left out", subject="template-tags")


def _texts(body: Body) -> Iterator[tuple[str, Fragment]]:
    """Yield an entry's texts as written, each with what it was rendered to."""
    entry = body.entry
    yield entry.commentary, body.commentary
    if body.abstract:
        yield entry.abstract, body.abstract
    yield from ((text.text, fragment) for text, fragment in zip(entry.translations, body.translations, strict=True))
    yield from (
        (work.abstract, fragment) for work, (_, fragment) in zip(entry.works, body.works, strict=True) if fragment
    )


def _number_lines(raws: Sequence[str], entry: Entry, text: str) -> list[int]:
    """Return, for each line of an entry's text, the line of the note that it came from, or else the entry's first line.

    `raws` are the lines of the note. An entry keeps its lines in order, some without what stood around them (the mark of a quotation, a comment).
    """
    span = entry.source
    lines = raws[span.first_line - 1 : span.last_line]
    numbers = []
    number = 0
    for wanted in text.split("\n"):
        while number < len(lines) and wanted.strip() not in lines[number]:
            number += 1
        number += 1
        numbers.append(span.first_line + number - 1 if number <= len(lines) else span.first_line)
    return numbers
