"""What wakes the notifier."""

from collections.abc import Callable
from datetime import datetime

from chalice.app import SQSEvent

from chalicelib.core import clock, events
from chalicelib.core.events import Event, Handler
from chalicelib.core.http import Routes
from chalicelib.notifications.actions import accounts, address_mails, administrators, messages, recovery, security

QUEUE = "notifications"

handlers = Routes(__name__)


def _now(action: Callable[[Event, datetime], None]) -> Handler:
    return lambda event: action(event, clock.now())


@handlers.on_sqs_message(queue=QUEUE, batch_size=10)
def deliver_notices(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """Hears all that people are mailed about."""
    return events.work(
        event.to_dict()["Records"],
        {
            "access.requested/1": _now(administrators.notify_of_access_request),
            "administrators.changed/1": _now(administrators.notify_of_change),
            "device.new/1": _now(security.tell),
            "email.change_requested/1": _now(security.tell_of_email_request),
            "email.changed/1": _now(security.tell_of_email),
            "factor.changed/1": _now(security.tell),
            "member.invited/1": _now(accounts.invite),
            "member.registered/1": _now(administrators.notify_of_registration),
            "member.rejected/1": _now(accounts.notify_of_rejection),
            "message.delivered/1": _now(messages.notify_of_delivery),
            "message.misdirected/1": _now(messages.notify_of_misdirected),
            "message.sent/1": _now(messages.notify_of_message),
            "notice_address.changed/1": _now(address_mails.tell),
            "notice_address.requested/1": _now(address_mails.send_link),
            "password.changed/1": _now(security.tell),
            "password_reset.requested/1": _now(accounts.send_password_reset),
            "questions.changed/1": _now(security.tell),
            "reset_case.confirmed/1": _now(recovery.send_set_up_link),
            "reset_case.opened/1": _now(administrators.notify_of_reset_case),
            "session.displaced/1": _now(security.tell),
            "sign_in.blocked/1": _now(security.tell_of_block),
            "staff.invited/1": _now(accounts.invite_staff),
        },
    )
