"""Marking and archiving (MSG-3, MSG-4, MSG-5)."""

from datetime import datetime

import msgspec

from chalicelib.core.access import Actor
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, FieldError, Invalid, NotFound
from chalicelib.core.journal import Entry as Record
from chalicelib.messages import recipients
from chalicelib.messages.domain import Box, Entry
from chalicelib.messages.store import boxes


def mark(actor: Actor, mailbox_id: str, message_id: str, now: datetime, *, unread: bool) -> Entry:
    """Mark a received message as read or unread (MSG-5). Doing it again changes nothing."""
    entry = _received(actor, mailbox_id, message_id)
    if entry.unread == unread:
        return entry
    after = msgspec.structs.replace(entry, unread=unread)
    return _replace(actor, entry, after, "message.marked_unread" if unread else "message.read", now)


def move(actor: Actor, mailbox_id: str, message_id: str, box: Box, now: datetime) -> Entry:
    """Archive a received message or take it back to the inbox (MSG-3); archiving doesn't read it (MSG-4)."""
    if box == "sent":
        raise Invalid(fields=(FieldError("/box", "not_one_of_these"),))
    entry = _received(actor, mailbox_id, message_id)
    if entry.box == box:
        return entry
    after = msgspec.structs.replace(entry, box=box)
    return _replace(actor, entry, after, "message.archived" if box == "archived" else "message.unarchived", now)


def _received(actor: Actor, mailbox_id: str, message_id: str) -> Entry:
    recipients.mailbox(actor, mailbox_id)
    entry = boxes.received_entries(mailbox_id, [message_id]).get(message_id)
    if entry is None:
        raise NotFound
    return entry


def _replace(actor: Actor, before: Entry, after: Entry, action: str, now: datetime) -> Entry:
    record = Record(action=action, object_id=after.message_id, after={"mailbox": after.mailbox_id})
    replacing = Change(actor, record, now)
    boxes.replace_entry(replacing, before, after)
    try:
        replacing.commit(None)
    except Conflict:
        # Another tab or colleague was faster. If they did the same, it is done.
        found = boxes.received_entries(after.mailbox_id, [after.message_id]).get(after.message_id)
        if found != after:
            raise
    return after
