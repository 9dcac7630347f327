"""Sending, reading, filing (MSG-2..MSG-8)."""

from datetime import datetime

import msgspec

from chalicelib.attachments import actions as attachments
from chalicelib.attachments import buckets
from chalicelib.core import change, cursors, ids
from chalicelib.core.access import Actor, Member
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, FieldError, Invalid, NotFound
from chalicelib.core.journal import Entry as Record
from chalicelib.messages import domain, recipients, store
from chalicelib.messages.domain import Box, Entry, Message, Party


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What a person wrote, from one of their mailboxes."""

    mailbox_id: str
    text: str
    urgent: bool
    upload_ids: list[str]


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """A message that was accepted whole (MSG-7)."""

    message_id: str
    thread_id: str
    undelivered: list[str] = []
    """Ids of parties of the thread who are no longer reachable and did not get it."""


def send(actor: Actor, draft: Draft, to: list[str], cc: list[str], subject: str, now: datetime) -> Sent:
    """Start a thread. Raises Invalid naming every wrong field, NotFound for a mailbox that isn't the actor's."""
    recipients.mailbox(actor, draft.mailbox_id)
    errors = domain.check_recipients(to, cc)
    if errors:
        raise Invalid(fields=tuple(errors))
    sender, to_parties, cc_parties = recipients.resolve(actor, draft.mailbox_id, to, cc)
    organization_id = actor.organization_id if isinstance(actor, Member) else None
    message = _message(actor, draft, sender, to_parties, cc_parties, subject, organization_id, ids.new("thr"), now)
    return _deliver(actor, draft, message, [], now)


def reply(actor: Actor, draft: Draft, thread_id: str, message_id: str, *, everyone: bool, now: datetime) -> Sent:
    """Answer a message in its thread (MSG-5); recipients are checked anew.

    Raises NotFound unless the mailbox may read that message, Invalid `recipient_left` when nobody is left to write to.
    """
    sender = recipients.sender(actor, draft.mailbox_id)
    answered = _readable(draft.mailbox_id, thread_id, message_id)
    to, cc = domain.reply_recipients(answered, draft.mailbox_id, everyone=everyone)
    reachable = recipients.still_reachable(answered.organization_id, to + cc)
    gone = [party.id for party in to + cc if party.id not in reachable]
    to = tuple(party for party in to if party.id in reachable)
    cc = tuple(party for party in cc if party.id in reachable)
    if not to + cc:
        raise Invalid(fields=(FieldError("/message_id", "recipient_left"),))
    if not to:
        to, cc = cc, ()
    message = _message(actor, draft, sender, to, cc, answered.subject, answered.organization_id, thread_id, now)
    return _deliver(actor, draft, message, gone, now)


def open_thread(
    actor: Actor, mailbox_id: str, thread_id: str, cursor: str | None, now: datetime
) -> cursors.Page[Message]:
    """The messages of a thread that the mailbox may read, newest first; leaves an audit record (MSG-10)."""
    recipients.mailbox(actor, mailbox_id)
    page = store.thread_page(actor.id, thread_id, mailbox_id, cursor)
    if not page.items:
        raise NotFound
    record = Record(
        action="message.opened",
        object_id=thread_id,
        organization_id=page.items[0].organization_id,
        after={"mailbox": mailbox_id, "messages": [message.id for message in page.items]},
    )
    change.note(actor, record, now)
    return page


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


def attachment_link(
    actor: Actor, mailbox_id: str, thread_id: str, message_id: str, attachment_id: str, now: datetime
) -> str:
    """A short-lived address for a file of a message the mailbox may read now (S-AZ-11); leaves an audit record."""
    recipients.mailbox(actor, mailbox_id)
    message = _readable(mailbox_id, thread_id, message_id)
    for attachment in message.attachments:
        if attachment.id == attachment_id:
            record = Record(
                action="attachment.downloaded",
                object_id=attachment_id,
                organization_id=message.organization_id,
                after={"mailbox": mailbox_id, "message": message_id},
            )
            change.note(actor, record, now)
            return buckets.link(attachment)
    raise NotFound


def _message(
    actor: Actor,
    draft: Draft,
    sender: Party,
    to: tuple[Party, ...],
    cc: tuple[Party, ...],
    subject: str,
    organization_id: str | None,
    thread_id: str,
    now: datetime,
) -> Message:
    return Message(
        id=ids.sortable("msg", now),
        thread_id=thread_id,
        organization_id=organization_id,
        sender=sender,
        sent_by=actor.id,
        to=to,
        cc=cc,
        subject=subject,
        text=draft.text,
        urgent=draft.urgent,
        sent_at=now,
    )


def _deliver(actor: Actor, draft: Draft, message: Message, undelivered: list[str], now: datetime) -> Sent:
    """One transaction: the message, its rows in every box, the badges, the files it takes along (MSG-7)."""
    record = Record(
        action="message.sent",
        object_id=message.id,
        organization_id=message.organization_id,
        after={
            "thread": message.thread_id,
            "from": message.sender.id,
            "to": [party.id for party in message.recipients],
            "attachments": list(draft.upload_ids),
            "urgent": message.urgent,
        },
    )
    sending = Change(actor, record, now)
    files = attachments.bind(sending, actor, draft.mailbox_id, draft.upload_ids, message.id)
    message = msgspec.structs.replace(message, attachments=files)
    sending.create(store.message_row(message))
    for entry in domain.entries(message):
        store.add_entry(sending, entry)
    sending.emit("message.sent", message_id=message.id, thread_id=message.thread_id)
    return sending.commit(Sent(message_id=message.id, thread_id=message.thread_id, undelivered=undelivered))


def _readable(mailbox_id: str, thread_id: str, message_id: str) -> Message:
    message = store.message(thread_id, message_id)
    if message is None or not domain.may_read(message, mailbox_id):
        raise NotFound
    return message


def _received(actor: Actor, mailbox_id: str, message_id: str) -> Entry:
    recipients.mailbox(actor, mailbox_id)
    entry = store.received_entries(mailbox_id, [message_id]).get(message_id)
    if entry is None:
        raise NotFound
    return entry


def _replace(actor: Actor, before: Entry, after: Entry, action: str, now: datetime) -> Entry:
    record = Record(action=action, object_id=after.message_id, after={"mailbox": after.mailbox_id})
    replacing = Change(actor, record, now)
    store.replace_entry(replacing, before, after)
    try:
        replacing.commit(None)
    except Conflict:
        # Another tab or colleague was faster. If they did the same, it is done.
        found = store.received_entries(after.mailbox_id, [after.message_id]).get(after.message_id)
        if found != after:
            raise
    return after
