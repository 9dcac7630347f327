"""Deleting what is old enough, with all that hangs on it, or putting it aside for a legal hold (MSG-10).

Most messages go in one transaction. Where one has no room for all, rows of boxes and notes go first, in as many as it
takes, and the message last, together with its certificate: a run that dies leaves what the next one finds by it. Every
transaction requires that nothing was held or lifted since that was read.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Literal

import msgspec

from chalicelib.accounts import store as accounts
from chalicelib.attachments import bindings
from chalicelib.core import ids, work
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry as Record
from chalicelib.core.journal import Facts
from chalicelib.core.outrun import Outrun, until_kept
from chalicelib.messages import store as messages
from chalicelib.messages.domain import Message, counts
from chalicelib.messages.domain.conversations import Conversation
from chalicelib.messages.store import ages, boxes, broadcasts, conversations, dispatches, notes
from chalicelib.messages.store.ages import Aged
from chalicelib.retention import domain
from chalicelib.retention.domain import Certificate, File
from chalicelib.retention.domain.holds import Holds, Subject, holding
from chalicelib.retention.store import certificates
from chalicelib.retention.store import holds as holds_store

JOB = "retention"
Outcome = Literal["deleted", "held", "waits", "gone"]
"""`waits`: not due yet, or still on its way to its recipients."""

# Mailboxes whose rows are read together.
_TOGETHER = 50


class Piece(msgspec.Struct, frozen=True):
    """What can be planned by itself."""

    rows: int
    """That it takes at most."""
    plan: Callable[[Change], None]
    mailbox_id: str = ""
    """Whose row it is, if it is one."""


class Run(msgspec.Struct):
    """What one run of the job knows: the plan's years, and what is held as it was last read."""

    years: int
    now: datetime
    holds: Holds
    owners: dict[str, str]
    """Held users by the ids of their mailboxes."""


def begin(years: int, now: datetime) -> Run:
    """A run as of `now`."""
    run = Run(years, now, Holds(), {})
    look_at_holds(run)
    return run


def look_at_holds(run: Run) -> None:
    """Read what is held. Whoever becomes a member after that got no message that is old enough to go."""
    run.holds = holds_store.holds()
    run.owners = {
        membership_id: user_id
        for user_id in run.holds.users
        for _, membership_id in accounts.membership_ids_of(user_id)
    }


def deal_with(run: Run, aged: Aged) -> Outcome:
    """Delete something if its years are over and nothing holds it; may be tried again after any failure."""
    if not domain.is_due(aged.at, run.years, run.now):
        return "waits"
    done: set[str] = set()

    def once() -> Outcome:
        try:
            return _delete_broadcast(run, aged) if aged.sk == "BROADCAST" else _delete_message(run, aged, done)
        except Outrun:
            look_at_holds(run)
            raise

    return until_kept(once)


def _delete_message(run: Run, aged: Aged, done: set[str]) -> Outcome:
    kept = messages.kept(aged.pk, aged.sk)
    if kept is None:
        return "gone"
    message = kept.message
    sent = boxes.entry(message.sender.id, "sent", message.id)
    if sent is not None and sent.status == "sending" and run.now < message.sent_at + work.KEPT:
        # Its long work still delivers it; one that died is called for no more.
        return "waits"
    reached = _reached(message)
    desks = _desks(message)
    left = _left_notes(message, desks)
    users = [message.sent_by, *(_people(desks, left) if run.holds.users else ())]
    mailboxes = [message.sender.id, *reached]
    subject = holding(run.holds, message.organization_id, message.thread_id, users, mailboxes, run.owners)
    if subject is not None:
        return _put_aside(run, aged, subject, message.id, message.organization_id)
    shares = bindings.shares(message.attachments, message.id)
    certificate = msgspec.structs.replace(
        _certificate(run, aged, kept.document, shares),
        kind="message",
        object_id=message.id,
        thread_id=message.thread_id,
        organization_id=message.organization_id,
        mailboxes=len(reached),
    )
    last = _last(run, certificate, shares)
    if sent is not None:
        boxes.delete_entry(last, sent, Outrun())
    empty = _let_go(last, message, desks)
    dispatches.remove(last, message)
    messages.remove(last, kept, Outrun())
    _with_pieces(run, last, certificate, [*_rows(message, reached, done), *_notes([*_places(empty), *left])], done)
    last.commit(None)
    return "deleted"


def _delete_broadcast(run: Run, aged: Aged) -> Outcome:
    kept = broadcasts.kept(aged.pk)
    if kept is None:
        return "gone"
    broadcast, document = kept
    subject = holding(run.holds, None, None, [broadcast.sent_by])
    if subject is not None:
        return _put_aside(run, aged, subject, broadcast.id, None)
    shares = bindings.shares(broadcast.attachments, broadcast.id)
    certificate = msgspec.structs.replace(
        _certificate(run, aged, document, shares), kind="broadcast", object_id=broadcast.id
    )
    last = _last(run, certificate, shares)
    broadcasts.remove(last, broadcast, Outrun())
    last.commit(None)
    return "deleted"


def _certificate(run: Run, aged: Aged, document: str, shares: list[bindings.Share]) -> Certificate:
    return Certificate(
        id=ids.sortable("del", run.now),
        kind="",
        object_id="",
        thread_id=None,
        organization_id=None,
        kept_from=aged.at,
        deleted_at=run.now,
        years=run.years,
        sha256=hashlib.sha256(document.encode()).hexdigest(),
        mailboxes=0,
        files=tuple(File(id=one.file.id, sha256=one.upload.sha256, deleted=one.is_last) for one in shares),
    )


def _last(run: Run, certificate: Certificate, shares: list[bindings.Share]) -> Change:
    """The change that deletes the thing itself, so far with its certificate and what becomes of its files."""
    last = Change(system(JOB), _record(certificate), run.now)
    holds_store.require(last, run.holds, Outrun())
    certificates.add(last, certificate)
    for share in shares:
        bindings.give_up(last, share, Outrun())
    return last


def _record(certificate: Certificate) -> Record:
    facts: Facts = {
        "certificate": certificate.id,
        "thread": certificate.thread_id,
        "kept_from": certificate.kept_from.isoformat(),
        "years": certificate.years,
        "sha256": certificate.sha256,
        "mailboxes": certificate.mailboxes,
        "files": [f"{file.id} {file.sha256} {'deleted' if file.deleted else 'kept'}" for file in certificate.files],
    }
    return Record(
        action=f"{certificate.kind}.deleted",
        object_id=certificate.object_id,
        organization_id=certificate.organization_id,
        after=facts,
    )


def _put_aside(run: Run, aged: Aged, subject: Subject, object_id: str, organization_id: str | None) -> Outcome:
    """Keep something for as long as a subject is held. Where that is known already, nothing is written."""
    if aged.age != ages.held_by(str(subject)):
        facts: Facts = {"subject": subject.kind, "id": subject.id}
        record = Record(action="retention.held", object_id=object_id, organization_id=organization_id, after=facts)
        keeping = Change(system(JOB), record, run.now)
        ages.put_aside(keeping, aged, str(subject), Outrun())
        holds_store.require(keeping, run.holds, Outrun())
        keeping.commit(None)
    return "held"


def _reached(message: Message) -> list[str]:
    """The mailboxes that it was addressed to, but for those of people who had left."""
    if message.distribution is None:
        return [party.id for party in message.recipients if not party.is_group]
    return [listed.id for listed in dispatches.everybody(message) if not listed.left]


def _desks(message: Message) -> list[Conversation]:
    """What departments have of its thread."""
    ids_ = {party.id for party in (message.sender, *message.recipients) if party.kind == "department"}
    return list(conversations.conversations(ids_, message.thread_id).values()) if ids_ else []


def _left_notes(message: Message, desks: list[Conversation]) -> list[tuple[str, str]]:
    """Where a withdrawal took away the whole conversation, on which agents may have noted something."""
    known = {one.mailbox_id for one in desks}
    gone = [party.id for party in message.recipients if party.kind == "department" and party.id not in known]
    return [(id_, message.thread_id) for id_ in gone if not messages.others_readable(message, id_)]


def _places(desks: list[Conversation]) -> list[tuple[str, str]]:
    return [(one.mailbox_id, one.thread_id) for one in desks]


def _people(desks: list[Conversation], left: list[tuple[str, str]]) -> Iterator[str]:
    """Ids of the agents who had to do with some conversations, or noted something on those that are gone."""
    for one in desks:
        yield from (reading.user_id for reading in one.read_by)
        yield from (answer.user_id for answer in one.answered_by)
        if one.claimed_by is not None:
            yield one.claimed_by.user_id
    for place in (*_places(desks), *left):
        yield from (note.user_id for note in notes.all_of(*place))


def _let_go(last: Change, message: Message, desks: list[Conversation]) -> list[Conversation]:
    """Plan what becomes of its conversations. Returns those of which nothing is left, and which go."""
    empty = []
    for one in desks:
        if messages.others_readable(message, one.mailbox_id):
            conversations.go_on(last, one, Outrun())
        else:
            conversations.remove(last, one, Outrun())
            empty.append(one)
    return empty


def _rows(message: Message, reached: list[str], done: set[str]) -> Iterator[Piece]:
    """What is to be done for each mailbox that it was delivered to, but for those in `done`."""
    waiting = [id_ for id_ in reached if id_ not in done]
    for start in range(0, len(waiting), _TOGETHER):
        together = waiting[start : start + _TOGETHER]
        found = {entry.mailbox_id: entry for entry in boxes.entries_of(message.id, together)}
        for mailbox_id in together:
            entry = found.get(mailbox_id)
            if entry is not None:
                rows = 2 if counts(entry) else 1
                yield Piece(rows, partial(boxes.delete_entry, entry=entry, error=Outrun()), mailbox_id)
            elif mailbox_id not in message.withdrawn_from:
                # Deleted by a run that died, or on its way from one box to another.
                none = partial(boxes.require_none, mailbox_id=mailbox_id, message_id=message.id, error=Outrun())
                yield Piece(2, none, mailbox_id)


def _notes(places: list[tuple[str, str]]) -> Iterator[Piece]:
    for mailbox_id, thread_id in places:
        for note in notes.all_of(mailbox_id, thread_id):
            yield Piece(1, partial(notes.remove, mailbox_id=mailbox_id, thread_id=thread_id, note=note))


def _with_pieces(run: Run, last: Change, certificate: Certificate, pieces: list[Piece], done: set[str]) -> None:
    """Plan the pieces with the last change if it has room for all, or else do them before, in changes of their own."""
    if sum(piece.rows for piece in pieces) <= last.room:
        for piece in pieces:
            piece.plan(last)
        return
    while pieces:
        part = _part(run, certificate)
        planned = []
        while pieces and part.room >= pieces[0].rows:
            piece = pieces.pop(0)
            piece.plan(part)
            planned.append(piece.mailbox_id)
        part.commit(None)
        done |= set(planned)


def _part(run: Run, certificate: Certificate) -> Change:
    """A change that deletes some of what hangs on something, before it."""
    record = Record(
        action=f"{certificate.kind}.being_deleted",
        object_id=certificate.object_id,
        organization_id=certificate.organization_id,
    )
    part = Change(system(JOB), record, run.now)
    holds_store.require(part, run.holds, Outrun())
    return part
