"""Rules of withdrawing a message (MSG-9): unread copies go, read ones are marked, and the sender sees who read."""

import msgspec

from chalicelib.messages.domain import Entry

MOST_WITHDRAWN = 46
"""Copies that one transaction withdraws: a row and a badge each, beside the message, Sent and what every change has."""


def was_read(entry: Entry) -> bool:
    """Whether a copy has been read, also when it was marked unread afterwards."""
    return not entry.unread or entry.read_at is not None


def marked(entry: Entry) -> Entry:
    """A row that stays, marked as withdrawn."""
    return msgspec.structs.replace(entry, status="withdrawn")
