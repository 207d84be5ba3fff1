"""`result.json` of Telegram Desktop ("Export chat history", or "Export Telegram data") -> notes, one a message.

The format is what the program writes: a chat is an object with `messages`, or there are several in `chats.list`. A `text` is a
string or a list of strings and entities. `date` is local time, and is kept; `date_unixtime` is UTC.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
from msgspec import Struct

from ..slugs import slugify
from .imported import Attachment, Imported, ImportedNote, LeftOut, Source, SourceError
from .markdown import (
    code,
    emphasise,
    escape,
    escape_line_starts,
    fenced,
    file_link,
    find_title,
    link,
    picture,
    quote_lines,
    read_hashtags,
)

FILE = "result.json"

_MESSAGE = re.compile(r'"id":\s*-?\d+,\s*"type":\s*"(?:message|service)"')
_OWN = frozenset(["saved_messages", "public_channel", "private_channel"])
"""The kinds of chats in which only their owner writes."""
_PUBLIC = frozenset(["public_channel", "public_supergroup"])
_MARKS = {"bold": "**", "italic": "*", "strikethrough": "~~"}
_ALBUM_SECONDS = 1


class Answer(Struct, frozen=True):
    """An answer of a poll."""

    text: str = ""


class Poll(Struct, frozen=True):
    """A poll."""

    question: str = ""
    answers: tuple[Answer, ...] = ()


class Entity(Struct, frozen=True):
    """A piece of a text with a meaning."""

    type: str = "plain"
    text: str = ""
    href: str = ""
    language: str = ""


class Message(Struct, frozen=True):
    """A message; fields that no note has are not read."""

    id: int
    type: str = "message"
    date: str = ""
    date_unixtime: str = ""
    from_id: str | None = None
    forwarded_from: str | None = None
    text: str | list[str | Entity] = ""
    photo: str | None = None
    file: str | None = None
    file_name: str | None = None
    mime_type: str | None = None
    poll: Poll | None = None


class Chat(Struct, frozen=True):
    """A chat with its messages."""

    messages: tuple[Message, ...]
    name: str | None = ""
    type: str = ""


class _Chats(Struct, frozen=True):
    list: tuple[Chat, ...] = ()


class _Export(Struct, frozen=True):
    chats: _Chats


class _Placed(NamedTuple):
    message: Message
    line: int


class _Text(NamedTuple):
    """The Markdown of a message: title, body and tags, and the address that the title leads to."""

    title: str
    body: str
    tags: tuple[str, ...]
    link: str


def recognises(source: Source) -> bool:
    """Return True if a source is an export of Telegram Desktop."""
    return source.file == FILE or (not source.file and source.has(FILE))


def read(source: Source) -> Imported:
    """Read an export. Raises SourceError if it isn't one."""
    path = source.file or FILE
    written = source.load_text(path)
    single, chats = _decode(written, path)
    lines = _find_lines(written, sum(len(chat.messages) for chat in chats))
    notes: list[ImportedNote] = []
    left_out: list[LeftOut] = []
    private = 0
    for chat in chats:
        placed = [_Placed(message, next(lines)) for message in chat.messages]
        if not single and chat.type not in _OWN:
            if placed:
                reason = f"the chat with {chat.name or 'somebody'} holds words of others: {len(placed):,} messages"
                left_out.append(LeftOut(path, placed[0].line, reason))
            continue
        folder = "" if single else f"{slugify(chat.name or chat.type)}/"
        found = list(_read_chat(source, path, chat, placed, folder, left_out))
        private += sum(note.draft for note in found)
        notes += found
    remarks = (f"notes of chats that are not public, which are drafts: {private:,}",) if private else ()
    return Imported(tuple(notes), tuple(left_out), remarks)


def _decode(written: str, path: str) -> tuple[bool, tuple[Chat, ...]]:
    """Return True if the export is of a single chat, and the chats."""
    try:
        if isinstance(msgspec.json.decode(written, type=dict[str, msgspec.Raw]).get("chats"), msgspec.Raw):
            return False, msgspec.json.decode(written, type=_Export).chats.list
        return True, (msgspec.json.decode(written, type=Chat),)
    except msgspec.DecodeError as error:
        raise SourceError(f"`{path}` is no export of Telegram Desktop in JSON: {error}") from error


def _find_lines(written: str, messages: int) -> Iterator[int]:
    """Yield the line of each message in the file, or 0 for each if they cannot be told apart."""
    starts = [found.start() for found in _MESSAGE.finditer(written)]
    line, before = 1, 0
    for start in starts if len(starts) == messages else [0] * messages:
        line += written.count("\n", before, start)
        before = start
        yield line if start else 0


def _read_chat(
    source: Source, path: str, chat: Chat, placed: Sequence[_Placed], folder: str, left_out: list[LeftOut]
) -> Iterator[ImportedNote]:
    for album in _join_albums(placed):
        first = album[0]
        if first.message.type != "message":
            left_out.append(
                LeftOut(path, first.line, "a notice of Telegram's, such as a new member or a pinned message")
            )
            continue
        day = first.message.date[:10]
        text = _render(next((each.message for each in album if _has_words(each.message)), first.message))
        shown = list(_find_files(source, path, album, left_out))
        body = "\n\n".join(filter(None, [text.body, *(markdown for markdown, _ in shown)]))
        if not body:
            left_out.append(LeftOut(path, first.line, "a message without words"))
            continue
        yield ImportedNote(
            f"{folder}{day}-{first.message.id}.md",
            path,
            first.line,
            body,
            title=text.title or f"{chat.name or 'Telegram'} {first.message.date.replace('T', ' ')}",
            date=first.message.date.replace("T", " "),
            tags=text.tags,
            link=text.link,
            draft=chat.type not in _PUBLIC,
            attachments=tuple(Attachment(each.source, f"{folder}{each.target}") for _, each in shown),
        )


def _join_albums(placed: Sequence[_Placed]) -> Iterator[tuple[_Placed, ...]]:
    """Join pictures that were sent at once: the export has a message for each, and one of them has the words."""
    album: list[_Placed] = []
    for each in placed:
        if album and not _belongs(each.message, [other.message for other in album]):
            yield tuple(album)
            album = []
        album.append(each)
    if album:
        yield tuple(album)


def _belongs(message: Message, album: Sequence[Message]) -> bool:
    last = album[-1]
    is_at_once = abs(_second(message) - _second(last)) <= _ALBUM_SECONDS and message.from_id == last.from_id
    has_media = bool((message.photo or message.file) and (last.photo or last.file))
    return is_at_once and has_media and not (_has_words(message) and any(map(_has_words, album)))


def _second(message: Message) -> int:
    """Return the time of a message in seconds. Exports from before 2022 have no `date_unixtime`."""
    if message.date_unixtime.isdigit():
        return int(message.date_unixtime)
    try:
        return int((dt.datetime.fromisoformat(message.date) - dt.datetime(1970, 1, 1)).total_seconds())
    except (ValueError, TypeError):
        return 0


def _has_words(message: Message) -> bool:
    return bool(message.text or message.poll)


def _render(message: Message) -> _Text:
    pieces = [message.text] if isinstance(message.text, str) else message.text
    entities = [Entity(text=piece) if isinstance(piece, str) else piece for piece in pieces]
    tags = [entity.text.lstrip("#＃") for entity in entities if entity.type == "hashtag"]
    prose = "".join(entity.text for entity in entities if entity.type not in ("pre", "blockquote"))
    tags += [tag for line in prose.split("\n") for tag in read_hashtags(line) or ()]
    title, body, address = _divide("".join(entity.text for entity in entities), entities)
    if message.poll:
        body += "\n".join(["", escape(message.poll.question), *(f"- {escape(a.text)}" for a in message.poll.answers)])
        title = title or find_title(message.poll.question)[0]
    if message.forwarded_from:
        body = f"{body.rstrip()}\n\n— {escape(message.forwarded_from)}"
    with_letter = (tag for tag in tags if any(map(str.isalpha, tag)))
    return _Text(title, body.strip("\n"), tuple(dict.fromkeys(with_letter)), address)


def _divide(plain: str, entities: Sequence[Entity]) -> tuple[str, str, str]:
    """Return title, body and link: the first line is the title unless it would lose code, a quotation or links by it."""
    plain = _without_tag_lines(plain).strip("\n")
    body = _render_entities(entities)
    title, left = find_title(plain)
    first, _, rest = body.partition("\n")
    addresses = [entity.href for entity in entities if entity.type == "text_link" and _write_link(entity) in first]
    if left == plain or not rest.strip() or first.startswith(("`", ">")) or len(addresses) > 1 or "://" in title:
        return title, body, ""
    return title, rest, addresses[0] if addresses else ""


def _write_link(entity: Entity) -> str:
    return link(escape(entity.text), entity.href)


def _render_entities(entities: Sequence[Entity]) -> str:
    """Return the Markdown of a text, without the lines that hold only hashtags."""
    parts: list[str] = []
    prose: list[str] = []
    for entity in entities:
        if entity.type == "pre":
            parts += [_finish(prose), fenced(entity.text, entity.language)]
            prose.clear()
        elif entity.type == "blockquote":
            parts += [_finish(prose), f"\n{quote_lines(escape(entity.text))}\n\n"]
            prose.clear()
        else:
            prose.append(_render_entity(entity))
    return "".join([*parts, _finish(prose)]).strip("\n")


def _finish(prose: Sequence[str]) -> str:
    return escape_line_starts(_without_tag_lines("".join(prose)))


def _without_tag_lines(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if read_hashtags(line) is None)


def _render_entity(entity: Entity) -> str:
    if entity.type in _MARKS:
        return emphasise(escape(entity.text), _MARKS[entity.type])
    if entity.type == "underline":
        return f"<u>{escape(entity.text)}</u>"
    if entity.type == "code":
        return code(entity.text)
    if entity.type == "text_link":
        return _write_link(entity)
    if entity.type in ("link", "hashtag"):
        return entity.text
    return escape(entity.text)


def _find_files(
    source: Source, path: str, album: Sequence[_Placed], left_out: list[LeftOut]
) -> Iterator[tuple[str, Attachment]]:
    """Yield the Markdown and the file for each picture or file of an album."""
    for message, line in album:
        for name in filter(None, (message.photo, message.file)):
            if not source.has(name):
                left_out.append(LeftOut(path, line, f"a picture or file that is not in the export: {name}"))
                continue
            target = f"files/{name}"
            is_picture = bool(message.photo) or (message.mime_type or "").startswith("image/")
            words = escape(message.file_name or name.rpartition("/")[2])
            yield (picture(target) if is_picture else f"[{words}]({file_link(target)})"), Attachment(name, target)
