"""What was deleted, and what is taken out for the record (MSG-10)."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.core.access import Staff, staff
from chalicelib.core.cursors import Page, PageQuery
from chalicelib.core.fields import Id
from chalicelib.core.http import Routes
from chalicelib.core.work import Started
from chalicelib.retention.actions import exporting
from chalicelib.retention.domain import Certificate
from chalicelib.retention.store import certificates

routes = Routes(__name__)

Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=500, extra={"characters": "lines"})]


class ThreadExportBody(msgspec.Struct):
    """Why a thread is taken out."""

    reason: Reason


@routes.route(
    "/deletions",
    method="GET",
    who=staff("plan_administrator", "auditor"),
    summary="Certificates of what was deleted, newest first",
    errors=((400, "bad_cursor"),),
)
def list_deletions(actor: Staff, query: PageQuery) -> Page[Certificate]:
    """Ids and digests: nothing of what it said."""
    return certificates.page(actor.id, query.cursor)


@routes.route(
    "/records/threads/{thread_id}/export",
    method="POST",
    who=staff("auditor"),
    step_up=True,
    summary="Take a thread out for the record, as a PDF",
    status=202,
    creates=True,
)
def export_thread(actor: Staff, thread_id: Id, body: ThreadExportBody, now: datetime) -> Started:
    """A long work; its result downloads from `/work/{work_id}/result`. Asking and each download leave a record."""
    return exporting.start(actor, thread_id, body.reason, now)
