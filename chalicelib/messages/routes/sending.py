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
from chalicelib.messages.domain.groups import Group, GroupKind
from chalicelib.messages.recipients import picking
from chalicelib.messages.recipients.picking import Offered, OfferedKind
from chalicelib.messages.routes.views import READERS

routes = Routes(__name__)


Uploads = Annotated[list[Id], msgspec.Meta(max_length=20)]


Recipients = Annotated[list[Id], msgspec.Meta(max_length=20)]


class RecipientsQuery(msgspec.Struct):
    """What the picker asks for."""

    mailbox_id: Id
    kind: OfferedKind = "department"
    organization_id: Id | None = None
    """Whose members: staff name the organization, members have but their own."""
    search: Search = ""
    cursor: Cursor | None = None


class GroupBody(msgspec.Struct):
    """A group that staff write to (MSG-1)."""

    kind: GroupKind
    organization_id: Id


Groups = Annotated[list[GroupBody], msgspec.Meta(max_length=2)]


class MessageBody(msgspec.Struct):
    """A new message (MSG-2)."""

    to: Recipients
    subject: Subject
    text: Body
    cc: Recipients = []
    urgent: bool = False
    upload_ids: Uploads = []
    organization_id: Id | None = None
    """Of the members whom staff address; members have but their own."""
    groups: Groups = []
    draft_id: Id | None = None


class ReplyBody(msgspec.Struct):
    """An answer (MSG-5)."""

    message_id: Id
    text: Body
    urgent: bool = False
    all: bool = False
    upload_ids: Uploads = []
    draft_id: Id | None = None
    seen_message_id: Id | None = None
    """The newest message of the thread that is on the page, where a department answers (MSG-6)."""


@routes.route(
    "/mailboxes/{mailbox_id}/messages",
    method="POST",
    who=READERS,
    summary="Send a message",
    status=201,
    creates=True,
    errors=((409, "department_retired"), (409, "draft_gone")),
)
def send_message(actor: Actor, mailbox_id: Id, body: MessageBody, now: datetime) -> Sent:
    """Accepted whole or not at all (MSG-7); a large one names the long work that delivers it."""
    draft = Draft(
        mailbox_id=mailbox_id,
        text=body.text,
        urgent=body.urgent,
        upload_ids=body.upload_ids,
        organization_id=body.organization_id,
        groups=[Group(group.kind, group.organization_id) for group in body.groups],
        draft_id=body.draft_id,
    )
    return sending.send(actor, draft, body.to, body.cc, body.subject, now)


@routes.route(
    "/mailboxes/{mailbox_id}/threads/{thread_id}/replies",
    method="POST",
    who=READERS,
    summary="Answer a message",
    status=201,
    creates=True,
    errors=((409, "answered_meanwhile"), (409, "draft_gone")),
)
def reply(actor: Actor, mailbox_id: Id, thread_id: Id, body: ReplyBody, now: datetime) -> Sent:
    """Recipients follow from the message that is answered."""
    draft = Draft(
        mailbox_id=mailbox_id,
        text=body.text,
        urgent=body.urgent,
        upload_ids=body.upload_ids,
        draft_id=body.draft_id,
        seen_message_id=body.seen_message_id,
    )
    return sending.reply(actor, draft, thread_id, body.message_id, everyone=body.all, now=now)


@routes.route(
    "/recipients",
    method="GET",
    who=READERS,
    summary="Who may be written to",
    errors=((400, "bad_cursor"), (404, "not_found")),
)
def list_recipients(actor: Actor, query: RecipientsQuery) -> Offered:
    """Ten at a time, by name or category (MSG-2); the organizations are for staff. The first page counts."""
    recipients.mailbox(actor, query.mailbox_id)
    if query.kind == "department":
        return picking.departments(actor, query.search, query.cursor)
    if query.kind == "organization":
        return picking.all_organizations(actor, query.search, query.cursor)
    return picking.members(actor, query.organization_id, query.search, query.cursor)
