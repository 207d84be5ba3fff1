"""An author who edits notes at random, and knows which entry is which."""

import datetime as dt
from collections.abc import Callable
from random import Random

from msgspec import Struct, structs

from digest.config import Config, KindSettings
from digest.tag_settings import TagSettings

START = dt.date(2024, 3, 18)


class Written(Struct, frozen=True):
    """An entry of the author: `number` is for ever its own. It is in the file `file` of the day `date`, or in one without a day."""

    number: int
    title: str
    sentences: tuple[str, ...]
    tags: tuple[str, ...]
    file: str
    date: dt.date | None

    @property
    def mark(self) -> str:
        """A word that no other entry has, by which the test finds the entry on the site."""
        return f"mark{self.number}"


class Author:
    """Writes entries, edits them one at a time, and remembers which is which."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.entries: dict[int, Written] = {}
        self.count = 0
        self.config = Config(per_page=2, base_url="https://one.example/notes/")
        for _ in range(4):
            self.write()

    def _text(self) -> tuple[str, ...]:
        words = [f"w{self.chance.randrange(10**6)}" for _ in range(36)]
        return tuple(" ".join(words[at : at + 9]) + "." for at in range(0, 36, 9))

    def _any(self) -> Written:
        return self.entries[self.chance.choice(sorted(self.entries))]

    def _title(self) -> str:
        return f"{self.chance.choice(['Grok', 'Mamba', '상태', 'C++', 'Experts'])} {self.chance.choice(['', '', '2', 'x', '공간'])}"

    def _put(self, entry: Written) -> None:
        self.entries[entry.number] = entry

    def write(self) -> None:
        """Write a new entry."""
        self.count += 1
        date = START + dt.timedelta(days=self.chance.randrange(4)) if self.chance.random() < 0.8 else None
        file = f"{date}{self.chance.choice(['', 'b'])}.txt" if date else f"{self.chance.choice('xy')}/n{self.count}.md"
        tags = tuple(self.chance.sample(["llm", "moe", "a/b", "C#"], self.chance.randrange(1, 3)))
        self._put(Written(self.count, self._title(), self._text(), tags, file, date))

    def retitle(self) -> None:
        """Give an entry another title."""
        self._put(structs.replace(self._any(), title=self._title()))

    def edit(self) -> None:
        """Change a sentence of an entry."""
        entry = self._any()
        self._put(structs.replace(entry, sentences=(self._text()[0], *entry.sentences[1:])))

    def move(self) -> None:
        """Move an entry to another day."""
        entry = self._any()
        if entry.date:
            date = START + dt.timedelta(days=self.chance.randrange(6))
            self._put(structs.replace(entry, date=date, file=f"{date}.txt"))

    def move_file(self) -> None:
        """Rename a file."""
        entry = self._any()
        name = f"moved-{self.chance.randrange(100)}{entry.file[-4:]}"
        for other in list(self.entries.values()):
            if other.file == entry.file and other.date == entry.date:
                self._put(structs.replace(other, file=name))

    def delete(self) -> None:
        """Delete an entry."""
        if len(self.entries) > 2:
            del self.entries[self._any().number]

    def split(self) -> None:
        """Split the last sentence of an entry off, as a new one."""
        entry = self._any()
        if len(entry.sentences) > 3:
            self._put(structs.replace(entry, sentences=entry.sentences[:-1]))
            self.count += 1
            rest = structs.replace(entry, number=self.count, title=self._title(), sentences=entry.sentences[-1:])
            self._put(rest if entry.date else structs.replace(rest, file=f"s{self.count}.md"))

    def join(self) -> None:
        """Put the text of an entry at the end of a longer one, or of one with another title."""
        one, other = self._any(), self._any()
        shorter = len(one.sentences) - len(other.sentences)
        if one.number != other.number and len(one.sentences) <= 6 and shorter >= (one.title == other.title):
            self._put(structs.replace(one, sentences=one.sentences + other.sentences))
            del self.entries[other.number]

    def rename_tag(self) -> None:
        """Give a tag another name in all notes."""
        name, other = self.chance.choice(["llm", "moe", "a/b"]), self.chance.choice(["lm", "experts", "a/c", "llm"])
        for entry in list(self.entries.values()):
            tags = tuple(dict.fromkeys(other if tag == name else tag for tag in entry.tags))
            self._put(structs.replace(entry, tags=tags))

    def join_tags(self) -> None:
        """Make a tag an alias of another one, or take that back."""
        aliases = self.chance.choice([{}, {"llm": ("moe",)}, {"language": ("llm", "lm")}])
        self.config = structs.replace(self.config, aliases=aliases, tags={})

    def order_tags(self) -> None:
        """Put tags below others, one of which no entry has, or take that back."""
        below = {"llm": TagSettings(label="모델", parent="subjects"), "moe": TagSettings(parent="llm")}
        tags = self.chance.choice([{}, {**below, "subjects": TagSettings()}, {"a/c": TagSettings(label="A, C")}])
        self.config = structs.replace(self.config, tags=tags, aliases={})

    def rename_kind(self) -> None:
        """Give a kind another name."""
        name = self.chance.choice(["talk", "lecture", "con"])
        self.config = structs.replace(self.config, kinds={name: KindSettings(tags=("C#",))})

    def move_site(self) -> None:
        """Move the site to another address."""
        address = self.chance.choice(["https://one.example/notes/", "https://two.example/", ""])
        self.config = structs.replace(self.config, base_url=address)

    @property
    def notes(self) -> dict[str, str]:
        """All notes by path."""
        notes: dict[str, str] = {}
        for entry in sorted(self.entries.values(), key=lambda entry: (entry.file, str(entry.date), entry.number)):
            text = f"{entry.mark} {' '.join(entry.sentences)}\n"
            if entry.date is None:
                tags = ", ".join(f'"{tag}"' for tag in entry.tags)
                notes[f"notes/{entry.file}"] = f"---\ntags: [{tags}]\n---\n# {entry.title}\n\n{text}"
            else:
                before = notes.get(f"notes/{entry.file}", "")
                tags = " ".join(f"#{tag}" for tag in entry.tags)
                heading = "" if before.endswith(f"\0{entry.date}\n") else f"{entry.date}\n"
                notes[f"notes/{entry.file}"] = f"{before}{heading}{entry.title}\n{text}{tags}\n\n"
        return notes


EDITS: tuple[Callable[[Author], None], ...] = (
    Author.write,
    Author.retitle,
    Author.retitle,
    Author.edit,
    Author.move,
    Author.move_file,
    Author.delete,
    Author.split,
    Author.join,
    Author.rename_tag,
    Author.join_tags,
    Author.order_tags,
    Author.rename_kind,
    Author.move_site,
)
