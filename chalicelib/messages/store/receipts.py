"""What the sender of a message sees of it: its row in Sent, and whose mailboxes have it (MSG-7)."""

from collections.abc import Iterable

from chalicelib.messages.domain import Entry
from chalicelib.messages.store.boxes import EntryRow, entry_from_row, entry_key, received_keys


def sent(mailbox_id: str, message_id: str) -> Entry | None:
    """The row of a message in its sender's sent box; None in any other mailbox."""
    try:
        return entry_from_row(EntryRow.get(*entry_key(mailbox_id, "sent", message_id), consistent_read=True))
    except EntryRow.DoesNotExist:
        return None


def received(message_id: str, mailbox_ids: Iterable[str]) -> dict[str, Entry]:
    """The rows of one message in some mailboxes' inboxes or archives, by mailbox; at most 50 mailboxes."""
    keys = [key for mailbox_id in mailbox_ids for key in received_keys(mailbox_id, message_id)]
    if not keys:
        return {}
    found = (entry_from_row(row) for row in EntryRow.batch_get(keys, consistent_read=True))
    return {entry.mailbox_id: entry for entry in found}
