"""Whom a message reaches that went to groups, or to more than one transaction takes (MSG-7; docs/data-model.md).

The list is written with the message, in parts, and never changes. Parts are not read by position in the whole, so that
their size may differ from one deployment to the next.
"""

from collections.abc import Iterator, Sequence

import msgspec
from pynamodb.attributes import UnicodeAttribute

from chalicelib.core.change import Change
from chalicelib.core.tables import MailRow
from chalicelib.messages.domain import Message, Party, PartyKind

PART = 376
"""Parties in an item: eight transactions' worth, below 210 KB with the longest names.

One transaction takes the longest list with 20 departments and their conversations, ten files and a draft.
"""


class ListPartRow(MailRow, discriminator="distribution"):
    """pk `THREAD#<thread id>`, sk `DISTRIBUTION#<message id>#<part>`: some parties as one JSON document."""

    document = UnicodeAttribute()


class Listed(msgspec.Struct, frozen=True, array_like=True):
    """Somebody on a message's list."""

    id: str
    kind: PartyKind
    name: str
    left: bool
    """Whether it was not delivered to them any more."""

    @property
    def party(self) -> Party:
        """As messages name them."""
        return Party(self.id, self.kind, self.name)


def parts(everybody: Sequence[Listed]) -> list[Sequence[Listed]]:
    """A list as the items hold it."""
    return [everybody[start : start + PART] for start in range(0, len(everybody), PART)]


def part_row(message: Message, number: int, listed: Sequence[Listed]) -> ListPartRow:
    """The item of a part of a message's list."""
    return ListPartRow(*_key(message.thread_id, message.id, number), document=msgspec.json.encode(listed).decode())


def part(message: Message, number: int) -> list[Listed]:
    """A part of a message's list. Raises ListPartRow.DoesNotExist."""
    row = ListPartRow.get(*_key(message.thread_id, message.id, number), consistent_read=True)
    return msgspec.json.decode(row.document, type=list[Listed])


def everybody(message: Message) -> Iterator[Listed]:
    """All on a message's list, those who left first; an item is read when it is come to."""
    for number in range(message.distribution.parts if message.distribution else 0):
        yield from part(message, number)


def remove(change: Change, message: Message) -> None:
    """Plan that the list of a message goes."""
    for number in range(message.distribution.parts if message.distribution else 0):
        change.delete(ListPartRow(*_key(message.thread_id, message.id, number)))


def _key(thread_id: str, message_id: str, number: int) -> tuple[str, str]:
    return f"THREAD#{thread_id}", f"DISTRIBUTION#{message_id}#{number:03}"
