"""What wakes accounts."""

from chalice.app import SQSEvent

from chalicelib.accounts.actions import registrations
from chalicelib.core import clock, events
from chalicelib.core.events import Event
from chalicelib.core.http import Routes

QUEUE = "accounts"

handlers = Routes(__name__)


def _requested(event: Event) -> None:
    registrations.receive(event, clock.now())


@handlers.on_sqs_message(queue=QUEUE, batch_size=10)
def receive_registrations(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """Hears `registration.requested`."""
    return events.work(event.to_dict()["Records"], {"registration.requested/1": _requested})
