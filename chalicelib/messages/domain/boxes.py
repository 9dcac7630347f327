"""Rules of what a mailbox does with its rows (MSG-3, MSG-4, MSG-5)."""

from datetime import datetime

import msgspec

from chalicelib.core.errors import FieldError
from chalicelib.messages.domain import Box, Entry

MOST_TOGETHER = 25
"""Messages that are marked or filed at once: what a page shows, and what one transaction takes."""


def filed(entry: Entry, now: datetime, *, unread: bool | None = None, box: Box | None = None) -> Entry:
    """A row once it is marked or filed; None leaves it as it is. Filing doesn't read (MSG-4)."""
    after = msgspec.structs.replace(entry, box=box or entry.box)
    if unread is None:
        return after
    first = entry.read_at or (None if unread else now)
    return msgspec.structs.replace(after, unread=unread, read_at=first)


def check_together(message_ids: list[str], *, unread: bool | None, box: Box | None) -> list[FieldError]:
    """What is wrong with asking for several to be marked or filed."""
    errors = []
    if len({*message_ids}) < len(message_ids):
        errors.append(FieldError("/message_ids", "repeated"))
    if unread is None and box is None:
        errors.append(FieldError("/read", "required"))
    return errors
