"""Events leave by an outbox that is written with the change (architecture: the events door).

outbox row -> stream of the short-lived table -> one SQS message per handler's queue -> the handler. No order is
assumed and any step may happen again, so handlers are idempotent. `subscriptions/outbox.py` says who hears what.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec
from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.core import aws, config, ids, log
from chalicelib.core.tables import ShortLivedRow

# Longer than a stream (1 day) and a queue (14 days) keep a record: the safety net may look that far back.
_KEPT = timedelta(days=16)


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened. Ids only: never text or tokens."""

    id: str
    name: str
    """`subject.verb`, such as `message.sent`."""
    version: int
    at: datetime
    ids: dict[str, str]
    request_id: str = ""


Handler = Callable[[Event], None]
Subscriptions = Mapping[str, tuple[str, ...]]
"""Queues that hear an event, by the event's name."""


class OutboxRow(ShortLivedRow, discriminator="outbox"):
    """pk `OUTBOX#<event id>`, sk `EVENT`."""

    name = UnicodeAttribute()
    version = NumberAttribute()
    at = UnicodeAttribute()
    ids = JSONAttribute()
    request_id = UnicodeAttribute(null=True)


def outbox(name: str, version: int, facts: dict[str, str], request_id: str, now: datetime) -> OutboxRow:
    """The outbox row of a new event, not yet written."""
    return OutboxRow(
        f"OUTBOX#{ids.sortable('evt', now)}",
        "EVENT",
        name=name,
        version=version,
        at=now.isoformat(),
        ids=facts,
        request_id=request_id,
        expires_at=now + _KEPT,
    )


def _event(row: OutboxRow) -> Event:
    return Event(
        id=row.pk.removeprefix("OUTBOX#"),
        name=row.name,
        version=int(row.version),
        at=datetime.fromisoformat(row.at),
        ids=row.ids,
        request_id=row.request_id or "",
    )


def publish(records: Iterable[Mapping[str, Any]], subscriptions: Subscriptions) -> dict[str, Any]:
    """Carry new outbox rows from stream records to the queues that hear them.

    `records` are DynamoDB stream records. Returns the partial batch answer: the first record that could not be
    carried, from which the stream is read again.
    """
    for stream_record in records:
        image = stream_record["dynamodb"].get("NewImage")
        if stream_record["eventName"] != "INSERT" or not image or image.get("cls") != {"S": "outbox"}:
            continue
        try:
            _send(_event(OutboxRow.from_raw_data(image)), subscriptions)
        except Exception as error:  # whatever it was, the stream must offer this record again
            log.error("event_not_published", error=type(error).__name__)
            return {"batchItemFailures": [{"itemIdentifier": stream_record["dynamodb"]["SequenceNumber"]}]}
    return {"batchItemFailures": []}


def _send(event: Event, subscriptions: Subscriptions) -> None:
    body = msgspec.json.encode(event).decode()
    for queue in subscriptions[event.name]:
        aws.sqs().send_message(QueueUrl=queue_url(queue), MessageBody=body)


def tell(queue: str, name: str, version: int, facts: dict[str, str], request_id: str, now: datetime) -> None:
    """Let a function that may touch no table answer one queue. Everybody else emits events with their change."""
    told = Event(id=ids.sortable("evt", now), name=name, version=version, at=now, ids=facts, request_id=request_id)
    aws.sqs().send_message(QueueUrl=queue_url(queue), MessageBody=msgspec.json.encode(told).decode())


def queue_url(queue: str) -> str:
    """Address of a queue by its short name."""
    url: str = aws.sqs().get_queue_url(QueueName=config.current().queue_prefix + queue)["QueueUrl"]
    return url


def work(records: Iterable[Mapping[str, Any]], handlers: Mapping[str, Handler]) -> dict[str, Any]:
    """Hand each SQS record's event to its handler; one that fails goes back to the queue alone (S-MAIL-06).

    An event of an unknown name, version or shape fails too: it ends with the dead letters, where someone looks.
    """
    failures = []
    for sqs_record in records:
        try:
            event = msgspec.json.decode(sqs_record["body"], type=Event)
            handlers[f"{event.name}/{event.version}"](event)
            log.info("event_handled", event=event.name, request_id=event.request_id)
        except Exception as error:  # the queue retries this one and dead-letters it in the end
            log.error("event_not_handled", message=sqs_record["messageId"], error=type(error).__name__)
            failures.append({"itemIdentifier": sqs_record["messageId"]})
    return {"batchItemFailures": failures}
