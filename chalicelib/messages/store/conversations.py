"""Conversations of departments (MSG-6; docs/data-model.md)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from pynamodb.attributes import (
    BooleanAttribute,
    MapAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.indexes import Index

from chalicelib.core import cursors
from chalicelib.core.change import Change
from chalicelib.core.errors import Refusal
from chalicelib.core.tables import FiledRow
from chalicelib.messages.domain import PAGE
from chalicelib.messages.domain.conversations import (
    Agent,
    Answer,
    Conversation,
    Reading,
    State,
)

Which = Literal["waiting", "answered", "closed", "all_open"]

# Those that wait stand first and the longest waiting before the others; of the rest the last one that moved.
_PLACE: dict[State, str] = {"waiting": "1", "answered": "2", "closed": "3"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Of a time in milliseconds: some thousand years.
_LATEST = 10**14


class ConversationRow(FiledRow, discriminator="conversation"):
    """pk `CONVERSATIONS#<department id>`, sk `<thread id>`; along `by_state`, those of one agent along `by_party`."""

    subject = UnicodeAttribute()
    party = UnicodeAttribute()
    organization_id = UnicodeAttribute(null=True)
    closed = BooleanAttribute()
    unanswered_since = UTCDateTimeAttribute(null=True)
    arrived_id = UnicodeAttribute()
    arrived_at = UTCDateTimeAttribute()
    last_message_at = UTCDateTimeAttribute()
    claimed_id = UnicodeAttribute(null=True)
    claimed_name = UnicodeAttribute(null=True)
    read_by: MapAttribute[str, Any] = MapAttribute(default=dict)  # type: ignore[no-untyped-call]  # of PynamoDB
    """By user id. Written by itself, without a version: reading never gets into the way of what changes the state."""
    answered_by: MapAttribute[str, Any] = MapAttribute(default=dict)  # type: ignore[no-untyped-call]  # of PynamoDB
    version = NumberAttribute()
    touches = NumberAttribute(null=True)


def _key(mailbox_id: str, thread_id: str) -> tuple[str, str]:
    return f"CONVERSATIONS#{mailbox_id}", thread_id


def conversation(mailbox_id: str, thread_id: str) -> Conversation | None:
    """One conversation; None when there is none."""
    return conversations([mailbox_id], thread_id).get(mailbox_id)


def conversations(mailbox_ids: Iterable[str], thread_id: str) -> dict[str, Conversation]:
    """The conversations of one thread, by department; at most 100 departments."""
    rows = ConversationRow.batch_get([_key(id_, thread_id) for id_ in mailbox_ids], consistent_read=True)
    return {found.mailbox_id: found for found in map(_conversation, rows)}


def conversations_page(
    mailbox_id: str, which: Which, agent_id: str | None, cursor: str | None, reader_id: str
) -> cursors.Page[Conversation]:
    """A page of a department's conversations, one query that reads a row more than it shows; of `agent_id` if given.

    Those that wait come first, the longest waiting before the others; then the others, the last one that moved first.
    """
    scope = ("conversations", reader_id, mailbox_id, which, agent_id or "")
    start = cursors.open_(cursor, scope) if cursor else None
    index: Index[Any] = ConversationRow.by_party if agent_id else ConversationRow.by_state
    name = "sort_party" if agent_id else "sort_state"
    key = getattr(ConversationRow, name)
    own = f"{agent_id}#" if agent_id else ""
    first, last = ("1", "2") if which == "all_open" else (_PLACE[which], _PLACE[which])
    rows = index.query(
        f"CONVERSATIONS#{mailbox_id}",
        key.between(f"{own}{first}#", f"{own}{last}$"),
        limit=PAGE + 1,
        page_size=PAGE + 1,
        last_evaluated_key={part: {"S": value} for part, value in start.items()} if start else None,
    )
    found = list(rows)
    shown = [_conversation(row) for row in found[:PAGE]]
    if len(found) <= PAGE:
        return cursors.Page(shown)
    end = found[PAGE - 1]
    position = {"pk": end.pk, "sk": end.sk, name: getattr(end, name)}
    return cursors.Page(shown, cursors.seal(position, scope))


def longest_waiting(mailbox_id: str, most: int) -> tuple[list[Conversation], bool]:
    """A department's conversations that wait, the longest waiting first; and whether there are more."""
    waiting = ConversationRow.sort_state.startswith(f"{_PLACE['waiting']}#")
    rows = list(ConversationRow.by_state.query(f"CONVERSATIONS#{mailbox_id}", waiting, limit=most + 1))
    return [_conversation(row) for row in rows[:most]], len(rows) > most


def begin(change: Change, conversation: Conversation, error: Refusal) -> None:
    """Plan a conversation that is new."""
    row = ConversationRow(
        *_key(conversation.mailbox_id, conversation.thread_id),
        subject=conversation.subject,
        read_by={},
        answered_by={},
        **{name: value for name, value in _state(conversation).items() if value is not None},
    )
    change.create(row, error)


def replace(change: Change, before: Conversation, after: Conversation, error: Refusal) -> None:
    """Plan that a conversation goes on; `error` when somebody was faster. Its readings are left as they are."""
    actions = [
        getattr(ConversationRow, name).remove() if value is None else getattr(ConversationRow, name).set(value)
        for name, value in _state(after).items()
    ]
    actions += [
        ConversationRow.answered_by[one.user_id].set(_told(one))
        for one in after.answered_by
        if one not in before.answered_by
    ]
    row = ConversationRow(*_key(before.mailbox_id, before.thread_id))
    change.update(row, actions, ConversationRow.version == before.version, error)


def go_on(change: Change, before: Conversation, error: Refusal) -> None:
    """Plan that a conversation stays while a message of it is deleted; `error` when somebody was faster."""
    row = ConversationRow(*_key(before.mailbox_id, before.thread_id))
    steps: list[Action] = [ConversationRow.version.set(before.version + 1)]
    change.update(row, steps, _as_read(before), error)


def remove(change: Change, before: Conversation, error: Refusal) -> None:
    """Plan that a conversation goes, as nothing of it is left; `error` when somebody was faster, if only to read it."""
    row = ConversationRow(*_key(before.mailbox_id, before.thread_id))
    change.delete(row, _as_read(before), error)


def _as_read(before: Conversation) -> Condition:
    """That nobody did anything with it since it was read, nor looked at it."""
    untouched: Condition = (
        ConversationRow.touches == before.touches if before.touches else ConversationRow.touches.does_not_exist()
    )
    same: Condition = (ConversationRow.version == before.version) & untouched
    return same


def touch(change: Change, mailbox_id: str, thread_id: str, error: Refusal) -> None:
    """Plan that an agent noted something on a conversation; `error` when it is gone."""
    row = ConversationRow(*_key(mailbox_id, thread_id))
    change.update(row, [ConversationRow.touches.add(1)], ConversationRow.pk.exists(), error)


def add_reading(change: Change, conversation: Conversation, reading: Reading, error: Refusal) -> None:
    """Plan that an agent has read a conversation; `error` when it is gone."""
    actions: list[Action] = [
        ConversationRow.read_by[reading.user_id].set(_told(reading)),
        ConversationRow.touches.add(1),
    ]
    row = ConversationRow(*_key(conversation.mailbox_id, conversation.thread_id))
    change.update(row, actions, ConversationRow.pk.exists(), error)


def _told(one: Reading | Answer) -> dict[str, str]:
    told = {"name": one.name, "at": one.at.isoformat()}
    return told | {"message_id": one.message_id} if isinstance(one, Answer) else told


def _state(conversation: Conversation) -> dict[str, Any]:
    """What of a conversation may change, by attribute; None is left out of the item."""
    claimed = conversation.claimed_by
    place = _place(conversation)
    return {
        "party": conversation.party,
        "organization_id": conversation.organization_id,
        "closed": conversation.closed,
        "unanswered_since": conversation.unanswered_since,
        "arrived_id": conversation.arrived_id,
        "arrived_at": conversation.arrived_at,
        "last_message_at": conversation.last_message_at,
        "claimed_id": claimed.user_id if claimed else None,
        "claimed_name": claimed.name if claimed else None,
        "version": conversation.version,
        "sort_state": place,
        "sort_party": f"{claimed.user_id}#{place}" if claimed else None,
    }


def _place(conversation: Conversation) -> str:
    waiting = conversation.waiting_since
    at = (waiting or conversation.last_message_at) - _EPOCH
    milliseconds = at // timedelta(milliseconds=1)
    number = milliseconds if waiting else _LATEST - milliseconds
    return f"{_PLACE[conversation.state]}#{number:014d}#{conversation.thread_id}"


def _conversation(row: ConversationRow) -> Conversation:
    read = row.read_by.as_dict()  # type: ignore[no-untyped-call]  # of PynamoDB
    answered = row.answered_by.as_dict()  # type: ignore[no-untyped-call]  # of PynamoDB
    return Conversation(
        mailbox_id=row.pk.removeprefix("CONVERSATIONS#"),
        thread_id=row.sk,
        subject=row.subject,
        party=row.party,
        organization_id=row.organization_id,
        closed=row.closed,
        unanswered_since=row.unanswered_since,
        arrived_id=row.arrived_id,
        arrived_at=row.arrived_at,
        last_message_at=row.last_message_at,
        claimed_by=Agent(row.claimed_id, row.claimed_name) if row.claimed_id else None,
        read_by=tuple(Reading(id_, one["name"], datetime.fromisoformat(one["at"])) for id_, one in read.items()),
        answered_by=tuple(
            Answer(id_, one["name"], datetime.fromisoformat(one["at"]), one["message_id"])
            for id_, one in answered.items()
        ),
        version=int(row.version),
        touches=int(row.touches or 0),
    )
