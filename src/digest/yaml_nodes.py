"""YAML -> its nodes, for all YAML of a project. Nothing is constructed from them, so no tag can run anything.

Depth and size are checked before the nodes are made: libyaml's composer recurses on the C stack, so `[[[[…` would end the
program, and aliases of aliases grow to any size when a reader follows them.
"""

import re
from collections.abc import Sequence
from typing import Any

from .limits import SETTINGS_DEPTH, SETTINGS_VALUES


class YamlError(Exception):
    """YAML that cannot be read: the reason, and its 0-based line and column, or None if the place is unknown.

    `begin` is the line and column of the value that the error is in, such as that of a quotation mark that nothing closes.
    """

    def __init__(
        self,
        reason: str,
        line: int | None = None,
        column: int = 0,
        *,
        begin: tuple[int, int] | None = None,
        is_syntax: bool = True,
    ) -> None:
        super().__init__(reason)
        self.reason, self.line, self.column, self.begin, self.is_syntax = reason, line, column, begin, is_syntax


def compose_yaml(text: str) -> Any:
    """Return the root node of a YAML document, None for an empty one; raises YamlError.

    `is_syntax` of the error is False for YAML that is valid, but deeper or larger than the limits, or that contains itself.
    """
    import yaml

    try:
        _Meter().read(text)
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = error.problem or "it cannot be read"
        context = error.context_mark
        begin = (context.line, context.column) if context else None
        raise YamlError(reason, mark.line if mark else None, mark.column if mark else 0, begin=begin) from error
    except (yaml.YAMLError, ValueError) as error:
        raise YamlError("it holds characters that YAML forbids") from error


def find_comment(lines: Sequence[str], node: Any) -> str:
    """Return the text that stands in place of an empty value and that YAML takes for a comment, such as `#1`, or nothing.

    A comment that is meant as one has a space after its `#`.
    """
    if node.tag != "tag:yaml.org,2002:null" or node.value:
        return ""
    rest = lines[node.start_mark.line][node.start_mark.column :] if node.start_mark.line < len(lines) else ""
    found = re.fullmatch(r"[ \t]+(#[^\s#].*?)\s*", rest)
    return found[1] if found else ""


class _Meter:
    """Measures the depth and the size of a document as a reader sees it, each alias as a copy of its anchor's value."""

    def __init__(self) -> None:
        self.open: list[str] = []
        """The anchors of the collections around the current event, `""` for those without one."""
        self.sizes = [0]
        """The number of values so far in each open collection; the first item is that of the document."""
        self.heights = [0]
        """The number of levels so far inside each open collection."""
        self.anchors: dict[str, tuple[int, int]] = {}
        """The size and the height of each anchor's value."""

    def read(self, text: str) -> None:
        import yaml

        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.AliasEvent):
                self._follow(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self.open.append(event.anchor or "")
                self.sizes.append(0)
                self.heights.append(0)
                self._check(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                anchor, size, height = self.open.pop(), self.sizes.pop(), self.heights.pop()
                self._add(event, size + 1, height + 1, anchor)
            elif isinstance(event, yaml.ScalarEvent):
                self._add(event, 1, 0, event.anchor or "")

    def _follow(self, event: Any) -> None:
        if event.anchor in self.open:
            raise _beyond(event, f"`*{event.anchor}` stands inside the value that it repeats, which has no end")
        # The composer reports an alias without an anchor.
        self._add(event, *self.anchors.get(event.anchor, (1, 0)), "")

    def _add(self, event: Any, size: int, height: int, anchor: str) -> None:
        if anchor:
            self.anchors[anchor] = size, height
        self.sizes[-1] += size
        self.heights[-1] = max(self.heights[-1], height)
        self._check(event)

    def _check(self, event: Any) -> None:
        if len(self.open) + self.heights[-1] > SETTINGS_DEPTH.most:
            raise _beyond(event, f"it nests deeper than {SETTINGS_DEPTH.most} levels")
        if sum(self.sizes[-2:]) > SETTINGS_VALUES.most:
            raise _beyond(event, f"it holds more than {SETTINGS_VALUES.most:,} values, counting each alias as a copy")


def _beyond(event: Any, reason: str) -> YamlError:
    return YamlError(reason, event.start_mark.line, event.start_mark.column, is_syntax=False)
