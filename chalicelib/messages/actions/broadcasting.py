"""Sending to many organizations at once (MSG-11): a long work of one change for each of them.

Each organization gets a thread of its own, as if the department had written to it alone. The change that sends carries
the work's move past it, so that each gets it once whatever happens to the runs.
"""

from datetime import datetime

import msgspec

from chalicelib.attachments import actions as attachments
from chalicelib.attachments import bindings
from chalicelib.core import ids, work
from chalicelib.core.access import Actor, system
from chalicelib.core.change import Change
from chalicelib.core.errors import FieldError, Invalid, NotFound
from chalicelib.core.journal import Entry as Record
from chalicelib.core.journal import Facts
from chalicelib.core.work import Chunk, Started, Work
from chalicelib.messages import recipients
from chalicelib.messages.actions import dispatch
from chalicelib.messages.domain import Message, Party
from chalicelib.messages.domain.broadcasts import Broadcast, distinct
from chalicelib.messages.domain.groups import GroupKind
from chalicelib.messages.recipients import Addressed, groups
from chalicelib.messages.store import broadcasts
from chalicelib.messages.store.broadcasts import Skipped
from chalicelib.organizations import store as organizations

KIND = "broadcast"
_AT_ONCE = 10


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wrote, and to which organizations."""

    mailbox_id: str
    subject: str
    text: str
    urgent: bool
    upload_ids: list[str]
    to: GroupKind
    tins: list[str]


def start(actor: Actor, wanted: Wanted, now: datetime) -> Started:
    """Begin to send. Raises Invalid, Conflict `department_retired`, NotFound for a mailbox that isn't the actor's."""
    sender = recipients.starter(actor, wanted.mailbox_id)
    tins = distinct(wanted.tins)
    if not tins:
        raise Invalid(fields=(FieldError("/tins", "required"),))
    id_ = ids.new("brc")
    facts: Facts = {
        "from": sender.id,
        "to": wanted.to,
        "organizations": len(tins),
        "attachments": list(wanted.upload_ids),
    }
    planned = Change(actor, Record(action="broadcast.started", object_id=id_, after=facts), now)
    files = attachments.bind(planned, actor, wanted.mailbox_id, wanted.upload_ids, id_)
    made = Broadcast(
        id=id_,
        sender=sender,
        sent_by=actor.id,
        group=wanted.to,
        tins=tins,
        subject=wanted.subject,
        text=wanted.text,
        urgent=wanted.urgent,
        attachments=files,
    )
    # It is kept until its last message can have gone: a work goes on for so long at most.
    planned.create(broadcasts.row(made, now + work.KEPT))
    under_way = work.start(planned, KIND, parameters={"broadcast_id": id_}, total=len(tins))
    return planned.commit(Started(under_way.id))


def own(actor: Actor, work_id: str, now: datetime) -> Work:
    """The work of a broadcast of the actor's. Raises NotFound for anything else."""
    found = work.own(actor, work_id, now)
    if found.kind != KIND:
        raise NotFound
    return found


def step(of: Work, now: datetime) -> Chunk:
    """Send to the next organizations, each in its own change together with the work's move past it.

    One to which it can't be sent is left out with the reason: it doesn't keep the others waiting.
    """
    broadcast = broadcasts.broadcast(of.parameters["broadcast_id"])
    start_at = int(of.position or 0)
    ended = min(start_at + _AT_ONCE, len(broadcast.tins))
    at, problems = of, 0
    for place in range(start_at, ended):
        chunk = Chunk(position=str(place + 1), done=1, finished=place + 1 == len(broadcast.tins))
        # What failed in all tries but the last, whatever became of them, would fail for ever.
        hopeless = place == start_at and of.attempts >= work.ATTEMPTS
        code = _send_unless_refused(broadcast, broadcast.tins[place], at, chunk, now, hopeless=hopeless)
        if code is not None:
            problems += 1
            _skip(Skipped(place + 1, broadcast.tins[place], code), at, chunk, now)
        at = msgspec.structs.replace(at, position=chunk.position)
    return Chunk(
        position=at.position,
        done=ended - start_at,
        problems=problems,
        finished=ended == len(broadcast.tins),
        recorded=True,
    )


def _send_unless_refused(
    broadcast: Broadcast, tin: str, at: Work, chunk: Chunk, now: datetime, *, hopeless: bool
) -> str | None:
    """Send to one organization; the code of the reason where it can't be written to."""
    if hopeless:
        return FieldError("/tins", "failed_repeatedly").code
    try:
        _send(broadcast, _addressed(broadcast, tin), at, chunk, now)
    except Invalid as refusal:
        return refusal.fields[0].code
    return None


def _addressed(broadcast: Broadcast, tin: str) -> Addressed:
    """The group of one organization as it is now. Raises Invalid when it can't be written to."""
    organization_id = organizations.organization_id_of(tin)
    organization = organizations.find(organization_id) if organization_id else None
    if organization is None or organization.closed:
        raise Invalid(fields=(FieldError("/tins", "unknown_organization"),))
    found = groups.expand(organization.id, [broadcast.group])
    return Addressed(
        sender=broadcast.sender,
        organization_id=organization.id,
        to=(Party(organization.id, broadcast.group, organization.name),),
        in_groups=found.reached,
        left=found.left,
    )


def _send(broadcast: Broadcast, addressed: Addressed, at: Work, chunk: Chunk, now: datetime) -> None:
    message = Message(
        id=ids.sortable("msg", now),
        thread_id=ids.new("thr"),
        organization_id=addressed.organization_id,
        sender=broadcast.sender,
        sent_by=broadcast.sent_by,
        to=addressed.to,
        subject=broadcast.subject,
        text=broadcast.text,
        urgent=broadcast.urgent,
        sent_at=now,
    )
    record = Record(
        action="message.sent",
        object_id=message.id,
        organization_id=message.organization_id,
        after={
            "thread": message.thread_id,
            "from": message.sender.id,
            "to": [f"{party.kind} of {party.id}" for party in message.to],
            "broadcast": broadcast.id,
        },
    )
    sending = Change(system(KIND, at.id), record, now)
    work.advance(sending, at, chunk)
    files = bindings.rebind(sending, broadcast.attachments, (), message.id)
    dispatch.deliver(sending, msgspec.structs.replace(message, attachments=files), addressed)
    sending.commit(None)


def _skip(skipped: Skipped, at: Work, chunk: Chunk, now: datetime) -> None:
    record = Record(action="broadcast.skipped", object_id=at.id, after={"row": skipped.row, "code": skipped.code})
    skipping = Change(system(KIND, at.id), record, now)
    skipping.put(broadcasts.skipped_row(at.id, skipped, at.expires_at))
    work.advance(skipping, at, msgspec.structs.replace(chunk, problems=1))
    skipping.commit(None)
