"""Sending and answering (MSG-2, MSG-5, MSG-7)."""

from datetime import datetime

import msgspec

from chalicelib.attachments import actions as attachments
from chalicelib.attachments import bindings
from chalicelib.attachments.domain import Attachment
from chalicelib.core import ids, outrun
from chalicelib.core.access import Actor, Member
from chalicelib.core.change import Change
from chalicelib.core.errors import FieldError, Invalid
from chalicelib.core.journal import Entry as Record
from chalicelib.messages import domain, recipients, store
from chalicelib.messages.actions import conversations, dispatch, reading
from chalicelib.messages.domain import Message, forwarding
from chalicelib.messages.domain.groups import Group
from chalicelib.messages.recipients import Addressed
from chalicelib.messages.store import drafts


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What a person wrote, from one of their mailboxes."""

    mailbox_id: str
    text: str
    urgent: bool
    upload_ids: list[str]
    seen_message_id: str | None = None
    """The newest message of the thread that they had before them, where a department answers (MSG-6)."""
    organization_id: str | None = None
    """The organization whose members staff address; members have but their own (MSG-1)."""
    groups: list[Group] = []
    """Of that organization."""
    draft_id: str | None = None
    """The saved draft that it was; it goes with the message."""


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """A message that was accepted whole (MSG-7)."""

    message_id: str
    thread_id: str
    undelivered: list[str] = []
    """Ids of parties of the thread, and of people in its groups, who are no longer reachable and did not get it."""
    work_id: str | None = None
    """The long work that delivers it to more than one transaction takes (MSG-7)."""


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
    staff = not isinstance(actor, Member)
    errors = domain.check_recipients(to, cc, draft.groups, staff=staff)
    if errors:
        raise Invalid(fields=tuple(errors))
    practice = draft.organization_id or (original.organization_id if original is not None else None)
    addressed = recipients.resolve(actor, draft.mailbox_id, to, cc, draft.groups, practice)
    organization_id = addressed.organization_id
    if original is not None:
        organization_id = forwarding.organization(original.organization_id, organization_id)
    message = _message(actor, draft, addressed, subject, organization_id, ids.new("thr"), now)
    return _deliver(actor, draft, message, addressed, now, original=original)


def reply(actor: Actor, draft: Draft, thread_id: str, message_id: str, *, everyone: bool, now: datetime) -> Sent:
    """Answer a message in its thread (MSG-5); recipients are checked anew.

    Raises NotFound unless the mailbox may read that message, Invalid `recipient_left` when nobody is left to write to,
    `too_many_to_answer` when a member's answer to everybody would go to more than they may address (MSG-7).
    """
    recipients.mailbox(actor, draft.mailbox_id)
    return outrun.until_kept(lambda: _reply(actor, draft, thread_id, message_id, everyone=everyone, now=now))


def _reply(actor: Actor, draft: Draft, thread_id: str, message_id: str, *, everyone: bool, now: datetime) -> Sent:
    answered = reading.readable(draft.mailbox_id, thread_id, message_id)
    to, cc = domain.reply_recipients(answered, draft.mailbox_id, everyone=everyone)
    addressed = recipients.again(actor, draft.mailbox_id, answered.organization_id, to, cc)
    if not addressed.reached:
        raise Invalid(fields=(FieldError("/message_id", "recipient_left"),))
    errors = domain.check_answered(len(addressed.to + addressed.cc), staff=not isinstance(actor, Member))
    if errors:
        raise Invalid(fields=tuple(errors))
    if not addressed.to:
        addressed = msgspec.structs.replace(addressed, to=addressed.cc, cc=())
    message = _message(actor, draft, addressed, answered.subject, answered.organization_id, thread_id, now)
    return _deliver(actor, draft, message, addressed, now, answered=answered)


def _message(
    actor: Actor,
    draft: Draft,
    addressed: Addressed,
    subject: str,
    organization_id: str | None,
    thread_id: str,
    now: datetime,
) -> Message:
    return Message(
        id=ids.sortable("msg", now),
        thread_id=thread_id,
        organization_id=organization_id,
        sender=addressed.sender,
        sent_by=actor.id,
        to=addressed.to,
        cc=addressed.cc,
        subject=subject,
        text=draft.text,
        urgent=draft.urgent,
        sent_at=now,
    )


def _deliver(
    actor: Actor,
    draft: Draft,
    message: Message,
    addressed: Addressed,
    now: datetime,
    *,
    original: Message | None = None,
    answered: Message | None = None,
) -> Sent:
    """One transaction: the message, its rows in every box, the badges, the files it takes along (MSG-7).

    What it forwards (`original`) or answers has been read by whoever does so.
    """
    record = Record(
        action="message.sent",
        object_id=message.id,
        organization_id=message.organization_id,
        after={
            "thread": message.thread_id,
            "from": message.sender.id,
            "to": [f"{party.kind} of {party.id}" if party.is_group else party.id for party in message.recipients],
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
    if draft.draft_id is not None:
        drafts.remove(sending, draft.mailbox_id, actor.id, draft.draft_id)
    read = original or answered
    if read is not None:
        reading.note_read(sending, draft.mailbox_id, read)
    conversations.follow(sending, message, seen=draft.seen_message_id, new_thread=answered is None)
    message = dispatch.deliver(sending, message, addressed)
    return sending.commit(
        Sent(
            message_id=message.id,
            thread_id=message.thread_id,
            undelivered=[party.id for party in addressed.left],
            work_id=message.distribution.work_id if message.distribution is not None else None,
        )
    )


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
    store.note_forward(sending, original)
    return bindings.rebind(sending, original.attachments, added, message.id)
