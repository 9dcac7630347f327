"""Withdrawing a message from more than one transaction takes (MSG-9): accepted whole, then a long work.

From the moment it is accepted, nobody who had not read the message can open it, and nobody gets it any more: its
delivery is stopped. The work then removes those rows, with their badges, and marks the others, in transactions that
each carry the work's move past them.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

import msgspec

from chalicelib.core import work
from chalicelib.core.access import Actor, system
from chalicelib.core.change import MOST_ROWS, Change
from chalicelib.core.errors import NotFound
from chalicelib.core.journal import Entry as Record
from chalicelib.core.outrun import Outrun, until_kept
from chalicelib.core.work import Chunk, Overtaken, Work
from chalicelib.messages import store
from chalicelib.messages.actions import conversations, dispatch
from chalicelib.messages.domain import Entry, Message, Party, is_taken_back
from chalicelib.messages.domain.recalling import Recalled, marked
from chalicelib.messages.store import boxes, dispatches, receipts
from chalicelib.messages.store.dispatches import Listed

KIND = "recall"
# A transaction holds, besides the rows of those it takes it from: the work, the records, the operation.
_ROOM = MOST_ROWS - 4


def start(actor: Actor, message: Message, now: datetime) -> Recalled:
    """Withdraw a message, naming the work. Raises Outrun when its delivery came to its end at this moment."""
    mailbox_id = message.sender.id
    row = receipts.sent(mailbox_id, message.id)
    if row is None or message.distribution is None:
        raise NotFound
    record = Record(
        action="message.withdrawn",
        object_id=message.id,
        organization_id=message.organization_id,
        after={"thread": message.thread_id, "mailbox": mailbox_id},
    )
    withdrawing = Change(actor, record, now)
    ids = {"thread_id": message.thread_id, "message_id": message.id}
    total = message.distribution.mailboxes
    under_way = work.start(withdrawing, KIND, parameters=ids, total=total, must_finish=True)
    store.withdraw(withdrawing, message, work_id=under_way.id)
    boxes.replace_entries(withdrawing, [(row, marked(row))], Outrun())
    dispatch.stop(withdrawing, message)
    try:
        return withdrawing.commit(Recalled(withdrawn=0, read=[], work_id=under_way.id))
    except Overtaken:
        raise Outrun from None


def step(of: Work, now: datetime) -> Chunk:
    """Take it back from the next of a message's list: a part of it, in as many transactions as it takes."""
    message = store.message(of.parameters["thread_id"], of.parameters["message_id"])
    assert message is not None
    assert message.distribution is not None
    number, start_at = (int(place) for place in (of.position or "0/0").split("/"))
    listed = dispatches.part(message, number)
    is_last = number + 1 == message.distribution.parts
    at, done = of, 0
    while True:
        parties, end = _next(listed, start_at)
        at_end = end == len(listed)
        chunk = Chunk(
            position=f"{number + 1}/0" if at_end else f"{number}/{end}", done=len(parties), finished=at_end and is_last
        )
        until_kept(partial(_take_back, message, parties, at, chunk, now))
        at = msgspec.structs.replace(at, position=chunk.position)
        start_at, done = end, done + len(parties)
        if at_end:
            return msgspec.structs.replace(chunk, done=done, recorded=True)


def _next(listed: Sequence[Listed], start_at: int) -> tuple[list[Party], int]:
    """Those of a list from whom the next transaction takes it, and where it ends: a row and a badge each.

    A department's conversation goes along.
    """
    parties: list[Party] = []
    room = _ROOM
    for place in range(start_at, len(listed)):
        each = listed[place]
        if each.left:
            continue
        room -= 3 if each.kind == "department" else 2
        if room < 0:
            return parties, place
        parties.append(each.party)
    return parties, len(listed)


def _take_back(message: Message, parties: Sequence[Party], at: Work, chunk: Chunk, now: datetime) -> None:
    named = {party.id: party for party in parties}
    copies = boxes.entries_of(message.id, named)
    gone = [entry for entry in copies if is_taken_back(message, entry)]
    kept = [entry for entry in copies if not is_taken_back(message, entry)]
    taking = Change(system(KIND, at.id), _record(message, gone, kept), now)
    work.advance(taking, at, chunk)
    for entry in gone:
        boxes.remove_entry(taking, entry, Outrun())
    boxes.replace_entries(taking, [(entry, marked(entry)) for entry in kept], Outrun())
    conversations.withdraw(taking, message, [named[entry.mailbox_id] for entry in gone])
    taking.commit(None)


def _record(message: Message, gone: list[Entry], kept: list[Entry]) -> Record:
    return Record(
        action="message.taken_back",
        object_id=message.id,
        organization_id=message.organization_id,
        after={
            "thread": message.thread_id,
            "mailbox": message.sender.id,
            "withdrawn": [entry.mailbox_id for entry in gone],
            "read": [entry.mailbox_id for entry in kept],
        },
    )
