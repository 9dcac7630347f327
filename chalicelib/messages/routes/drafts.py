"""Drafts of a user in a mailbox (MSG-2): they are there after signing out and on another device."""

from datetime import datetime

import msgspec

from chalicelib.core.access import Actor
from chalicelib.core.cursors import Page, PageQuery
from chalicelib.core.fields import Id, Note, SubjectSoFar
from chalicelib.core.http import Routes
from chalicelib.messages import recipients
from chalicelib.messages.actions import drafts
from chalicelib.messages.actions.drafts import Saved
from chalicelib.messages.domain import Party
from chalicelib.messages.domain.drafts import Contents, Mode, SavedDraft
from chalicelib.messages.domain.groups import Group
from chalicelib.messages.recipients import known
from chalicelib.messages.routes.sending import Groups, Recipients, Uploads
from chalicelib.messages.routes.views import READERS
from chalicelib.messages.store import drafts as store

routes = Routes(__name__)


class DraftBody(msgspec.Struct):
    """What is written so far; all of it may be missing."""

    mode: Mode = "new"
    thread_id: Id | None = None
    message_id: Id | None = None
    organization_id: Id | None = None
    to: Recipients = []
    cc: Recipients = []
    groups: Groups = []
    subject: SubjectSoFar = ""
    text: Note = ""
    urgent: bool = False
    upload_ids: Uploads = []

    @property
    def contents(self) -> Contents:
        """As it is kept."""
        return Contents(
            mode=self.mode,
            thread_id=self.thread_id,
            message_id=self.message_id,
            organization_id=self.organization_id,
            to=tuple(self.to),
            cc=tuple(self.cc),
            groups=tuple(Group(group.kind, group.organization_id) for group in self.groups),
            subject=self.subject,
            text=self.text,
            urgent=self.urgent,
            upload_ids=tuple(self.upload_ids),
        )


class DraftRowView(msgspec.Struct):
    """A draft in the list."""

    id: str
    mode: Mode
    subject: str
    to: list[str]
    """Names of the first three it is to go to."""
    recipients: int
    urgent: bool
    has_attachments: bool
    saved_at: datetime


class FileView(msgspec.Struct):
    """A file of a draft, as far as it has come."""

    id: str
    file_name: str
    content_type: str
    size: int
    state: str
    reason: str | None


class DraftView(msgspec.Struct):
    """A draft to go on with."""

    id: str
    version: int
    saved_at: datetime
    mode: Mode
    thread_id: str | None
    message_id: str | None
    organization_id: str | None
    to: list[Party]
    cc: list[Party]
    groups: list[Party]
    unreachable: list[str]
    """Ids of those who can't be written to any more; the rest can."""
    subject: str
    text: str
    urgent: bool
    files: list[FileView]
    expired_upload_ids: list[str]
    """Files that waited too long: they are to be attached again."""


@routes.route(
    "/mailboxes/{mailbox_id}/drafts",
    method="GET",
    who=READERS,
    summary="A page of one's drafts, begun last first",
    errors=((400, "bad_cursor"),),
)
def list_drafts(actor: Actor, mailbox_id: Id, query: PageQuery) -> Page[DraftRowView]:
    """One's own: colleagues of a department don't see each other's."""
    page = store.page(recipients.mailbox(actor, mailbox_id), actor.id, query.cursor)
    names = drafts.first_names(actor, page.items)
    return Page([_row(draft, names[draft.id]) for draft in page.items], page.next_cursor)


@routes.route(
    "/mailboxes/{mailbox_id}/drafts",
    method="POST",
    who=READERS,
    summary="Keep a new draft",
    status=201,
    creates=True,
    errors=((409, "too_many_drafts"),),
)
def create_draft(actor: Actor, mailbox_id: Id, body: DraftBody, now: datetime) -> Saved:
    """At most fifty of a user in a mailbox."""
    return drafts.begin(actor, mailbox_id, body.contents, now)


@routes.route("/mailboxes/{mailbox_id}/drafts/{draft_id}", method="GET", who=READERS, summary="A draft to go on with")
def show_draft(actor: Actor, mailbox_id: Id, draft_id: Id, now: datetime) -> DraftView:
    """With who and what is not there any more."""
    draft = drafts.own(actor, mailbox_id, draft_id)
    contents = draft.contents
    found = known.look_up(actor, contents.organization_id, contents.to + contents.cc)
    files = drafts.files(actor, draft, now)
    return DraftView(
        id=draft.id,
        version=draft.version,
        saved_at=draft.saved_at,
        mode=contents.mode,
        thread_id=contents.thread_id,
        message_id=contents.message_id,
        organization_id=contents.organization_id,
        to=[found.party(id_) for id_ in contents.to],
        cc=[found.party(id_) for id_ in contents.cc],
        groups=list(known.group_parties(actor, contents.groups)),
        unreachable=[id_ for id_ in contents.to + contents.cc if id_ not in found.reachable],
        subject=contents.subject,
        text=contents.text,
        urgent=contents.urgent,
        files=[
            FileView(file.id, file.file_name, file.content_type, file.size, file.state, file.reason) for file in files
        ],
        expired_upload_ids=[id_ for id_ in contents.upload_ids if id_ not in {file.id for file in files}],
    )


@routes.route(
    "/mailboxes/{mailbox_id}/drafts/{draft_id}",
    method="PUT",
    who=READERS,
    summary="Keep what is written now",
    edits=True,
)
def save_draft(actor: Actor, mailbox_id: Id, draft_id: Id, body: DraftBody, version: int, now: datetime) -> Saved:
    """Of two devices, the second to save is told that it hasn't seen the first one's."""
    return drafts.keep(actor, mailbox_id, draft_id, body.contents, version, now)


@routes.route(
    "/mailboxes/{mailbox_id}/drafts/{draft_id}",
    method="DELETE",
    who=READERS,
    summary="Throw a draft away",
    status=204,
    errors=((409, "draft_gone"),),
)
def discard_draft(actor: Actor, mailbox_id: Id, draft_id: Id, now: datetime) -> None:
    """Its files go by themselves, as nothing has taken them."""
    drafts.discard(actor, mailbox_id, draft_id, now)


def _row(draft: SavedDraft, names: list[str]) -> DraftRowView:
    contents = draft.contents
    return DraftRowView(
        id=draft.id,
        mode=contents.mode,
        subject=contents.subject,
        to=names,
        recipients=len(contents.to + contents.cc + contents.groups),
        urgent=contents.urgent,
        has_attachments=bool(contents.upload_ids),
        saved_at=draft.saved_at,
    )
