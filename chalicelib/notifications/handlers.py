"""What wakes the notifier."""

from chalice.app import SQSEvent

from chalicelib.core import clock, events
from chalicelib.core.events import Event
from chalicelib.core.http import Routes
from chalicelib.notifications import actions

QUEUE = "notifications"

handlers = Routes(__name__)


def _message_sent(event: Event) -> None:
    actions.notify_of_message(event, clock.now())


@handlers.on_sqs_message(queue=QUEUE, batch_size=10)
def deliver_notices(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """Hears `message.sent`."""
    return events.work(event.to_dict()["Records"], {"message.sent/1": _message_sent})
