"""Which event and which deadline wakes which code: the one page to read (architecture: the events door).

An event of the outbox goes to the queues named here; each queue has one handler, which lists the events it knows. A
schedule works the kinds of timers named here.
"""

from collections.abc import Callable
from typing import Any

from chalice.app import CloudWatchEvent, DynamoDBEvent, SQSEvent

from chalicelib.accounts.actions import exports, imports
from chalicelib.accounts.actions.members import remove_unanswered
from chalicelib.accounts.handlers import QUEUE as ACCOUNTS
from chalicelib.attachments.actions import discard
from chalicelib.attachments.handlers import QUEUE as ATTACHMENTS
from chalicelib.core import clock, events, log, timers, work, work_ends, work_runner
from chalicelib.core.http import Routes
from chalicelib.credentials.actions import expire
from chalicelib.notifications.handlers import QUEUE as NOTIFICATIONS
from chalicelib.recovery.actions import cases

LONG_WORK = "work"

SUBSCRIPTIONS: events.Subscriptions = {
    "access.requested": (NOTIFICATIONS,),
    "administrators.changed": (NOTIFICATIONS,),
    "device.new": (NOTIFICATIONS,),
    "email.change_requested": (NOTIFICATIONS,),
    "email.changed": (NOTIFICATIONS,),
    "factor.changed": (NOTIFICATIONS,),
    "member.invited": (NOTIFICATIONS,),
    "member.registered": (NOTIFICATIONS,),
    "member.rejected": (NOTIFICATIONS,),
    "message.sent": (NOTIFICATIONS,),
    "password.changed": (NOTIFICATIONS,),
    "password_reset.requested": (NOTIFICATIONS,),
    "questions.changed": (NOTIFICATIONS,),
    "registration.requested": (ACCOUNTS,),
    "reset_case.confirmed": (NOTIFICATIONS,),
    "reset_case.opened": (NOTIFICATIONS,),
    "session.displaced": (NOTIFICATIONS,),
    "sign_in.blocked": (NOTIFICATIONS,),
    "staff.invited": (NOTIFICATIONS,),
    "upload.finalized": (ATTACHMENTS,),
    "work.continued": (LONG_WORK,),
    "work.started": (LONG_WORK,),
}

HOUSEKEEPING: timers.Kinds = {
    "reset_case": cases.expire,
    "session": expire,
    "unanswered": remove_unanswered,
    "upload": discard,
    "work": work_ends.renew,
}

# The step of each kind of long work.
WORK: work.Kinds = {
    exports.EXPORT: exports.export_step,
    imports.CHECK: imports.check_step,
    imports.RUN: imports.run_step,
}

# A run stops this long before Lambda would stop it; the next one goes on from there.
_SPARE_MILLISECONDS = 20_000

handlers = Routes(__name__)

# Stands for the stream of the short-lived table; the packaged template puts the real ARN here by reference.
OUTBOX_STREAM = "arn:aws:dynamodb:us-east-1:000000000000:table/shortlived/stream/outbox"


@handlers.on_dynamodb_record(stream_arn=OUTBOX_STREAM, batch_size=25)
def publish_events(event: DynamoDBEvent) -> dict[str, list[dict[str, str]]]:
    """Carries new outbox rows to the queues that hear them."""
    return events.publish(event.to_dict()["Records"], SUBSCRIPTIONS)


# One at a time: a long work holds up no other.
@handlers.on_sqs_message(queue=LONG_WORK, batch_size=1)
def carry_on_work(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """Does the next chunks of a long work."""
    may_go_on = _time_is_left(event.context)

    def carry_on(told: events.Event) -> None:
        work_runner.carry_on(told.ids["owner"], told.ids["work_id"], WORK, told.request_id, may_go_on)

    return events.work(event.to_dict()["Records"], {"work.started/1": carry_on, "work.continued/1": carry_on})


@handlers.schedule("rate(1 hour)")
def housekeeping(event: CloudWatchEvent) -> dict[str, int]:
    """Clears away sessions and uploads that have ended, and looks after long works."""
    return _work("housekeeping", HOUSEKEEPING, event)


def _work(schedule: timers.Schedule, kinds: timers.Kinds, event: CloudWatchEvent) -> dict[str, int]:
    worked = timers.work(schedule, kinds, clock.now(), _time_is_left(event.context))
    log.info("schedule_worked", job=schedule, count=worked.done + worked.later + worked.nothing)
    return {
        "done": worked.done,
        "later": worked.later,
        "nothing": worked.nothing,
        "failed": worked.failed,
        "finished": int(worked.finished),
    }


def _time_is_left(context: Any) -> Callable[[], bool]:
    """Asks Lambda whether there is time for more."""
    return lambda: bool(context.get_remaining_time_in_millis() > _SPARE_MILLISECONDS)
