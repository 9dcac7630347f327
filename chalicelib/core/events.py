"""Events leave by an outbox that is written with the change (architecture: the events door).

outbox row -> stream of the short-lived table -> one SQS message per handler's queue -> the handler. No order is
assumed and any step may happen again, so handlers are idempotent. `subscriptions/outbox.py` says who hears what.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute, UnicodeSetAttribute

from chalicelib.core import aws, config, ids, log
from chalicelib.core.tables import FollowedRow

# Longer than a stream (1 day) and a queue (14 days) keep a record: the safety net may look that far back.
KEPT = timedelta(days=16)
LOOKED_AFTER = timedelta(minutes=15)
"""An event that is followed and not handled so long after it happened is carried again (core/open_events.py)."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened. Ids only: never text or tokens."""

    id: str
    name: str
    """`subject.verb`, such as `message.sent`."""
    version: int
    at: datetime
    ids: dict[str, str]
    request_id: str = ""
    queue: str = ""
    """By which queue it came, once it is carried."""
    queues: int = 1
    """How many queues hear it."""


Handler = Callable[[Event], None]
Subscriptions = Mapping[str, tuple[str, ...]]
"""Queues that hear an event, by the event's name."""


class OutboxRow(FollowedRow, discriminator="outbox"):
    """pk `OUTBOX#<event id>`, sk `EVENT`; along the index of open ones until it is handled."""

    name = UnicodeAttribute()
    version = NumberAttribute()
    at = UnicodeAttribute()
    ids = JSONAttribute()
    request_id = UnicodeAttribute(null=True)
    carried = NumberAttribute(null=True)
    """How often it was carried again."""
    heard = UnicodeSetAttribute(null=True)
    """The queues whose handlers are done, where several hear it."""
    closed = BooleanAttribute(null=True)
    """Whether it was handled to its end, by all who hear it."""


def outbox(
    name: str, version: int, facts: dict[str, str], request_id: str, now: datetime, *, followed: bool = True
) -> OutboxRow:
    """The outbox row of a new event, not yet written; `followed`: it stays open until it is handled."""
    stands = along(now + LOOKED_AFTER) if followed else {}
    return OutboxRow(
        f"OUTBOX#{ids.sortable('evt', now)}",
        "EVENT",
        name=name,
        version=version,
        at=now.isoformat(),
        ids=facts,
        request_id=request_id,
        expires_at=now + KEPT,
        open_day=stands.get("open_day"),
        open_at=stands.get("open_at"),
    )


def along(look_at: datetime) -> dict[str, str]:
    """Where a row stands along the index of open ones that is to be looked at then."""
    at = look_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return {"open_day": at[:10], "open_at": at}


def event_of(row: OutboxRow) -> Event:
    """The event that an outbox row carries."""
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
            send(event_of(OutboxRow.from_raw_data(image)), subscriptions)
        except Exception as error:  # whatever it was, the stream must offer this record again
            log.error("event_not_published", error=type(error).__name__)
            return {"batchItemFailures": [{"itemIdentifier": stream_record["dynamodb"]["SequenceNumber"]}]}
    return {"batchItemFailures": []}


def send(event: Event, subscriptions: Subscriptions, done: Collection[str] = ()) -> None:
    """Put an event into every queue that hears it, but for those that are done. Raises KeyError when none hears it."""
    queues = subscriptions[event.name]
    for queue in queues:
        if queue not in done:
            carried = msgspec.structs.replace(event, queue=queue, queues=len(queues))
            body = msgspec.json.encode(carried).decode()
            aws.sqs().send_message(QueueUrl=queue_url(queue), MessageBody=body)


def tell(queue: str, name: str, version: int, facts: dict[str, str], request_id: str, now: datetime) -> None:
    """Let a function that may touch no table answer one queue. Everybody else emits events with their change."""
    told = Event(id=ids.sortable("evt", now), name=name, version=version, at=now, ids=facts, request_id=request_id)
    aws.sqs().send_message(QueueUrl=queue_url(queue), MessageBody=msgspec.json.encode(told).decode())


def put_back(queue: str, event: Event, seconds: int) -> None:
    """Let an event come again in so many seconds, at most 900, without counting as a failure of what hears it."""
    body = msgspec.json.encode(event).decode()
    aws.sqs().send_message(QueueUrl=queue_url(queue), MessageBody=body, DelaySeconds=seconds)


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
