"""Sending and answering (MSG-2, MSG-5, MSG-7)."""

from datetime import datetime

import msgspec

from chalicelib.attachments import actions as attachments
from chalicelib.attachments import bindings
from chalicelib.attachments.domain import Attachment
from chalicelib.core import ids
from chalicelib.core.access import Actor, Member
from chalicelib.core.change import Change
from chalicelib.core.errors import FieldError, Invalid
from chalicelib.core.journal import Entry as Record
from chalicelib.messages import domain, recipients, store
from chalicelib.messages.actions import conversations, reading
from chalicelib.messages.domain import Message, Party, forwarding
from chalicelib.messages.store import boxes


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What a person wrote, from one of their mailboxes."""

    mailbox_id: str
    text: str
    urgent: bool
    upload_ids: list[str]
    seen_message_id: str | None = None
    """The newest message of the thread that they had before them, where a department answers (MSG-6)."""


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """A message that was accepted whole (MSG-7)."""

    message_id: str
    thread_id: str
    undelivered: list[str] = []
    """Ids of parties of the thread who are no longer reachable and did not get it."""


def send(
    actor: Actor,
    draft: Draft,
    to: list[str],
    cc: list[str],
    subject: str,
    now: datetime,
    original: Message | None = None,
) -> Sent:
    """Start a thread, which may forward `original`.

    Raises Invalid naming every wrong field, NotFound for a mailbox that isn't the actor's.
    """
    recipients.mailbox(actor, draft.mailbox_id)
    errors = domain.check_recipients(to, cc)
    if errors:
        raise Invalid(fields=tuple(errors))
    sender, to_parties, cc_parties = recipients.resolve(actor, draft.mailbox_id, to, cc)
    organization_id = actor.organization_id if isinstance(actor, Member) else None
    if original is not None:
        organization_id = forwarding.organization(original.organization_id, organization_id)
    message = _message(actor, draft, sender, to_parties, cc_parties, subject, organization_id, ids.new("thr"), now)
    return _deliver(actor, draft, message, [], now, original)


def reply(actor: Actor, draft: Draft, thread_id: str, message_id: str, *, everyone: bool, now: datetime) -> Sent:
    """Answer a message in its thread (MSG-5); recipients are checked anew.

    Raises NotFound unless the mailbox may read that message, Invalid `recipient_left` when nobody is left to write to.
    """
    sender = recipients.sender(actor, draft.mailbox_id)
    answered = reading.readable(draft.mailbox_id, thread_id, message_id)
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
    return conversations.until_kept(lambda: _deliver(actor, draft, message, gone, now, new_thread=False))


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


def _deliver(
    actor: Actor,
    draft: Draft,
    message: Message,
    undelivered: list[str],
    now: datetime,
    original: Message | None = None,
    *,
    new_thread: bool = True,
) -> Sent:
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
    if original is not None:
        files = _carry(sending, draft.mailbox_id, original, message, files)
        message = msgspec.structs.replace(message, forwarded=forwarding.chain(original))
    message = msgspec.structs.replace(message, attachments=files)
    sending.create(store.message_row(message))
    for entry in domain.entries(message):
        boxes.add_entry(sending, entry)
    conversations.follow(sending, message, seen=draft.seen_message_id, new_thread=new_thread)
    sending.emit("message.sent", message_id=message.id, thread_id=message.thread_id)
    return sending.commit(Sent(message_id=message.id, thread_id=message.thread_id, undelivered=undelivered))


def _carry(
    sending: Change, mailbox_id: str, original: Message, message: Message, added: tuple[Attachment, ...]
) -> tuple[Attachment, ...]:
    """The files of a message that forwards `original`: its files, then the added ones; leaves a record (MSG-10)."""
    record = Record(
        action="message.forwarded",
        object_id=original.id,
        organization_id=original.organization_id,
        after={"mailbox": mailbox_id, "message": message.id},
    )
    sending.record(record)
    return bindings.rebind(sending, original.attachments, added, message.id)
