"""Messages that reached somebody in error: told by whoever has one, looked into by the plan (MSG-5)."""

from datetime import datetime

import msgspec

from chalicelib.core.access import Actor, Staff, staff
from chalicelib.core.answers import Named
from chalicelib.core.cursors import Page
from chalicelib.core.fields import Comment, Cursor, Id
from chalicelib.core.http import Routes
from chalicelib.messages.actions import misdirected
from chalicelib.messages.domain.reports import Report, State
from chalicelib.messages.routes.views import READERS
from chalicelib.messages.store import reports

routes = Routes(__name__)


class MisdirectedBody(msgspec.Struct):
    """In which thread the message is."""

    thread_id: Id


class ReportsQuery(msgspec.Struct):
    """Which reports."""

    state: State = "open"
    cursor: Cursor | None = None


class CloseBody(msgspec.Struct):
    """What was done about it."""

    comment: Comment = ""


class ReportedView(msgspec.Struct):
    """The plan has been told."""

    reported: bool


class ReportView(msgspec.Struct):
    """A report: ids and names, nothing of the message."""

    id: str
    state: State
    message_id: str
    thread_id: str
    mailbox_id: str
    organization: Named | None
    reporter: str
    reported_at: datetime
    closed_by: str | None
    closed_at: datetime | None
    comment: str


@routes.route(
    "/mailboxes/{mailbox_id}/messages/{message_id}/misdirected",
    method="POST",
    who=READERS,
    summary="Tell the plan that a message came here in error",
)
def report_message(actor: Actor, mailbox_id: Id, message_id: Id, body: MisdirectedBody, now: datetime) -> ReportedView:
    """Told again it changes nothing."""
    misdirected.report(actor, mailbox_id, body.thread_id, message_id, now)
    return ReportedView(reported=True)


@routes.route(
    "/misdirected",
    method="GET",
    who=staff("plan_administrator", "auditor"),
    summary="A page of messages that came to somebody in error",
    errors=((400, "bad_cursor"),),
)
def list_reports(actor: Actor, query: ReportsQuery) -> Page[ReportView]:
    """The open ones oldest first, the closed ones newest first."""
    page = reports.page(actor.id, query.state, query.cursor)
    return Page([_view(report) for report in page.items], page.next_cursor)


@routes.route(
    "/misdirected/{report_id}/close",
    method="POST",
    who=staff("plan_administrator"),
    summary="Close a report",
    errors=((409, "report_closed"),),
)
def close_report(actor: Staff, report_id: Id, body: CloseBody, now: datetime) -> ReportView:
    """With what was done about it."""
    return _view(misdirected.close(actor, report_id, body.comment, now))


def _view(report: Report) -> ReportView:
    organization = None
    if report.organization_id is not None:
        organization = Named(report.organization_id, report.organization_name or "")
    return ReportView(
        id=report.id,
        state=report.state,
        message_id=report.message_id,
        thread_id=report.thread_id,
        mailbox_id=report.mailbox_id,
        organization=organization,
        reporter=report.reporter_name,
        reported_at=report.reported_at,
        closed_by=report.closer_name,
        closed_at=report.closed_at,
        comment=report.comment,
    )
