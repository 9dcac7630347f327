"""Mailboxes and their boxes (MSG-3, MSG-4)."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from chalicelib.core.access import Actor, Member, members, staff
from chalicelib.core.fields import HIDDEN, Cursor, Id
from chalicelib.core.http import Routes
from chalicelib.messages import recipients
from chalicelib.messages.actions import filing
from chalicelib.messages.domain import Box, Entry, Party, Status, ungrouped
from chalicelib.messages.domain.boxes import MOST_TOGETHER
from chalicelib.messages.routes.views import READERS
from chalicelib.messages.store import box_lists, counters
from chalicelib.plan import store as plan_store

routes = Routes(__name__)


class BoxQuery(msgspec.Struct):
    """Which rows, in which order (MSG-3)."""

    sort: box_lists.Sort = "received"
    order: Literal["asc", "desc"] = "desc"
    search: Annotated[str, msgspec.Meta(max_length=100, extra=HIDDEN)] = ""
    cursor: Cursor | None = None


class TogetherBody(msgspec.Struct):
    """What becomes of several received messages; what is left out stays."""

    message_ids: Annotated[list[Id], msgspec.Meta(min_length=1, max_length=MOST_TOGETHER)]
    read: bool | None = None
    box: Literal["inbox", "archived"] | None = None


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
    """One row of a box (MSG-3). `party`: names; of what went to groups (MSG-1), the others'."""

    message_id: str
    thread_id: str
    subject: str
    party: str
    groups: tuple[Party, ...]
    urgent: bool
    has_attachments: bool
    received_at: datetime
    unread: bool
    status: Status | None


class RowsView(msgspec.Struct):
    """A page of a box. `searched_until`: a search stopped there before the page was full, and can go on."""

    items: list[RowView]
    next_cursor: str | None
    searched_until: datetime | None


class TogetherView(msgspec.Struct):
    """Ids of the messages that were not so already."""

    changed: list[str]


class ReadView(msgspec.Struct):
    """Whether a message is unread now."""

    message_id: str
    unread: bool


class FiledView(msgspec.Struct):
    """Where a message is now."""

    message_id: str
    box: Box


@routes.route("/mailboxes", method="GET", who=members() | staff(), summary="Mailboxes with their unread counts")
def list_mailboxes(actor: Actor) -> MailboxesView:
    """A member has one, an agent one for each of their departments."""
    unread = counters.unread_counts(actor.mailboxes)
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
    summary="A page of a box",
    errors=((400, "bad_cursor"),),
)
def list_box(actor: Actor, mailbox_id: Id, box: Box, query: BoxQuery) -> RowsView:
    """Rows without any text of the messages (S-AZ-12), newest first unless asked for otherwise.

    A search looks for any part of the other party's name or of the subject, without case and accents. It reads a
    bounded part of the box; a page that is not full and has a `next_cursor` goes on from there.
    """
    wanted = box_lists.Wanted(box=box, sort=query.sort, descending=query.order == "desc", search=query.search)
    found = box_lists.page(actor.id, recipients.mailbox(actor, mailbox_id), wanted, query.cursor)
    return RowsView([_row(entry) for entry in found.items], found.next_cursor, found.searched_until)


@routes.route(
    "/mailboxes/{mailbox_id}/messages",
    method="PATCH",
    who=READERS,
    summary="Mark or file several messages",
    errors=((409, "changed_meanwhile"),),
)
def file_messages(actor: Actor, mailbox_id: Id, body: TogetherBody, now: datetime) -> TogetherView:
    """All of them or none; only received messages."""
    unread = None if body.read is None else not body.read
    return TogetherView(filing.file_together(actor, mailbox_id, body.message_ids, now, unread=unread, box=body.box))


@routes.route(
    "/mailboxes/{mailbox_id}/messages/{message_id}/read",
    method="PUT",
    who=READERS,
    summary="Mark as read or unread",
    errors=((409, "changed_meanwhile"),),
)
def mark_message(actor: Actor, mailbox_id: Id, message_id: Id, body: ReadBody, now: datetime) -> ReadView:
    """Read state belongs to the mailbox; a department shares it (MSG-6)."""
    entry = filing.mark(actor, mailbox_id, message_id, now, unread=not body.read)
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
    entry = filing.move(actor, mailbox_id, message_id, body.box, now)
    return FiledView(entry.message_id, entry.box)


def _row(entry: Entry) -> RowView:
    return RowView(
        message_id=entry.message_id,
        thread_id=entry.thread_id,
        subject=entry.subject,
        party=ungrouped(entry),
        groups=entry.groups,
        urgent=entry.urgent,
        has_attachments=entry.has_attachments,
        received_at=entry.received_at,
        unread=entry.unread,
        status=entry.status,
    )
