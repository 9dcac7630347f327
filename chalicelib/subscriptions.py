"""Which event wakes which handler: the one page to read (architecture: the events door).

An event of the outbox goes to the queues named here; each queue has one handler, which lists the events it knows.
"""

from chalice.app import DynamoDBEvent

from chalicelib.attachments.handlers import QUEUE as ATTACHMENTS
from chalicelib.core import events
from chalicelib.core.http import Routes
from chalicelib.notifications.handlers import QUEUE as NOTIFICATIONS

SUBSCRIPTIONS: events.Subscriptions = {
    "message.sent": (NOTIFICATIONS,),
    "upload.finalized": (ATTACHMENTS,),
}

handlers = Routes(__name__)

# Stands for the stream of the short-lived table; the packaged template puts the real ARN here by reference.
OUTBOX_STREAM = "arn:aws:dynamodb:us-east-1:000000000000:table/shortlived/stream/outbox"


@handlers.on_dynamodb_record(stream_arn=OUTBOX_STREAM, batch_size=25)
def publish_events(event: DynamoDBEvent) -> dict[str, list[dict[str, str]]]:
    """Carries new outbox rows to the queues that hear them."""
    return events.publish(event.to_dict()["Records"], SUBSCRIPTIONS)
