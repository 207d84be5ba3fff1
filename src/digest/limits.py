"""The limits of what a site is made of, in one table, so that no input costs more than its size explains.

Every limit is far beyond what people write. An input beyond a limit gets a diagnostic at its line, and everything else is
built as usual. `docs/format.md` lists the table.
"""

from msgspec import Struct


class Limit(Struct, frozen=True):
    """A limit: how many there may be (`most`), of what, and what happens to an input beyond it."""

    most: int
    of: str
    beyond: str


TAG_LENGTH = Limit(200, "characters in a tag", "the tag is left out")
TAG_DEPTH = Limit(12, "levels of a tag such as `a/b/c`", "the tag is left out")
TAGS = Limit(200, "tags of an entry", "the first 200 count")
TITLE_LENGTH = Limit(500, "characters in a title", "the title is cut, and stands whole at the top of the text")
LINK_LENGTH = Limit(2_000, "characters in the address that an entry is about", "the address stays in the text")
AUTHORS = Limit(6_000, "authors of an entry", "the first 6,000 count")
SETTINGS_LENGTH = Limit(64_000, "characters of front matter", "the note stays out")
SETTINGS_DEPTH = Limit(16, "levels of lists in front matter or digest.yaml", "the note stays out, or nothing is built")
SETTINGS_VALUES = Limit(
    50_000,
    "values in front matter or digest.yaml, counted again for each `*alias`",
    "the note stays out, or nothing is built",
)
LIST_LENGTH = Limit(6_000, "items of a list in front matter", "the first 6,000 count")
TEXT_LENGTH = Limit(2_000, "characters of a title, name or description in front matter", "the key is left out")
PAPER_ABSTRACT = Limit(20_000, "characters of an abstract in papers.yaml", "the field is left out")
SLUG_BYTES = Limit(120, "bytes in a part of an address", "the part is cut and ends in a hash of the whole")
PAGE_PATH_BYTES = Limit(800, "bytes in the address of a page of one's own", "the page is left out")
# Most file systems allow names of 255 bytes; macOS allows paths of 1,024, of which the output folder needs some.
OLD_PART_BYTES = Limit(240, "bytes in a part of an old address that an author names", "the old address is an error")
OLD_PATH_BYTES = Limit(1_000, "bytes in such an address", "the old address is an error")
NESTING = Limit(100, "quotes, lists, links and marks inside one another", "the marks inside are text")
MATH_LENGTH = Limit(4_000, "characters in a formula", "its source is shown")
MATH_NESTING = Limit(40, "groups of a formula inside one another", "its source is shown")
CODE_LENGTH = Limit(100_000, "characters in highlighted code", "the code has no colours")
ROW_TAGS = Limit(20, "tags of an entry in a list", "the first 20 are listed, with a link to the entry")
FEED_TEXT = Limit(100_000, "characters of an entry in a feed", "the feed gives its first sentences")
SAME_WORK = Limit(
    20, "other entries about the same work on a page", "the nearest in time are listed, with a link to search"
)

LIMITS = (
    TAG_LENGTH,
    TAG_DEPTH,
    TAGS,
    TITLE_LENGTH,
    LINK_LENGTH,
    AUTHORS,
    SETTINGS_LENGTH,
    SETTINGS_DEPTH,
    SETTINGS_VALUES,
    LIST_LENGTH,
    TEXT_LENGTH,
    PAPER_ABSTRACT,
    SLUG_BYTES,
    PAGE_PATH_BYTES,
    OLD_PART_BYTES,
    OLD_PATH_BYTES,
    NESTING,
    MATH_LENGTH,
    MATH_NESTING,
    CODE_LENGTH,
    ROW_TAGS,
    FEED_TEXT,
    SAME_WORK,
)
"""All limits, in the order of the documentation."""
