"""What carries events from the outbox to the queues that hear them, as they happen."""

from chalice.app import DynamoDBEvent

from chalicelib.core import events
from chalicelib.core.http import Routes
from chalicelib.subscriptions.outbox import OUTBOX_STREAM, SUBSCRIPTIONS

handlers = Routes(__name__)


@handlers.on_dynamodb_record(stream_arn=OUTBOX_STREAM, batch_size=25)
def publish_events(event: DynamoDBEvent) -> dict[str, list[dict[str, str]]]:
    """Carries new outbox rows to the queues that hear them."""
    return events.publish(event.to_dict()["Records"], SUBSCRIPTIONS)
