"""Messages to many organizations at once (MSG-11). How far one has come is told by `/work/{work_id}`."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.core import texts
from chalicelib.core.access import Actor, staff
from chalicelib.core.cursors import Page, PageQuery
from chalicelib.core.fields import Body, Id, Subject, Tin
from chalicelib.core.http import Routes
from chalicelib.core.texts import Language
from chalicelib.core.work import Started
from chalicelib.messages.actions import broadcasting
from chalicelib.messages.actions.broadcasting import Wanted
from chalicelib.messages.domain.broadcasts import MOST_ORGANIZATIONS
from chalicelib.messages.domain.groups import GroupKind
from chalicelib.messages.routes.sending import Uploads
from chalicelib.messages.store import broadcasts

routes = Routes(__name__)

Tins = Annotated[list[Tin], msgspec.Meta(max_length=MOST_ORGANIZATIONS)]
AGENTS = staff("department_agent")


class BroadcastBody(msgspec.Struct):
    """The same words to a group in each of some organizations, by their tax identification numbers."""

    mailbox_id: Id
    to: GroupKind
    tins: Tins
    subject: Subject
    text: Body
    urgent: bool = False
    upload_ids: Uploads = []


class SkippedView(msgspec.Struct):
    """An organization that it did not go to; `row` is its place among those that were named, from 1."""

    row: int
    tin: str
    code: str
    detail: str


@routes.route(
    "/broadcasts",
    method="POST",
    who=AGENTS,
    summary="Send to many organizations",
    status=202,
    creates=True,
    errors=((404, "not_found"), (409, "department_retired")),
)
def send_broadcast(actor: Actor, body: BroadcastBody, now: datetime) -> Started:
    """A long work; each organization gets a thread of its own and sees only itself."""
    wanted = Wanted(
        mailbox_id=body.mailbox_id,
        subject=body.subject,
        text=body.text,
        urgent=body.urgent,
        upload_ids=body.upload_ids,
        to=body.to,
        tins=body.tins,
    )
    return broadcasting.start(actor, wanted, now)


@routes.route(
    "/broadcasts/{work_id}/skipped",
    method="GET",
    who=AGENTS,
    summary="Organizations that a broadcast did not go to",
    errors=((400, "bad_cursor"),),
)
def list_skipped(actor: Actor, work_id: Id, query: PageQuery, language: Language, now: datetime) -> Page[SkippedView]:
    """In the order in which they were named."""
    broadcasting.own(actor, work_id, now)
    page = broadcasts.skipped_page(work_id, query.cursor, (actor.id,))
    return Page(
        [SkippedView(each.row, each.tin, each.code, texts.text(language, f"field.{each.code}")) for each in page.items],
        page.next_cursor,
    )
