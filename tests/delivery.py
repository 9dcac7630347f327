"""Carrying events by hand: from the outbox to the queues, and from a queue to its handler, as Lambda is called."""

from collections.abc import Sequence
from typing import Any

from app import app
from chalicelib.core import aws, clock, events
from local import functions
from local.schedules import scheduled_event
from tests import real_engine, stored

StreamRecord = dict[str, Any]
_settled: tuple[int, set[str]] = (0, set())
"""Outbox rows that `settle` carried, by key, and since when the tables are as they are (`real_engine.turn`)."""


def stream_records() -> list[StreamRecord]:
    """The outbox rows as the table's stream offers them."""
    return [
        {
            "eventID": str(number),
            "eventName": "INSERT",
            "eventSource": "aws:dynamodb",
            "dynamodb": {"SequenceNumber": str(number), "NewImage": row, "ApproximateCreationDateTime": 1.0},
        }
        for number, row in enumerate(stored.outbox(), 1)
    ]


def publish(records: Sequence[StreamRecord]) -> list[str]:
    """Hand stream records to `publish_events`; the sequence numbers it gives back as failed."""
    answer = functions.call(app, "publish_events", {"Records": [*records]})
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def waiting(queue: str) -> list[str]:
    """Take the bodies of all messages from a queue."""
    url, bodies = events.queue_url(queue), []
    while messages := aws.sqs().receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
        for message in messages:
            bodies.append(message["Body"])
            aws.sqs().delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return bodies


def deliver(handler: str, bodies: Sequence[str]) -> list[int]:
    """Hand queue messages with these bodies to a handler; the places of those it gives back as failed."""
    records = [
        {"messageId": str(place), "body": body, "eventSource": "aws:sqs", "attributes": {}, "messageAttributes": {}}
        for place, body in enumerate(bodies)
    ]
    answer = functions.call(app, handler, {"Records": records})
    return [int(failure["itemIdentifier"]) for failure in answer["batchItemFailures"]]


def find_lost() -> dict[str, int]:
    """The schedule that finds what got lost, and calls for the notices that are due."""
    found: dict[str, int] = functions.call(
        app, "notification_fanout", scheduled_event("notification_fanout", clock.now())
    )
    return found


def settle(*, again: bool = False) -> None:
    """What has left since the last time goes where it is heard, once; `again`: all that ever left."""
    _carry(again)
    assert deliver("receive_registrations", waiting("accounts")) == []
    _carry(again)
    assert deliver("release_uploads", waiting("attachments")) == []
    _carry(again)
    _look_into_files()
    assert deliver("deliver_notices", waiting("notifications")) == []
    assert deliver("follow_onboarding", waiting("enrollment")) == []


def look_into_files() -> None:
    """What was found clean is looked into, and released or closed."""
    assert publish([record for record in stream_records() if _name(record) == "upload.cleared"]) == []
    _look_into_files()


def _look_into_files() -> None:
    assert deliver("inspect_uploads", waiting("inspections")) == []
    assert deliver("release_uploads", waiting("attachments")) == []


def _name(record: StreamRecord) -> str:
    return str(record["dynamodb"]["NewImage"]["name"]["S"])


def _carry(again: bool) -> None:
    global _settled
    turn, before = _settled
    if again or turn != real_engine.turn():
        before = set()
    offered = stream_records()
    assert publish([one for one in offered if _key(one) not in before]) == []
    _settled = real_engine.turn(), {_key(one) for one in offered}


def _key(offered: StreamRecord) -> str:
    return str(offered["dynamodb"]["NewImage"]["pk"]["S"])


def heard(queue: str) -> list[str]:
    """Carry the outbox; what is in the queue then."""
    assert publish(stream_records()) == []
    return waiting(queue)
