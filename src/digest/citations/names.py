"""Authors as written -> names of persons and organisations, for bibliographies, tags for reference managers and JSON-LD."""

from collections.abc import Iterable

from msgspec import Struct


class Name(Struct, frozen=True, array_like=True):
    """An author's name in the parts that BibTeX and CSL have.

    A person has at least a `family` name; `particle` stands before it (`van der`), `suffix` after the name (`Jr.`). An
    organisation, and a name that can't be divided, has `literal` alone.
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def full(self) -> str:
        """The name in the order in which it is spoken: `Guido van Rossum`, `Gemini Team`."""
        return self.literal or " ".join(filter(None, (self.given, self.particle, self.family, self.suffix)))


class Authors(Struct, frozen=True, array_like=True):
    """The authors of a work. `others` says, as written, that there are more: `et al.`, `외 3명`; empty if the list is whole."""

    names: tuple[Name, ...] = ()
    others: str = ""


def parse_authors(written: Iterable[str]) -> Authors:
    """Return the names in a list of authors as an entry has it, one string an author."""
    return Authors(tuple(_parse_name(name) for name in written))


def _parse_name(written: str) -> Name:
    given, _, family = written.rpartition(" ")
    return Name(family=family, given=given) if given else Name(literal=written)
