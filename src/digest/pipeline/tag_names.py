"""The settings of tags -> what the archive needs of them, and the problems that show only with the notes."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from ..archive.archive import Archive
from ..archive.vocabulary import NO_VOCABULARY, Vocabulary
from ..config import FILE_NAME, Config
from ..diagnostics import Diagnostic
from ..model import Card, tag_key
from ..nearest import find_similar
from ..site.remembering import meanings
from ..tag_settings import above_by, parents_of


def vocabulary_of(config: Config) -> Vocabulary:
    """Return the settings of tags by key."""
    if not config.tags:
        return NO_VOCABULARY
    return Vocabulary(
        spellings={tag_key(name): name for name in config.tags},
        labels={tag_key(name): _one_line(tag.label) for name, tag in config.tags.items() if tag.label.strip()},
        descriptions={tag_key(name): _one_line(tag.description) for name, tag in config.tags.items()},
        parents=parents_of(config.tags, meanings(config.aliases)),
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def diagnose_tags(
    config: Config,
    archive: Archive,
    drafts: Callable[[], Iterable[Card]],
    locate: Callable[[], Mapping[tuple[str, str], tuple[int, int]]],
) -> tuple[Diagnostic, ...]:
    """Return a problem for each tag in the settings that no entry has, not even a draft, and for each confusing label.

    A tag that is like no other is a notice: its entry may be yet to come. `locate` finds the lines and columns of tags in the
    settings (see `locate_tags`).
    """
    if not config.tags:
        return ()
    problems = tuple(_find_problems(config, archive, drafts))
    if not problems:
        return ()
    places = locate()
    return tuple(
        Diagnostic(FILE_NAME, *places.get((name, setting), (0, 0)), code, message, hint)
        for name, setting, code, message, hint in problems
    )


def _find_problems(
    config: Config, archive: Archive, drafts: Callable[[], Iterable[Card]]
) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield (tag, name of the setting, code, message, hint)."""
    settings = {tag_key(name): name for name in config.tags}
    meant = meanings(config.aliases)
    parents = parents_of(config.tags, meant)
    missing = {*settings, *parents.values()} - archive.tags.keys()
    if missing:
        hidden = {meant.get(tag.key, tag.key) for card in drafts() for tag in card.tags}
        missing -= {key for tag in hidden for key in _with_uppers(tag, parents)}
    similar = find_similar(sorted(missing), archive.tags.keys() - missing)
    for name, tag in config.tags.items():
        key = tag_key(name)
        if key in missing:
            code = "unknown-tag" if key in similar else "unused-setting"
            yield name, "", code, f"no entry has the tag `{name}`", _suggest(similar.get(key), "take its settings out")
        parent = parents.get(key, "")
        if parent in missing and parent not in settings:
            message = f"`{tag.parent}`, the parent of `{name}`, is no tag of an entry, so it does not count"
            yield (
                name,
                "parent",
                "unknown-tag",
                message,
                _suggest(similar.get(parent), "add it under `tags:` to have it nevertheless"),
            )
        other = tag_key(tag.label)
        if other != key and other in archive.tags:
            message = f"`{name}` has the label `{tag.label}`, and `{archive.tags[other].name.label}` is another tag"
            yield (
                name,
                "label",
                "unknown-tag",
                message,
                "make one tag an alias of the other under `aliases:`, or choose another label",
            )


def _suggest(similar: str | None, otherwise: str) -> str:
    return f"did you mean `{similar}`? Otherwise {otherwise}" if similar else otherwise


def _with_uppers(key: str, parents: Mapping[str, str]) -> Iterator[str]:
    while key:
        yield key
        key = above_by(key, parents)
