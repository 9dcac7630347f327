"""Marking and archiving, one message or a page of them (MSG-3, MSG-4, MSG-5)."""

from collections.abc import Iterable
from datetime import datetime

from chalicelib.core.access import Actor
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, FieldError, Invalid, NotFound
from chalicelib.core.journal import Entry as Record
from chalicelib.core.journal import Facts
from chalicelib.messages import recipients
from chalicelib.messages.domain import Box, Entry
from chalicelib.messages.domain.boxes import check_together, filed
from chalicelib.messages.store import boxes

# Colleagues at the same rows; whoever comes too late every time is told.
_TRIES = 4

Pair = tuple[Entry, Entry]


def mark(actor: Actor, mailbox_id: str, message_id: str, now: datetime, *, unread: bool) -> Entry:
    """Mark a received message as read or unread (MSG-5). Doing it again changes nothing."""
    return _file(actor, mailbox_id, message_id, now, unread=unread, box=None)


def move(actor: Actor, mailbox_id: str, message_id: str, box: Box, now: datetime) -> Entry:
    """Archive a received message or take it back to the inbox (MSG-3); archiving doesn't read it (MSG-4)."""
    if box == "sent":
        raise Invalid(fields=(FieldError("/box", "not_one_of_these"),))
    return _file(actor, mailbox_id, message_id, now, unread=None, box=box)


def file_together(
    actor: Actor, mailbox_id: str, message_ids: list[str], now: datetime, *, unread: bool | None, box: Box | None
) -> list[str]:
    """Mark or file at most MOST_TOGETHER received messages, all or none; ids of those that were not so already.

    Raises Invalid, NotFound when one of them isn't there, Conflict when colleagues keep changing the same ones.
    """
    errors = check_together(message_ids, unread=unread, box=box)
    if errors:
        raise Invalid(fields=tuple(errors))
    tries = _TRIES
    while True:
        tries -= 1
        entries = _received(actor, mailbox_id, message_ids)
        pairs = [(entry, filed(entry, now, unread=unread, box=box)) for entry in entries]
        pairs = [(before, after) for before, after in pairs if _differ(before, after)]
        if not pairs:
            return []
        try:
            return _change(actor, pairs, now).commit([after.message_id for _, after in pairs])
        except Conflict:
            if not tries:
                raise


def _received(actor: Actor, mailbox_id: str, message_ids: list[str]) -> list[Entry]:
    """The rows of these messages. Raises NotFound unless all are there."""
    recipients.mailbox(actor, mailbox_id)
    found = boxes.received_entries(mailbox_id, message_ids)
    if len(found) < len(message_ids):
        raise NotFound
    return [found[id_] for id_ in message_ids]


def _file(
    actor: Actor, mailbox_id: str, message_id: str, now: datetime, *, unread: bool | None, box: Box | None
) -> Entry:
    (before,) = _received(actor, mailbox_id, [message_id])
    tries = _TRIES
    while True:
        tries -= 1
        after = filed(before, now, unread=unread, box=box)
        if not _differ(before, after):
            return before
        try:
            return _change(actor, [(before, after)], now).commit(after)
        except Conflict:
            found = boxes.received_entries(mailbox_id, [message_id]).get(message_id)
            # Another tab or colleague was faster. If they did the same, it is done; if they only opened it, on we go.
            if found is not None and not _differ(found, after):
                return after
            if found is None or _differ(found, before) or not tries:
                raise
            before = found


def _differ(one: Entry, other: Entry) -> bool:
    return (one.box, one.unread, one.status) != (other.box, other.unread, other.status)


def _change(actor: Actor, pairs: Iterable[Pair], now: datetime) -> Change:
    """Not yet committed; a record for each message (S-AUD-02)."""
    pairs = list(pairs)
    first, *others = [_record(before, after) for before, after in pairs]
    change = Change(actor, first, now)
    for record in others:
        change.record(record)
    boxes.replace_entries(change, pairs)
    return change


def _record(before: Entry, after: Entry) -> Record:
    facts: Facts = {"mailbox": after.mailbox_id}
    if before.box == after.box:
        action = "message.marked_unread" if after.unread else "message.read"
        return Record(action=action, object_id=after.message_id, after=facts)
    action = "message.archived" if after.box == "archived" else "message.unarchived"
    if before.unread != after.unread:
        facts["unread"] = after.unread
    return Record(action=action, object_id=after.message_id, after=facts)
