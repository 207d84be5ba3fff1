"""Change an input a little, at random: the changes know lines, the words of a format and other inputs."""

from collections.abc import Callable, Sequence
from random import Random

NUMBERS = (b"\0", b"\x7f", b"\x80", b"\xff", b"\xff\xff", b"\xff\xff\xff\xff", b"\0\0\0\x01", b"-1", b"999999999999")
LONGEST_REPEAT = 64

Change = Callable[[bytes, Random, Sequence[bytes], Sequence[bytes]], bytes]


def mutate(content: bytes, random: Random, seeds: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    """Return an input after one to four changes."""
    for _ in range(random.randint(1, 4)):
        content = random.choice(CHANGES)(content, random, seeds, words)
    return content


def _cut(content: bytes, random: Random) -> tuple[int, int]:
    """Return the two ends of a part: half of the time of whole lines."""
    start, end = sorted((random.randint(0, len(content)), random.randint(0, len(content))))
    if random.random() < 0.5:
        start = content.rfind(b"\n", 0, start) + 1
        end = content.find(b"\n", end) + 1 or len(content)
    else:
        end = min(end, start + random.randint(1, 16))
    return start, max(start, end)


def _remove(content: bytes, random: Random, _: Sequence[bytes], __: Sequence[bytes]) -> bytes:
    start, end = _cut(content, random)
    return content[:start] + content[end:]


def _repeat(content: bytes, random: Random, _: Sequence[bytes], __: Sequence[bytes]) -> bytes:
    start, end = _cut(content, random)
    times = random.choice((1, 1, 2, LONGEST_REPEAT))
    return content[:end] + content[start:end] * times + content[end:]


def _insert(content: bytes, random: Random, _: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    place = random.randint(0, len(content))
    if random.random() < 0.3:
        place = content.rfind(b"\n", 0, place) + 1
    return content[:place] + random.choice((*words, *NUMBERS)) + content[place:]


def _replace(content: bytes, random: Random, _: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    start, end = _cut(content, random)
    return content[:start] + random.choice((*words, *NUMBERS)) + content[end:]


def _flip(content: bytes, random: Random, _: Sequence[bytes], __: Sequence[bytes]) -> bytes:
    if not content:
        return bytes((random.randrange(256),))
    place = random.randrange(len(content))
    return content[:place] + bytes((content[place] ^ 1 << random.randrange(8),)) + content[place + 1 :]


def _splice(content: bytes, random: Random, seeds: Sequence[bytes], _: Sequence[bytes]) -> bytes:
    """Put a part of another input into this one."""
    other = random.choice(seeds)
    start, end = _cut(other, random)
    place = random.randint(0, len(content))
    if random.random() < 0.5:
        place = content.rfind(b"\n", 0, place) + 1
    return content[:place] + other[start:end] + content[place:]


CHANGES: tuple[Change, ...] = (_remove, _repeat, _insert, _insert, _replace, _flip, _splice)
