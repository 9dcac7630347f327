"""What wakes the notifier."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from chalice.app import CloudWatchEvent, SQSEvent

from chalicelib.core import clock, events, open_events
from chalicelib.core.events import Event, Handler
from chalicelib.core.http import Routes
from chalicelib.core.open_events import StaysOpen
from chalicelib.notifications import queue
from chalicelib.notifications.actions import (
    accounts,
    address_mails,
    administrators,
    bounces,
    deadlines,
    executives,
    marks,
    messages,
    nominations,
    onboarding,
    recovery,
    reviews,
    security,
    sharing,
    staff_reviews,
    unreachable,
    waiting,
)
from chalicelib.notifications.domain.stops import Feedback, Kind
from chalicelib.notifications.mail import Throttled

handlers = Routes(__name__)


def _now(*actions: Callable[[Event, datetime], None]) -> Handler:
    """Hears an event of the outbox: closes it when all are told, and leaves it open while some have to wait."""

    def heard(event: Event) -> None:
        try:
            for action in actions:
                action(event, clock.now())
        except Throttled as too_much:
            queue.again(event, clock.now())
            raise StaysOpen from too_much

    return open_events.closing(heard)


def _waited(action: Callable[[Event, datetime], None]) -> Handler:
    """Hears what the notifier put into its queue itself."""
    return lambda event: action(event, clock.now())


@handlers.on_sqs_message(queue=queue.QUEUE, batch_size=10)
def deliver_notices(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """Hears all that people are mailed about."""
    return events.work(
        event.to_dict()["Records"],
        {
            "access.requested/1": _now(administrators.notify),
            "address.mended/1": _now(marks.keep),
            "address.stopped/1": _now(marks.keep),
            "administrators.changed/1": _now(administrators.notify),
            "device.new/1": _now(security.tell),
            "directory.requested/1": _now(administrators.notify),
            "email.change_requested/1": _now(security.tell_of_email_request),
            "email.changed/1": _now(security.tell_of_email, marks.keep),
            "executive.mended/1": _now(executives.keep),
            "executive.stopped/1": _now(executives.keep),
            "factor.changed/1": _now(security.tell),
            "inactivity.lapsed/1": _now(deadlines.tell_of_lapse),
            "inactivity.warned/1": _now(deadlines.warn_of_inactivity),
            "member.invited/1": _now(accounts.invite),
            "member.registered/1": _now(administrators.notify),
            "member.unreachable/1": _now(administrators.notify),
            "member.rejected/1": _now(accounts.notify_of_rejection),
            "message.delivered/1": _now(messages.notify_of_delivery),
            "message.misdirected/1": _now(messages.notify_of_misdirected),
            "message.sent/1": _now(messages.notify_of_message),
            "nomination.approved/1": _now(nominations.notify),
            "nomination.reminded/1": _now(nominations.notify),
            "nomination.requested/1": _now(nominations.notify),
            "nomination.returned/1": _now(nominations.notify, executives.keep),
            "nomination.sent/1": _now(nominations.notify, executives.keep),
            "nomination.signed/1": _now(nominations.notify),
            "notice_address.changed/1": _now(address_mails.tell, marks.keep),
            "notice_address.requested/1": _now(address_mails.send_link),
            "notice.waiting/1": _waited(waiting.carry_on),
            "notices.due/1": _waited(waiting.bundle),
            "onboarding.chased/1": _now(onboarding.notify),
            "organization.closed/1": _now(onboarding.notify, executives.keep),
            "organization.without_administrator/1": _now(reviews.notify),
            "password.changed/1": _now(security.tell),
            "password.expiring/1": _now(deadlines.remind_of_password),
            "password_reset.requested/1": _now(accounts.send_password_reset),
            "questions.changed/1": _now(security.tell),
            "recovery.started/1": _now(security.tell),
            "reset_case.confirmed/1": _now(recovery.send_set_up_link),
            "reset_case.opened/1": _now(administrators.notify),
            "review.called/1": _now(reviews.notify),
            "review.overdue/1": _now(reviews.notify),
            "review.reminded/1": _now(reviews.notify),
            "session.displaced/1": _now(security.tell),
            "sharing.noticed/1": _now(sharing.tell),
            "sharing.raised/1": _now(administrators.notify),
            "sign_in.after_absence/1": _now(security.tell),
            "sign_in.blocked/1": _now(security.tell_of_block),
            "staff.invited/1": _now(accounts.invite_staff),
            "staff.lapsed/1": _now(deadlines.tell_of_staff_lapse),
            "staff_review.reminded/1": _now(staff_reviews.notify),
            "staff.unreachable/1": _now(unreachable.notify),
        },
    )


@handlers.on_cw_event({"source": ["aws.ses"], "detail-type": ["Email Bounced", "Email Complaint Received"]})
def record_mail_result(event: CloudWatchEvent) -> None:
    """SES tells that a mail came back, or that somebody complained of it (NOT-4)."""
    mail, feedback = event.detail["mail"], _feedback(event.detail)
    if feedback is None:
        return
    # Where it was sent, one address each: what bounced in the end may be where somebody had it forwarded.
    for address in mail["destination"]:
        bounces.hear(address, feedback, clock.now())


def _feedback(detail: dict[str, Any]) -> Feedback | None:
    """What SES says, or None for what says nothing against the address."""
    sent_at = datetime.fromisoformat(detail["mail"]["timestamp"])
    if detail["eventType"] == "Bounce":
        bounce = detail["bounce"]
        # "Undetermined" is what SES could make nothing of.
        kind: Kind = "permanent" if bounce["bounceType"] == "Permanent" else "transient"
        return Feedback(kind=kind, sent_at=sent_at, at=datetime.fromisoformat(bounce["timestamp"]))
    complaint = detail["complaint"]
    if complaint.get("complaintFeedbackType") == "not-spam":
        return None
    return Feedback(kind="complaint", sent_at=sent_at, at=datetime.fromisoformat(complaint["timestamp"]))
