"""What reached somebody in error (MSG-5): the plan is told, and looks into it."""

from datetime import datetime

from chalicelib.core import ids
from chalicelib.core.access import Actor, Member, Staff
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, NotFound
from chalicelib.core.journal import Entry as Record
from chalicelib.messages import recipients
from chalicelib.messages.actions import reading
from chalicelib.messages.domain import reports
from chalicelib.messages.domain.reports import Report
from chalicelib.messages.store import reports as store
from chalicelib.organizations import store as organizations_store


def report(actor: Actor, mailbox_id: str, thread_id: str, message_id: str, now: datetime) -> None:
    """Tell the plan that a message reached this mailbox in error; it is told once.

    Raises NotFound unless the mailbox may read the message.
    """
    recipients.mailbox(actor, mailbox_id)
    message = reading.readable(mailbox_id, thread_id, message_id)
    organization_id = message.organization_id
    made = Report(
        id=ids.sortable("rpt", now),
        message_id=message_id,
        thread_id=thread_id,
        mailbox_id=mailbox_id,
        organization_id=organization_id,
        organization_name=organizations_store.organization(organization_id).name if organization_id else None,
        reported_by=actor.id,
        reporter_name=actor.name if isinstance(actor, Member | Staff) else "",
        reported_at=now,
    )
    record = Record(
        action="message.misdirected",
        object_id=message_id,
        organization_id=organization_id,
        after={"mailbox": mailbox_id, "report": made.id},
    )
    change = Change(actor, record, now)
    store.create(change, made)
    change.emit("message.misdirected", report_id=made.id)
    try:
        change.commit(None)
    except Conflict as refusal:
        if refusal.code != "already_reported":
            raise


def close(actor: Staff, report_id: str, comment: str, now: datetime) -> Report:
    """Somebody of the plan has dealt with a report. Raises NotFound, Conflict `report_closed`."""
    before = store.report(report_id)
    if before is None:
        raise NotFound
    after = reports.closed(before, actor.id, actor.name, comment, now)
    record = Record(
        action="misdirected.closed",
        object_id=report_id,
        organization_id=before.organization_id,
        after={"message": before.message_id},
    )
    change = Change(actor, record, now)
    store.close(change, before, after)
    change.commit(None)
    return after
