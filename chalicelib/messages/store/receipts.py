"""What the sender of a message sees of it: its row in Sent (MSG-7)."""

from chalicelib.messages.domain import Entry
from chalicelib.messages.store.boxes import EntryRow, entry_from_row, entry_key


def sent(mailbox_id: str, message_id: str) -> Entry | None:
    """The row of a message in its sender's sent box; None in any other mailbox."""
    try:
        return entry_from_row(EntryRow.get(*entry_key(mailbox_id, "sent", message_id), consistent_read=True))
    except EntryRow.DoesNotExist:
        return None
