"""Conversations of departments (MSG-6): who has one, who read and answered, which one waits longest.

A conversation is a thread in the inbox of a department. Agents share it; messages that come and go move it along.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal, get_args

import msgspec

from chalicelib.core.errors import Conflict
from chalicelib.messages.domain import Message

State = Literal["waiting", "answered", "closed"]
Move = Literal["claim", "release", "reassign", "close", "reopen"]
MOVES: tuple[Move, ...] = get_args(Move)

ANSWERING = timedelta(seconds=45)
"""How long a colleague counts as writing an answer after the last sign of it."""


class Agent(msgspec.Struct, frozen=True):
    """One of the department's people."""

    user_id: str
    name: str


class Reading(msgspec.Struct, frozen=True):
    """When an agent last opened a conversation that had something new for them."""

    user_id: str
    name: str
    at: datetime


class Answer(msgspec.Struct, frozen=True):
    """The last message that an agent wrote in a conversation."""

    user_id: str
    name: str
    at: datetime
    message_id: str


class Answering(msgspec.Struct, frozen=True):
    """An agent who is writing an answer, until `ends_at` unless they go on."""

    user_id: str
    name: str
    since: datetime
    ends_at: datetime


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What an agent noted for the colleagues; providers never see it."""

    id: str
    user_id: str
    name: str
    text: str
    at: datetime


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    """A thread in a department's inbox. `version` rises with everything but readings."""

    mailbox_id: str
    thread_id: str
    subject: str
    party: str
    """Name of who wrote to the department last."""
    organization_id: str | None
    closed: bool = False
    unanswered_since: datetime | None = None
    """When the oldest message came that nobody answered; it stays known while the conversation is closed."""
    arrived_id: str
    """Id of the last message that came."""
    arrived_at: datetime
    last_message_at: datetime
    """When the last message came or went."""
    claimed_by: Agent | None = None
    read_by: tuple[Reading, ...] = ()
    answered_by: tuple[Answer, ...] = ()
    version: int = 0
    touches: int = 0
    """How often an agent read it or noted something on it, which raises no version."""

    @property
    def state(self) -> State:
        """Where it stands."""
        if self.closed:
            return "closed"
        return "waiting" if self.unanswered_since else "answered"

    @property
    def waiting_since(self) -> datetime | None:
        """Since when somebody waits for an answer."""
        return None if self.closed else self.unanswered_since

    def is_anothers(self, user_id: str) -> bool:
        """Whether another agent has claimed it."""
        return self.claimed_by is not None and self.claimed_by.user_id != user_id


def arrived(before: Conversation | None, mailbox_id: str, message: Message) -> Conversation:
    """The conversation after a message came to the department: it waits, also one that was closed."""
    if before is None:
        return Conversation(
            mailbox_id=mailbox_id,
            thread_id=message.thread_id,
            subject=message.subject,
            party=message.sender.name,
            organization_id=message.organization_id,
            unanswered_since=message.sent_at,
            arrived_id=message.id,
            arrived_at=message.sent_at,
            last_message_at=message.sent_at,
        )
    last = message.id > before.arrived_id
    return _after(
        before,
        closed=False,
        unanswered_since=min(before.unanswered_since or message.sent_at, message.sent_at),
        party=message.sender.name if last else before.party,
        arrived_id=message.id if last else before.arrived_id,
        arrived_at=message.sent_at if last else before.arrived_at,
        last_message_at=max(before.last_message_at, message.sent_at),
    )


def answered(before: Conversation, message: Message, agent: Agent, seen: str | None) -> Conversation:
    """The conversation after an agent wrote in it. `seen` is the id of the newest message they had before them.

    It goes on waiting for what came after that; without `seen` the answer stands for all. Raises Conflict
    `answered_meanwhile` when a colleague wrote after it: two would have answered the same.
    """
    own = agent.user_id
    if seen is not None and any(one.user_id != own and one.message_id > seen for one in before.answered_by):
        raise Conflict("answered_meanwhile")
    missed = seen is not None and before.unanswered_since is not None and before.arrived_id > seen
    written = Answer(own, agent.name, message.sent_at, message.id)
    return _after(
        before,
        closed=False,
        unanswered_since=before.arrived_at if missed else None,
        answered_by=(*(one for one in before.answered_by if one.user_id != own), written),
        last_message_at=max(before.last_message_at, message.sent_at),
    )


def withdrawn(before: Conversation, message: Message, others: Iterable[Message]) -> Conversation | None:
    """The conversation after a message to it was withdrawn unread (MSG-9); None when there was nothing else in it.

    It waits for what is left, and no more when that was all it waited for: an answer to what an agent can see is one
    to all there is. `others`: the newest other messages that it may read.
    """
    others = list(others)
    if not others:
        return None
    came = sorted((each for each in others if _is_to(each, before.mailbox_id)), key=lambda each: each.id)
    since = before.unanswered_since
    if since == message.sent_at:
        since = next((each.sent_at for each in came if each.id > message.id), None)
    last = came[-1] if came and before.arrived_id == message.id else None
    return _after(
        before,
        unanswered_since=since,
        party=last.sender.name if last else before.party,
        arrived_id=last.id if last else before.arrived_id,
        arrived_at=last.sent_at if last else before.arrived_at,
    )


def _is_to(message: Message, mailbox_id: str) -> bool:
    return any(party.id == mailbox_id for party in message.recipients)


def has_news(conversation: Conversation, user_id: str) -> bool:
    """Whether something came since an agent last opened it."""
    return not any(one.user_id == user_id and one.at >= conversation.arrived_at for one in conversation.read_by)


def moved(before: Conversation, move: Move, agent: Agent, to: Agent | None = None) -> Conversation:
    """The conversation after an agent's move; the same one when there is nothing to do. `to` is who shall have it.

    Raises Conflict `conversation_<state>` for a move that isn't open there, `claimed_by_other` for a colleague's.
    """
    if before.closed != (move == "reopen"):
        raise Conflict(f"conversation_{before.state}")
    # Passing on is open to all, so that nothing is stuck with somebody who is away.
    if move != "reassign" and before.is_anothers(agent.user_id):
        raise Conflict("claimed_by_other")
    if move == "reopen":
        return _after(before, closed=False)
    if move == "close":
        return _after(before, closed=True, claimed_by=None)
    holder = None if move == "release" else to if move == "reassign" else agent
    return before if before.claimed_by == holder else _after(before, claimed_by=holder)


def open_moves(conversation: Conversation, user_id: str) -> list[Move]:
    """What an agent may do with it now that would change something."""
    if conversation.closed:
        return ["reopen"]
    if conversation.is_anothers(user_id):
        return ["reassign"]
    own = conversation.claimed_by is not None
    return ["release" if own else "claim", "reassign", "close"]


def others_answering(those: Iterable[Answering], user_id: str, now: datetime) -> list[Answering]:
    """Colleagues who are writing an answer now, the first to begin first (MSG-6)."""
    going = (one for one in those if one.user_id != user_id and now < one.ends_at)
    return sorted(going, key=lambda one: one.since)


def _after(before: Conversation, **changes: object) -> Conversation:
    return msgspec.structs.replace(before, version=before.version + 1, **changes)
