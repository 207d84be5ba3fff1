"""Cards and what was remembered -> which card is which entry.

An entry is recognised, in this order, by its address and its text; by most of its text, wherever it is; by its link; by its
address alone; and as the only one left in the same file on the same day. Where two candidates are equally good, neither is
taken. An ordinary entry, which has not changed, costs one look into a table.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from ..model import Card
from .lock import NOTHING, Held, Lock
from .sketch import EMPTY, HELD, file_mark, held_part, link_of, marks_of, size_of
from .wishes import all_wishes, day_address, first_wish, number_in, place_of, second_wish

CROWD = 100
"""If more entries than this have one mark of a text, the mark belongs to no text of its own, and is left out."""


class Recognised(Struct, frozen=True):
    """Which card is which entry of the `lock`.

    `ids` maps `id(card)` to the id of the entry, for every card that was recognised. `gone` are the entries that were
    present at the last build and that no card is, in order. `heirs` maps such an entry to the card that its text was joined to.
    `doubtful` are entries and cards that are equally good for one another.
    """

    lock: Lock = NOTHING
    ids: Mapping[int, str] = {}
    gone: tuple[str, ...] = ()
    heirs: Mapping[str, Card] = {}
    doubtful: tuple[tuple[tuple[Held, ...], tuple[Card, ...]], ...] = ()


UNKNOWN = Recognised()
"""What is recognised if no site was built before."""


def recognise(cards: Sequence[Card], lock: Lock) -> Recognised:
    """Find out which card is which remembered entry. Takes time in proportion to the cards and the entries."""
    if not lock.entries:
        return Recognised(lock)
    return _Search(cards, lock).run()


class _Search:
    """The state of one search: which cards and entries are still open."""

    def __init__(self, cards: Sequence[Card], lock: Lock) -> None:
        self.cards = cards
        self.lock = lock
        self.ids: dict[int, str] = {}
        self.taken: set[str] = set()
        self.blocked: set[str] = set()
        self.doubtful: list[tuple[tuple[Held, ...], tuple[Card, ...]]] = []
        self.changed: list[Card] = []

    def run(self) -> Recognised:
        """Recognise all cards."""
        self._by_address_and_text()
        self._by_sketch()
        self._by_text()
        self._by_link()
        self._by_address()
        self._as_the_only_ones_left()
        gone = tuple(name for name, held in self.lock.entries.items() if not held.gone and name not in self.taken)
        return Recognised(self.lock, self.ids, gone, self._find_heirs(gone), tuple(self.doubtful))

    def _take(self, card: Card, name: str) -> None:
        self.ids[id(card)] = name
        self.taken.add(name)

    @property
    def _open_cards(self) -> list[Card]:
        return [card for card in self.changed if id(card) not in self.ids]

    def _open_entries(self, *, gone: bool) -> list[Held]:
        """Return the entries that no card is yet; with `gone`, also those that were removed before."""
        return [
            held
            for name, held in self.lock.entries.items()
            if name not in self.taken and name not in self.blocked and (gone or not held.gone)
        ]

    def _by_address_and_text(self) -> None:
        owners, entries = self.lock.owners, self.lock.entries
        found: dict[str, Card] = {}
        for card in self.cards:
            name = owners.get(first_wish(card))
            if name is None or not (card.sketch or EMPTY).startswith(entries[name].sketch):
                self.changed.append(card)
            elif (twin := found.get(name)) is None:
                found[name] = card
            else:  # the order of cards decides nothing
                first, second = sorted((twin, card), key=place_of)
                found[name] = first
                self.changed.append(second)
        self.ids = {id(card): name for name, card in found.items()}
        self.taken = set(found)
        self.changed.sort(key=place_of)
        self._take_numbered()

    def _take_numbered(self) -> None:
        """Recognise cards whose address has a number. Their texts are the same."""
        families: dict[tuple[str, str], dict[str, list[str]]] = {}
        for card in self._open_cards:
            wishes = first_wish(card), second_wish(card)
            if wishes not in families:
                families[wishes] = self._group_by_sketch(card)
            names = families[wishes].get(held_part(card.sketch), [])
            if names:
                self._take(card, names.pop(0))

    def _group_by_sketch(self, card: Card) -> dict[str, list[str]]:
        """Return the open entries at the addresses that a card wants, by their sketches."""
        family: dict[str, list[str]] = {}
        for held in self._at_home(card):
            family.setdefault(held.sketch, []).append(held.id)
        return family

    def _by_sketch(self) -> None:
        """Recognise open cards whose sketch is that of one open entry, and of no other card."""
        self._by_key(
            lambda held: held.sketch if marks_of(held.sketch) else "",
            lambda card: held_part(card.sketch) if marks_of(card.sketch) else "",
        )

    def _by_text(self) -> None:
        """Recognise open cards by most of their text. Each mark is looked up once."""
        cards = self._open_cards
        if not cards:
            return
        several: dict[str, list[str]] = defaultdict(list)
        single: dict[str, list[str]] = defaultdict(list)
        for held in self._open_entries(gone=True):
            marks = marks_of(held.sketch)
            for mark in marks:
                (several if len(marks) > 1 else single)[mark].append(held.id)
        alike: dict[str, list[_Pair]] = defaultdict(list)
        for card in cards:
            is_at_home = any(not held.gone for held in self._at_home(card))
            for name, count in _find_near(card, several, single):
                held = self.lock.entries[name]
                # An entry that was removed does not come back in the place of one that was present.
                if not (held.gone and is_at_home) and (pair := _compare(held, card, count)):
                    alike[name].append(pair)
        pairs = [pair for found in alike.values() for pair in _parts_of_one(found)]
        pairs.sort(key=lambda pair: pair.score, reverse=True)
        for _, group in groupby(pairs, key=lambda pair: pair.score):
            self._take_clear([(pair.held, pair.card) for pair in group])

    def _take_clear(self, pairs: Iterable[tuple[Held, Card]]) -> None:
        """Take the pairs of equally good candidates whose entry and card occur in no other of them; note the others."""
        still = [
            (held, card)
            for held, card in pairs
            if held.id not in self.taken and held.id not in self.blocked and id(card) not in self.ids
        ]
        entries = Counter(held.id for held, _ in still)
        cards = Counter(id(card) for _, card in still)
        for held, card in still:
            if entries[held.id] == cards[id(card)] == 1:
                self._take(card, held.id)
        doubtful = [(held, card) for held, card in still if held.id not in self.taken]
        if doubtful:
            self.blocked.update(held.id for held, _ in doubtful)
            self.doubtful += _clusters(doubtful)

    def _by_link(self) -> None:
        self._by_key(lambda held: link_of(held.sketch), lambda card: link_of(card.sketch))

    def _by_address(self) -> None:
        pairs = [
            (_shared(held, card), _is_in_file(held, card), held.address == first_wish(card), held, card)
            for card in self._open_cards
            for held in self._at_home(card)
            if not held.gone or _can_be_back(held, card)
        ]
        pairs.sort(key=lambda pair: pair[:3], reverse=True)
        for *_, held, card in pairs:
            if held.id not in self.taken and id(card) not in self.ids:
                self._take(card, held.id)

    def _at_home(self, card: Card) -> Iterator[Held]:
        """Yield the open entries at the addresses that a card wants."""
        for address in all_wishes(card):
            name = self.lock.owners.get(address)
            if name is None:
                return
            if name not in self.taken and name not in self.blocked:
                yield self.lock.entries[name]

    def _as_the_only_ones_left(self) -> None:
        self._by_key(
            lambda held: (held.file, _folder_of(held.address)),
            lambda card: (file_mark(card.source.path), _day_of(card)),
            is_possible=lambda held, card: not _is_another_work(held, card),
        )

    def _by_key(
        self,
        key_of_entry: Callable[[Held], Hashable],
        key_of_card: Callable[[Card], Hashable],
        is_possible: Callable[[Held, Card], bool] = lambda _held, _card: True,
    ) -> None:
        """Recognise each open card that has a key, which is not empty, with one open entry alone."""
        cards = self._open_cards
        if not cards:
            return
        entries: dict[Hashable, list[Held]] = defaultdict(list)
        for held in self._open_entries(gone=False):
            entries[key_of_entry(held)].append(held)
        candidates: dict[Hashable, list[Card]] = defaultdict(list)
        for card in cards:
            candidates[key_of_card(card)].append(card)
        for key, found in candidates.items():
            if key and len(found) == len(entries[key]) == 1 and is_possible(entries[key][0], found[0]):
                self._take(found[0], entries[key][0].id)

    def _find_heirs(self, gone: Iterable[str]) -> dict[str, Card]:
        """Find the cards that most of the text of removed entries was joined to, among those that changed."""
        marks = {name: marks_of(self.lock.entries[name].sketch) for name in gone if name not in self.blocked}
        wanted: dict[str, list[str]] = defaultdict(list)
        for name, own in marks.items():
            for mark in own:
                wanted[mark].append(name)
        best: dict[str, tuple[int, Card | None]] = {}
        for card in self.changed if wanted else ():
            for name, count in _find_near(card, wanted, {}):
                former, _ = best.get(name, (len(marks[name]) // 2, None))
                if count >= former:
                    best[name] = count, card if count > former else None
        return {name: card for name, (_, card) in best.items() if card is not None}


def _find_near(
    card: Card, several: Mapping[str, list[str]], single: Mapping[str, list[str]]
) -> Iterator[tuple[str, int]]:
    """Yield the entries that share several marks with a card, or the only one that they have, each with their number."""
    marks = marks_of(card.sketch)
    found = [name for mark in marks if (near := several.get(mark)) and len(near) <= CROWD for name in near]
    if len(set(found)) < len(found):
        yield from ((name, count) for name, count in Counter(found).items() if count > 1)
    for mark in marks if single else ():
        near = single.get(mark, [])
        if len(near) <= CROWD:
            yield from ((name, 1) for name in near)


class _Pair(Struct, frozen=True):
    """An entry and a card that share marks. A greater score is better."""

    held: Held
    card: Card
    marks: frozenset[str]
    score: tuple[float, bool, bool, bool, bool]


def _compare(held: Held, card: Card, count: int) -> _Pair | None:
    """Return an entry and a card as a pair if they may be the same. They share `count` marks.

    What counts is how much of the entry's text the card has. This is a share of the entry, or of the card: the card's marks up
    to the last one that is the entry's too show its share, since the entry has none in between that is not remembered. The
    greater share is the surer one: all of an entry that was joined to another is in the card, and all of a part is the
    entry's. After that count the link, the address, the file, and whether the entry was present.
    """
    marks = marks_of(held.sketch)
    link, other = link_of(held.sketch), link_of(card.sketch)
    # With another link, nearly all of the text has to be the same.
    if link and other and link != other and count < len(marks) - len(marks) // HELD:
        return None
    own = marks_of(card.sketch)
    shared = frozenset(marks) & frozenset(own)
    of_entry = len(shared) / len(marks)
    of_card = len(shared) / (max(own.index(mark) for mark in shared) + 1)
    kept = size_of(held.sketch) * of_entry if of_entry >= of_card else size_of(card.sketch) * of_card
    is_at_home = held.address == first_wish(card) or number_in(held.address, second_wish(card)) > 0
    score = (kept, bool(link) and link == other, is_at_home, _is_in_file(held, card), not held.gone)
    return _Pair(held, card, shared, score)


def _parts_of_one(pairs: Sequence[_Pair]) -> Iterator[_Pair]:
    """Yield the pairs of one entry whose cards have most of its text, and the pairs of the cards that have the rest of it.

    If a text is split, few marks do not show which part is the larger one, but the sizes of the parts do.
    """
    best = max(pairs, key=lambda pair: (len(pair.marks), pair.score))
    total = len(marks_of(best.held.sketch))
    if len(best.marks) * 2 > total:
        yield from (pair for pair in pairs if len(pair.marks) * 2 > total or not pair.marks & best.marks)


def _shared(held: Held, card: Card) -> int:
    return len(set(marks_of(held.sketch)) & set(marks_of(card.sketch)))


def _is_in_file(held: Held, card: Card) -> bool:
    return file_mark(card.source.path) == held.file


def _can_be_back(held: Held, card: Card) -> bool:
    """Return True unless the text of a removed entry shows that a card with its title is a new entry."""
    link = link_of(held.sketch)
    return _shared(held, card) > 0 or not marks_of(held.sketch) or (bool(link) and link == link_of(card.sketch))


def _is_another_work(held: Held, card: Card) -> bool:
    """Return True if an entry and a card have different links and nothing of the text in common."""
    link, other = link_of(held.sketch), link_of(card.sketch)
    return bool(link and other and link != other) and not _shared(held, card)


def _folder_of(address: str) -> str:
    """Return the day of an entry's address, or its folder."""
    return address.rpartition("/")[0]


def _day_of(card: Card) -> str:
    return _folder_of(first_wish(card)) if card.date is None else day_address(card.date)


def _clusters(pairs: Sequence[tuple[Held, Card]]) -> list[tuple[tuple[Held, ...], tuple[Card, ...]]]:
    """Group pairs that share an entry or a card."""
    groups: dict[str, tuple[dict[str, Held], dict[int, Card]]] = {}
    of_card: dict[int, tuple[dict[str, Held], dict[int, Card]]] = {}
    for held, card in pairs:
        one = groups.get(held.id) or of_card.get(id(card)) or ({}, {})
        other = of_card.get(id(card), one)
        if other is not one:
            one[0].update(other[0])
            one[1].update(other[1])
        one[0][held.id] = held
        one[1][id(card)] = card
        groups.update(dict.fromkeys(one[0], one))
        of_card.update(dict.fromkeys(one[1], one))
    unique = {id(group): group for group in groups.values()}
    return [(tuple(entries.values()), tuple(cards.values())) for entries, cards in unique.values()]
