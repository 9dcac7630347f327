"""The Message Center: mailboxes, boxes, threads, sending."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from chalicelib.core.access import Actor, Member, members, staff
from chalicelib.core.answers import Named
from chalicelib.core.cursors import Page, PageQuery
from chalicelib.core.fields import Body, Cursor, Id, Search, Subject
from chalicelib.core.http import Routes
from chalicelib.core.presigned import LINK_SECONDS
from chalicelib.messages import actions, recipients, store
from chalicelib.messages.actions import Draft, Sent
from chalicelib.messages.domain import Box, Entry, Message, Party, PartyKind
from chalicelib.messages.recipients import Recipient
from chalicelib.organizations import store as organizations_store
from chalicelib.plan import store as plan_store

routes = Routes(__name__)

READERS = members() | staff("department_agent")
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


class ReadBody(msgspec.Struct):
    """Read, or unread again."""

    read: bool


class BoxBody(msgspec.Struct):
    """Where a received message belongs."""

    box: Literal["inbox", "archived"]


class MailboxView(msgspec.Struct):
    """A mailbox and its badge (MSG-4)."""

    id: str
    name: str
    kind: Literal["membership", "department"]
    unread: int


class MailboxesView(msgspec.Struct):
    """The mailboxes of whoever is signed in."""

    items: list[MailboxView]


class RowView(msgspec.Struct):
    """One row of a box (MSG-3)."""

    message_id: str
    thread_id: str
    subject: str
    party: str
    urgent: bool
    has_attachments: bool
    received_at: datetime
    unread: bool


class AttachmentView(msgspec.Struct):
    """A file of a message."""

    id: str
    file_name: str
    content_type: str
    size: int


class MessageView(msgspec.Struct):
    """One message of a thread."""

    id: str
    sender: Party = msgspec.field(name="from")
    to: tuple[Party, ...]
    cc: tuple[Party, ...]
    text: str
    urgent: bool
    sent_at: datetime
    box: Box
    unread: bool
    attachments: list[AttachmentView]


class ThreadView(msgspec.Struct):
    """A page of a thread, newest first."""

    thread_id: str
    subject: str
    organization: Named | None
    messages: list[MessageView]
    next_cursor: str | None


class RecipientsView(msgspec.Struct):
    """A page of the picker; `total` where counting costs nothing."""

    items: list[Recipient]
    next_cursor: str | None
    total: int | None


class ReadView(msgspec.Struct):
    """Whether a message is unread now."""

    message_id: str
    unread: bool


class FiledView(msgspec.Struct):
    """Where a message is now."""

    message_id: str
    box: Box


class LinkView(msgspec.Struct):
    """An address that downloads a file, for `expires_in` seconds."""

    url: str
    expires_in: int


@routes.route("/mailboxes", method="GET", who=members() | staff(), summary="Mailboxes with their unread counts")
def list_mailboxes(actor: Actor) -> MailboxesView:
    """A member has one, an agent one for each of their departments."""
    unread = store.unread_counts(actor.mailboxes)
    if isinstance(actor, Member):
        own = actor.membership_id
        return MailboxesView([MailboxView(own, actor.name, "membership", unread.get(own, 0))])
    departments = plan_store.departments_by_id(actor.mailboxes).values()
    return MailboxesView(
        [
            MailboxView(department.id, department.name, "department", unread.get(department.id, 0))
            for department in sorted(departments, key=lambda department: department.name.casefold())
        ]
    )


@routes.route(
    "/mailboxes/{mailbox_id}/{box}",
    method="GET",
    who=READERS,
    summary="A page of a box, newest first",
    errors=((400, "bad_cursor"),),
)
def list_box(actor: Actor, mailbox_id: Id, box: Box, query: PageQuery) -> Page[RowView]:
    """Rows without any text of the messages (S-AZ-12)."""
    page = store.box_page(actor.id, recipients.mailbox(actor, mailbox_id), box, query.cursor)
    return Page([_row(entry) for entry in page.items], page.next_cursor)


@routes.route(
    "/mailboxes/{mailbox_id}/threads/{thread_id}",
    method="GET",
    who=READERS,
    summary="Open a thread",
    errors=((400, "bad_cursor"),),
)
def open_thread(actor: Actor, mailbox_id: Id, thread_id: Id, query: PageQuery, now: datetime) -> ThreadView:
    """The messages this mailbox may read; leaves an audit record."""
    page = actions.open_thread(actor, mailbox_id, thread_id, query.cursor, now)
    # Also by their sender, where they wrote to themself.
    received = [message.id for message in page.items if any(party.id == mailbox_id for party in message.recipients)]
    filed = store.received_entries(mailbox_id, received)
    organization_id = page.items[0].organization_id
    organization = organizations_store.organization(organization_id) if organization_id else None
    return ThreadView(
        thread_id=thread_id,
        subject=page.items[0].subject,
        organization=Named(organization.id, organization.name) if organization else None,
        messages=[_message(message, filed.get(message.id)) for message in page.items],
        next_cursor=page.next_cursor,
    )


@routes.route(
    "/mailboxes/{mailbox_id}/messages", method="POST", who=READERS, summary="Send a message", status=201, creates=True
)
def send_message(actor: Actor, mailbox_id: Id, body: MessageBody, now: datetime) -> Sent:
    """Accepted whole or not at all (MSG-7)."""
    draft = Draft(mailbox_id=mailbox_id, text=body.text, urgent=body.urgent, upload_ids=body.upload_ids)
    return actions.send(actor, draft, body.to, body.cc, body.subject, now)


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
    return actions.reply(actor, draft, thread_id, body.message_id, everyone=body.all, now=now)


@routes.route(
    "/mailboxes/{mailbox_id}/messages/{message_id}/read",
    method="PUT",
    who=READERS,
    summary="Mark as read or unread",
    errors=((409, "changed_meanwhile"),),
)
def mark_message(actor: Actor, mailbox_id: Id, message_id: Id, body: ReadBody, now: datetime) -> ReadView:
    """Read state belongs to the mailbox; a department shares it (MSG-6)."""
    entry = actions.mark(actor, mailbox_id, message_id, now, unread=not body.read)
    return ReadView(entry.message_id, entry.unread)


@routes.route(
    "/mailboxes/{mailbox_id}/messages/{message_id}/box",
    method="PUT",
    who=READERS,
    summary="Archive or un-archive",
    errors=((409, "changed_meanwhile"),),
)
def move_message(actor: Actor, mailbox_id: Id, message_id: Id, body: BoxBody, now: datetime) -> FiledView:
    """Only received messages can be filed."""
    entry = actions.move(actor, mailbox_id, message_id, body.box, now)
    return FiledView(entry.message_id, entry.box)


@routes.route(
    "/mailboxes/{mailbox_id}/threads/{thread_id}/messages/{message_id}/attachments/{attachment_id}",
    method="GET",
    who=READERS,
    summary="An address to download a file from",
)
def attachment_link(
    actor: Actor, mailbox_id: Id, thread_id: Id, message_id: Id, attachment_id: Id, now: datetime
) -> LinkView:
    """Granted anew each time; leaves an audit record (MSG-8)."""
    url = actions.attachment_link(actor, mailbox_id, thread_id, message_id, attachment_id, now)
    return LinkView(url, LINK_SECONDS)


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


def _row(entry: Entry) -> RowView:
    return RowView(
        message_id=entry.message_id,
        thread_id=entry.thread_id,
        subject=entry.subject,
        party=entry.party,
        urgent=entry.urgent,
        has_attachments=entry.has_attachments,
        received_at=entry.received_at,
        unread=entry.unread,
    )


def _message(message: Message, filed: Entry | None) -> MessageView:
    return MessageView(
        id=message.id,
        sender=message.sender,
        to=message.to,
        cc=message.cc,
        text=message.text,
        urgent=message.urgent,
        sent_at=message.sent_at,
        box=filed.box if filed else "sent",
        unread=filed.unread if filed else False,
        attachments=[
            AttachmentView(file.id, file.file_name, file.content_type, file.size) for file in message.attachments
        ],
    )
