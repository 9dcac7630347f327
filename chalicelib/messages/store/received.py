"""What a mailbox did with messages it received: where each is, and which it reported, in one read."""

from collections.abc import Sequence

from chalicelib.core.tables import MailRow
from chalicelib.messages.domain import Entry
from chalicelib.messages.store import reports
from chalicelib.messages.store.boxes import EntryRow, entry_from_row, received_keys


def around(mailbox_id: str, message_ids: Sequence[str]) -> tuple[dict[str, Entry], frozenset[str]]:
    """Rows of messages in a mailbox's inbox or archive, by message id, and ids of those it reported; at most 33."""
    keys = [key for id_ in message_ids for key in received_keys(mailbox_id, id_)]
    claims = {reports.claim_key(id_, mailbox_id): id_ for id_ in message_ids}
    rows = list(MailRow.batch_get([*keys, *claims], consistent_read=True)) if keys else []
    entries = [entry_from_row(row) for row in rows if isinstance(row, EntryRow)]
    reported = frozenset(claims[row.pk, row.sk] for row in rows if isinstance(row, reports.ReportedRow))
    return {entry.message_id: entry for entry in entries}, reported
