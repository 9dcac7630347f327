"""What agents are shown of their department's conversations (MSG-6)."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from chalicelib.core.access import Staff
from chalicelib.core.answers import Named
from chalicelib.core.cursors import Page
from chalicelib.messages.domain.conversations import Agent, Answering, Conversation, Move, Note, State, open_moves
from chalicelib.organizations import store as organizations_store


class When(msgspec.Struct):
    """One of the department's people, and when."""

    name: str
    at: datetime


class ConversationView(msgspec.Struct, kw_only=True):
    """A conversation as the list shows it: no text of its messages (S-AZ-12)."""

    thread_id: str
    subject: str
    party: str
    organization: Named | None
    state: State
    waiting_since: datetime | None
    last_message_at: datetime
    claimed_by: Agent | None
    read_by: list[When]
    answered_by: list[When]
    moves: list[Move]
    version: int


class NoteView(msgspec.Struct):
    """A note on a conversation."""

    id: str
    name: str
    text: str
    at: datetime


class AnsweringView(msgspec.Struct):
    """A colleague who is writing an answer now."""

    name: str
    since: datetime


class OthersView(msgspec.Struct):
    """The colleagues who are writing an answer now, the first to begin first."""

    answering: list[AnsweringView]


class DeskView(msgspec.Struct, kw_only=True):
    """A conversation with its notes, newest first, and the colleagues who are writing an answer."""

    conversation: ConversationView
    notes: Page[NoteView]
    answering: list[AnsweringView]


def views(actor: Staff, found: Iterable[Conversation]) -> list[ConversationView]:
    """Conversations with the names of their organizations, which are read in one batch."""
    found = list(found)
    names = organizations_store.names({one.organization_id for one in found if one.organization_id})
    return [_view(one, actor, names) for one in found]


def _view(one: Conversation, actor: Staff, names: dict[str, str]) -> ConversationView:
    organization = one.organization_id
    return ConversationView(
        thread_id=one.thread_id,
        subject=one.subject,
        party=one.party,
        organization=Named(organization, names[organization]) if organization else None,
        state=one.state,
        waiting_since=one.waiting_since,
        last_message_at=one.last_message_at,
        claimed_by=one.claimed_by,
        read_by=_latest_first(When(reading.name, reading.at) for reading in one.read_by),
        answered_by=_latest_first(When(answer.name, answer.at) for answer in one.answered_by),
        moves=open_moves(one, actor.id),
        version=one.version,
    )


def _latest_first(those: Iterable[When]) -> list[When]:
    return sorted(those, key=lambda one: one.at, reverse=True)


def notes_view(page: Page[Note]) -> Page[NoteView]:
    """A page of notes as agents see it."""
    return Page([NoteView(note.id, note.name, note.text, note.at) for note in page.items], page.next_cursor)


def answering_view(one: Answering) -> AnsweringView:
    """A colleague who is writing an answer."""
    return AnsweringView(one.name, one.since)
