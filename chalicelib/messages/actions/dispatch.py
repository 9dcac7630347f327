"""Delivering what was accepted (MSG-7): in its own transaction where that has room, else by a long work.

A large send is accepted whole: the message, the row in Sent that says `sending`, the list of whom it reaches, and the
work. From then on it is the portal that delivers, whatever becomes of the sender. Each transaction of the work writes
the rows of some, their badges, and the work's move past them, so that nobody is missed and nobody has it twice.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from chalicelib.core import work, work_ends
from chalicelib.core.access import system
from chalicelib.core.change import MOST_ROWS, Change
from chalicelib.core.errors import Conflict
from chalicelib.core.journal import Entry as Record
from chalicelib.core.work import Chunk, Overtaken, Work
from chalicelib.messages import domain, store
from chalicelib.messages.domain import Message, Party
from chalicelib.messages.domain.groups import Distribution
from chalicelib.messages.recipients import Addressed
from chalicelib.messages.store import boxes, dispatches
from chalicelib.messages.store.dispatches import Listed

KIND = "dispatch"
# A transaction holds, besides two rows for each recipient: the work, the record, the event, the operation, and in the
# last one the row in Sent and the record of the end.
AT_ONCE = (MOST_ROWS - 6) // 2
_ROWS_EACH = 2


def deliver(sending: Change, message: Message, addressed: Addressed) -> Message:
    """Plan the message and its rows; comes last, as it takes what room the change has left. The message as planned.

    A send to groups, or to more than fit, keeps a list of whom it reaches; who doesn't fit gets it by a long work.
    """
    reached = addressed.reached
    # The message, the row in Sent, the event.
    rows = 3 + _ROWS_EACH * len(reached)
    if not addressed.has_groups and rows <= sending.room:
        message = msgspec.structs.replace(message, left=addressed.left)
        sending.create(store.message_row(message))
        boxes.add_entry(sending, domain.sent_entry(message))
        _add_rows(sending, message, reached)
        sending.emit("message.sent", message_id=message.id, thread_id=message.thread_id)
        return message
    return _deliver_to_list(sending, message, addressed, rows)


def _deliver_to_list(sending: Change, message: Message, addressed: Addressed, rows: int) -> Message:
    reached = addressed.reached
    listed = [*_listed(addressed.left, left=True), *_listed(reached, left=False)]
    parts = dispatches.parts(listed)
    # Those who left come first in the list: where many did, whom it reaches is in later parts.
    heard = [number for number, part in enumerate(parts) if not part[-1].left]
    # Of the events, `rows` has one.
    at_once = rows + len(parts) + len(heard) - 1 <= sending.room
    members = [party for party in reached if party.kind == "member"]
    work_id = None
    if not at_once:
        # In the name of the sender, who sees how far it is; nobody can stop what was accepted.
        ids = {"thread_id": message.thread_id, "message_id": message.id}
        work_id = work.start(
            sending, KIND, parameters=ids, total=len(members), must_finish=True, owner=message.sent_by
        ).id
    spread = Distribution(mailboxes=len(reached), left=len(addressed.left), parts=len(parts), work_id=work_id)
    message = msgspec.structs.replace(message, distribution=spread)
    sending.create(store.message_row(message))
    for number, part in enumerate(parts):
        sending.create(dispatches.part_row(message, number, part))
    boxes.add_entry(sending, domain.sent_entry(message, None if at_once else "sending"))
    _add_rows(sending, message, reached if at_once else [party for party in reached if party.kind == "department"])
    for number in heard if at_once else ():
        _tell(sending, message, number, 0, len(parts[number]))
    return message


def stop(withdrawing: Change, message: Message) -> None:
    """Plan that a message that is withdrawn comes to nobody else. The commit raises Overtaken when all have it now."""
    if message.distribution is None or message.distribution.work_id is None:
        return
    under_way = work.find(message.sent_by, message.distribution.work_id)
    if under_way is not None and under_way.is_open:
        withdrawing.record(work.entry("work.stopped", under_way, "withdrawn"))
        work_ends.end(withdrawing, under_way, "stopped", "withdrawn", work.is_open())


def step(of: Work, now: datetime) -> Chunk:
    """Deliver to the next of a message's list: a part of it, in as many transactions as it takes."""
    message = store.message(of.parameters["thread_id"], of.parameters["message_id"])
    assert message is not None
    assert message.distribution is not None
    number, start = (int(place) for place in (of.position or "0/0").split("/"))
    listed = dispatches.part(message, number)
    is_last = number + 1 == message.distribution.parts
    at, done = of, 0
    while True:
        members, end = _next(listed, start)
        at_end = end == len(listed)
        chunk = Chunk(
            position=f"{number + 1}/0" if at_end else f"{number}/{end}", done=len(members), finished=at_end and is_last
        )
        _deliver_some(message, members, (number, start, end), at, chunk, now)
        at = msgspec.structs.replace(at, position=chunk.position)
        start, done = end, done + len(members)
        if at_end:
            return msgspec.structs.replace(chunk, done=done, recorded=True)


def _next(listed: Sequence[Listed], start: int) -> tuple[list[Party], int]:
    """Those of a list whom the next transaction reaches, and where it ends; departments had it at once."""
    members: list[Party] = []
    for place in range(start, len(listed)):
        each = listed[place]
        if each.left or each.kind == "department":
            continue
        if len(members) == AT_ONCE:
            return members, place
        members.append(each.party)
    return members, len(listed)


def _deliver_some(
    message: Message, members: list[Party], where: tuple[int, int, int], at: Work, chunk: Chunk, now: datetime
) -> None:
    record = Record(
        action="message.delivered",
        object_id=message.id,
        organization_id=message.organization_id,
        after={"from": message.sender.id, "to": [party.id for party in members]},
    )
    delivering = Change(system(KIND, at.id), record, now)
    _add_rows(delivering, message, members)
    if members:
        _tell(delivering, message, *where)
    if chunk.finished:
        boxes.replace_entry(delivering, domain.sent_entry(message, "sending"), domain.sent_entry(message))
    work.advance(delivering, at, chunk)
    try:
        delivering.commit(None)
    except Conflict:
        # Rows that are there already are told before the work that has moved: it was another run. Or the message was
        # withdrawn, which ends the work (MSG-9).
        found = work.find(at.owner, at.id)
        if found is None or not found.is_open or (found.runner, found.position) != (at.runner, at.position):
            raise Overtaken from None
        raise


def _add_rows(planned: Change, message: Message, parties: Sequence[Party]) -> None:
    for party in parties:
        boxes.add_entry(planned, domain.received_entry(message, party.id))


def _tell(planned: Change, message: Message, part: int, start: int, end: int) -> None:
    """Let those who mail notices know which of the list have it now."""
    planned.emit(
        "message.delivered",
        message_id=message.id,
        thread_id=message.thread_id,
        part=str(part),
        start=str(start),
        end=str(end),
    )


def _listed(parties: Sequence[Party], *, left: bool) -> list[Listed]:
    return [Listed(party.id, party.kind, party.name, left) for party in parties]
