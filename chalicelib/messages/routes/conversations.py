"""The desk of a department: its conversations, who has them, notes for each other (MSG-6)."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.core.access import Staff, staff
from chalicelib.core.answers import Reply
from chalicelib.core.cursors import Page, PageQuery
from chalicelib.core.fields import Cursor, Id
from chalicelib.core.http import Routes
from chalicelib.messages import recipients
from chalicelib.messages.actions import conversations as actions
from chalicelib.messages.actions.conversations import Noted
from chalicelib.messages.domain import PAGE
from chalicelib.messages.domain.conversations import Agent, Move, others_answering
from chalicelib.messages.routes.desk import (
    ConversationView,
    DeskView,
    NoteView,
    OthersView,
    answering_view,
    notes_view,
    views,
)
from chalicelib.messages.store import answering, notes
from chalicelib.messages.store import conversations as store
from chalicelib.messages.store.conversations import Which

routes = Routes(__name__)

AGENTS = staff("department_agent")
NoteText = Annotated[str, msgspec.Meta(min_length=1, max_length=5_000, extra={"characters": "lines"})]
_CURSOR = ((400, "bad_cursor"),)


class ConversationsQuery(msgspec.Struct, kw_only=True):
    """Which conversations; `mine` leaves those that somebody else or nobody has."""

    state: Which = "all_open"
    mine: bool = False
    cursor: Cursor | None = None


class ConversationMoveBody(msgspec.Struct):
    """What to do with a conversation; `to` is the user id of a colleague, for `reassign` alone."""

    move: Move
    to: Id | None = None


class NoteBody(msgspec.Struct):
    """A note for the colleagues."""

    text: NoteText


@routes.route(
    "/mailboxes/{mailbox_id}/conversations",
    method="GET",
    who=AGENTS,
    summary="Conversations of a department",
    errors=_CURSOR,
)
def list_conversations(actor: Staff, mailbox_id: Id, query: ConversationsQuery) -> Page[ConversationView]:
    """Those that wait come first, the longest waiting before the others; then the last that moved first."""
    recipients.mailbox(actor, mailbox_id)
    page = store.conversations_page(mailbox_id, query.state, actor.id if query.mine else None, query.cursor, actor.id)
    return Page(views(actor, page.items), page.next_cursor)


@routes.route("/mailboxes/{mailbox_id}/conversations/{thread_id}", method="GET", who=AGENTS, summary="One conversation")
def show_conversation(actor: Staff, mailbox_id: Id, thread_id: Id, now: datetime) -> DeskView:
    """What goes on around its messages; they are the thread's."""
    found = actions.conversation(actor, mailbox_id, thread_id)
    noted = notes.page(mailbox_id, thread_id, None, actor.id)
    others = others_answering(answering.those_answering(mailbox_id, thread_id), actor.id, now)
    return DeskView(
        conversation=views(actor, [found])[0],
        notes=notes_view(noted),
        answering=[answering_view(one) for one in others],
    )


@routes.route(
    "/mailboxes/{mailbox_id}/conversations/{thread_id}/moves",
    method="POST",
    who=AGENTS,
    summary="Claim, release, reassign, close or reopen a conversation",
    edits=True,
    errors=(
        (409, "claimed_by_other"),
        (409, "conversation_waiting"),
        (409, "conversation_answered"),
        (409, "conversation_closed"),
    ),
)
def move_conversation(
    actor: Staff, mailbox_id: Id, thread_id: Id, version: int, body: ConversationMoveBody, now: datetime
) -> ConversationView:
    """Of two at once one has it; whoever is late finds that it changed."""
    after = actions.move(actor, mailbox_id, thread_id, version, body.move, body.to, now)
    return views(actor, [after])[0]


@routes.route(
    "/mailboxes/{mailbox_id}/conversations/{thread_id}/notes",
    method="GET",
    who=AGENTS,
    summary="Notes on a conversation, newest first",
    errors=_CURSOR,
)
def listnotes_view(actor: Staff, mailbox_id: Id, thread_id: Id, query: PageQuery) -> Page[NoteView]:
    """For the department alone."""
    actions.conversation(actor, mailbox_id, thread_id)
    return notes_view(notes.page(mailbox_id, thread_id, query.cursor, actor.id))


@routes.route(
    "/mailboxes/{mailbox_id}/conversations/{thread_id}/notes",
    method="POST",
    who=AGENTS,
    summary="Note something for the colleagues",
    status=201,
    creates=True,
)
def add_note(actor: Staff, mailbox_id: Id, thread_id: Id, body: NoteBody, now: datetime) -> Noted:
    """Providers never see it."""
    return actions.add_note(actor, mailbox_id, thread_id, body.text, now)


@routes.route(
    "/mailboxes/{mailbox_id}/conversations/{thread_id}/answering",
    method="PUT",
    who=AGENTS,
    summary="Say that one is writing an answer",
)
def begin_answering(actor: Staff, mailbox_id: Id, thread_id: Id, now: datetime) -> OthersView:
    """Holds for 45 seconds. Says who else is."""
    others = actions.begin_answering(actor, mailbox_id, thread_id, now)
    return OthersView([answering_view(one) for one in others])


@routes.route(
    "/mailboxes/{mailbox_id}/conversations/{thread_id}/answering",
    method="DELETE",
    who=AGENTS,
    summary="Say that one is not writing an answer any more",
    status=204,
    returns=None,
)
def end_answering(actor: Staff, mailbox_id: Id, thread_id: Id) -> Reply:
    """Also where one was not."""
    actions.end_answering(actor, mailbox_id, thread_id)
    return Reply()


@routes.route(
    "/mailboxes/{mailbox_id}/agents", method="GET", who=AGENTS, summary="Agents of a department", errors=_CURSOR
)
def list_agents(actor: Staff, mailbox_id: Id, query: PageQuery) -> Page[Agent]:
    """Those who can be given a conversation, by name."""
    return actions.agents(actor, mailbox_id, query.cursor, PAGE)
