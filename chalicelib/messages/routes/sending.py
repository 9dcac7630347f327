"""Writing: whom to, new messages, answers (MSG-1, MSG-2, MSG-5)."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.core.access import Actor
from chalicelib.core.fields import Body, Cursor, Id, Search, Subject
from chalicelib.core.http import Routes
from chalicelib.messages import recipients
from chalicelib.messages.actions import sending
from chalicelib.messages.actions.sending import Draft, Sent
from chalicelib.messages.domain import PartyKind
from chalicelib.messages.recipients import Recipient
from chalicelib.messages.routes.views import READERS

routes = Routes(__name__)


Uploads = Annotated[list[Id], msgspec.Meta(max_length=20)]


Recipients = Annotated[list[Id], msgspec.Meta(max_length=20)]


class RecipientsQuery(msgspec.Struct):
    """What the picker asks for."""

    mailbox_id: Id
    kind: PartyKind = "department"
    search: Search = ""
    cursor: Cursor | None = None


class MessageBody(msgspec.Struct):
    """A new message (MSG-2)."""

    to: Recipients
    subject: Subject
    text: Body
    cc: Recipients = []
    urgent: bool = False
    upload_ids: Uploads = []


class ReplyBody(msgspec.Struct):
    """An answer (MSG-5)."""

    message_id: Id
    text: Body
    urgent: bool = False
    all: bool = False
    upload_ids: Uploads = []


class RecipientsView(msgspec.Struct):
    """A page of the picker; `total` where counting costs nothing."""

    items: list[Recipient]
    next_cursor: str | None
    total: int | None


@routes.route(
    "/mailboxes/{mailbox_id}/messages", method="POST", who=READERS, summary="Send a message", status=201, creates=True
)
def send_message(actor: Actor, mailbox_id: Id, body: MessageBody, now: datetime) -> Sent:
    """Accepted whole or not at all (MSG-7)."""
    draft = Draft(mailbox_id=mailbox_id, text=body.text, urgent=body.urgent, upload_ids=body.upload_ids)
    return sending.send(actor, draft, body.to, body.cc, body.subject, now)


@routes.route(
    "/mailboxes/{mailbox_id}/threads/{thread_id}/replies",
    method="POST",
    who=READERS,
    summary="Answer a message",
    status=201,
    creates=True,
)
def reply(actor: Actor, mailbox_id: Id, thread_id: Id, body: ReplyBody, now: datetime) -> Sent:
    """Recipients follow from the message that is answered."""
    draft = Draft(mailbox_id=mailbox_id, text=body.text, urgent=body.urgent, upload_ids=body.upload_ids)
    return sending.reply(actor, draft, thread_id, body.message_id, everyone=body.all, now=now)


@routes.route(
    "/recipients",
    method="GET",
    who=READERS,
    summary="Who may be written to",
    errors=((400, "bad_cursor"), (404, "not_found")),
)
def list_recipients(actor: Actor, query: RecipientsQuery) -> RecipientsView:
    """Ten at a time, by name or category (MSG-2)."""
    recipients.mailbox(actor, query.mailbox_id)
    if query.kind == "department":
        departments, total = recipients.offer_departments(actor, query.search, query.cursor)
        return RecipientsView(departments.items, departments.next_cursor, total)
    people = recipients.offer_members(actor, query.search, query.cursor)
    return RecipientsView(people.items, people.next_cursor, None)
