"""Withdrawing a message (MSG-9)."""

from datetime import datetime

from chalicelib.core.access import Actor
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, NotFound
from chalicelib.core.journal import Entry as Record
from chalicelib.core.outrun import Outrun, until_kept
from chalicelib.messages import domain, recipients, store
from chalicelib.messages.actions import conversations, reading, withdrawing
from chalicelib.messages.domain import Entry, Message, Party
from chalicelib.messages.domain.recalling import Recalled, marked, was_read
from chalicelib.messages.store import boxes, dispatches


def recall(actor: Actor, mailbox_id: str, thread_id: str, message_id: str, now: datetime) -> Recalled:
    """Withdraw a message that was sent from this mailbox, from all who have not read it, at once.

    Who reads at the same moment has either read it, or it is gone. Where more than one transaction takes have it, or
    will, nobody can open or get it from now on, and a long work removes their rows. Raises NotFound for a message of
    somebody else's, Conflict `already_withdrawn`.
    """
    recipients.mailbox(actor, mailbox_id)
    return until_kept(lambda: _recall(actor, mailbox_id, thread_id, message_id, now))


def _recall(actor: Actor, mailbox_id: str, thread_id: str, message_id: str, now: datetime) -> Recalled:
    message = reading.readable(mailbox_id, thread_id, message_id)
    if message.sender.id != mailbox_id:
        raise NotFound
    if message.withdrawn_at is not None:
        raise Conflict("already_withdrawn")
    if message.distribution is not None and message.distribution.work_id is not None:
        return withdrawing.start(actor, message, now)
    # What one transaction delivered, one takes back: no more rows, and less beside them.
    return _at_once(actor, message, now)


def _at_once(actor: Actor, message: Message, now: datetime) -> Recalled:
    reached = {party.id: party for party in _reached(message)}
    copies = boxes.entries_of(message.id, reached)
    gone = [entry for entry in copies if not was_read(entry)]
    read = [entry for entry in copies if was_read(entry)]
    recalling = Change(actor, _record(message, gone, read), now)
    store.withdraw(recalling, message, mailbox_ids={entry.mailbox_id for entry in gone})
    pairs = [(domain.sent_entry(message), marked(domain.sent_entry(message)))]
    boxes.replace_entries(recalling, [*pairs, *((entry, marked(entry)) for entry in read)], Outrun())
    for entry in gone:
        boxes.remove_entry(recalling, entry, Outrun())
    conversations.withdraw(recalling, message, [reached[entry.mailbox_id] for entry in gone])
    return recalling.commit(Recalled(withdrawn=len(gone), read=[reached[entry.mailbox_id].name for entry in read]))


def _reached(message: Message) -> list[Party]:
    """Whose boxes it went to."""
    if message.distribution is None:
        return [party for party in message.recipients if not party.is_group]
    return [listed.party for listed in dispatches.everybody(message) if not listed.left]


def _record(message: Message, gone: list[Entry], read: list[Entry]) -> Record:
    return Record(
        action="message.withdrawn",
        object_id=message.id,
        organization_id=message.organization_id,
        after={
            "thread": message.thread_id,
            "mailbox": message.sender.id,
            "withdrawn": [entry.mailbox_id for entry in gone],
            "read": [entry.mailbox_id for entry in read],
        },
    )
