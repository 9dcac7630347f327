"""Which event and which deadline wakes which code: the one page to read (architecture: the events door).

An event of the outbox goes to the queues named here; each queue has one handler, which lists the events it knows. A
schedule works the kinds of timers named here.
"""

from typing import Any

from chalice.app import CloudWatchEvent, DynamoDBEvent

from chalicelib.attachments.actions import discard
from chalicelib.attachments.handlers import QUEUE as ATTACHMENTS
from chalicelib.core import clock, events, log, timers
from chalicelib.core.http import Routes
from chalicelib.credentials.actions import expire
from chalicelib.notifications.handlers import QUEUE as NOTIFICATIONS

SUBSCRIPTIONS: events.Subscriptions = {
    "message.sent": (NOTIFICATIONS,),
    "upload.finalized": (ATTACHMENTS,),
}

HOUSEKEEPING: timers.Kinds = {"session": expire, "upload": discard}

# A run stops this long before Lambda would stop it; the next one goes on from there.
_SPARE_MILLISECONDS = 20_000

handlers = Routes(__name__)

# Stands for the stream of the short-lived table; the packaged template puts the real ARN here by reference.
OUTBOX_STREAM = "arn:aws:dynamodb:us-east-1:000000000000:table/shortlived/stream/outbox"


@handlers.on_dynamodb_record(stream_arn=OUTBOX_STREAM, batch_size=25)
def publish_events(event: DynamoDBEvent) -> dict[str, list[dict[str, str]]]:
    """Carries new outbox rows to the queues that hear them."""
    return events.publish(event.to_dict()["Records"], SUBSCRIPTIONS)


@handlers.schedule("rate(1 hour)")
def housekeeping(event: CloudWatchEvent) -> dict[str, int]:
    """Clears away sessions and uploads that have ended."""
    return _work("housekeeping", HOUSEKEEPING, event)


def _work(schedule: timers.Schedule, kinds: timers.Kinds, event: CloudWatchEvent) -> dict[str, int]:
    context: Any = event.context

    def may_go_on() -> bool:
        return bool(context.get_remaining_time_in_millis() > _SPARE_MILLISECONDS)

    worked = timers.work(schedule, kinds, clock.now(), may_go_on)
    log.info("schedule_worked", job=schedule, count=worked.done + worked.later + worked.nothing)
    return {
        "done": worked.done,
        "later": worked.later,
        "nothing": worked.nothing,
        "failed": worked.failed,
        "finished": int(worked.finished),
    }
