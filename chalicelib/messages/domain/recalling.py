"""Rules of withdrawing a message (MSG-9): unread copies go, read ones are marked, and the sender sees who read."""

import msgspec

from chalicelib.messages.domain import Entry


class Recalled(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a message that was withdrawn."""

    withdrawn: int
    """Copies that nobody had read; they are gone."""
    read: list[str]
    """Names of those who had read theirs; it is marked."""
    work_id: str | None = None
    """The long work that takes it back from more than one transaction does; the receipts tell who had read it."""


def was_read(entry: Entry) -> bool:
    """Whether a copy has been read, also when it was marked unread afterwards."""
    return not entry.unread or entry.read_at is not None


def marked(entry: Entry) -> Entry:
    """A row that stays, marked as withdrawn."""
    return msgspec.structs.replace(entry, status="withdrawn")
