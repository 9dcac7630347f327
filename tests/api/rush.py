"""A queue and an SES that go by the test's clock: delays, tries, dead letters; a rate, and mails that fail.

They answer below the AWS clients, so everything of ours runs as it is; nothing sleeps.
"""

import heapq
import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec
from botocore.awsrequest import AWSResponse

from chalicelib.core import aws
from tests import delivery
from tests.world import Time

_HIDDEN = timedelta(seconds=6 * 180)
"""How long the template lets a message that failed stay away."""
_MOST_TRIES = 5

Answer = tuple[AWSResponse, dict[str, Any]]


class Waiting(msgspec.Struct, order=True):
    """A message of the queue."""

    visible_at: datetime
    number: int
    body: str
    tries: int = 0


class Queue:
    """The queue of notices, while the block lasts that `with` opens."""

    def __init__(self, time: Time) -> None:
        self._time = time
        self._messages: list[Waiting] = []
        self._number = 0
        self.dead: list[str] = []
        self.longest = 0

    def __enter__(self) -> "Queue":
        self._events = aws.sqs().meta.events
        self._events.register("before-call.sqs.SendMessage", self._send)
        self._events.register("before-call.sqs.GetQueueUrl", self._find)
        return self

    def __exit__(self, *_: object) -> None:
        self._events.unregister("before-call.sqs.SendMessage", self._send)
        self._events.unregister("before-call.sqs.GetQueueUrl", self._find)

    def put(self, body: str, delay: int = 0) -> None:
        """A message comes, visible after so many seconds."""
        self._number += 1
        self._push(Waiting(self._time.now + timedelta(seconds=delay), self._number, body))

    @property
    def next_at(self) -> datetime | None:
        """When the next message is visible; None when there is none."""
        return self._messages[0].visible_at if self._messages else None

    def work(self) -> bool:
        """Hand the next batch that is visible to the notifier, as Lambda does. Whether there was one."""
        batch: list[Waiting] = []
        while len(batch) < 10 and self._messages and self._messages[0].visible_at <= self._time.now:
            batch.append(heapq.heappop(self._messages))
        failed = set(delivery.deliver("deliver_notices", [message.body for message in batch])) if batch else set()
        for place in failed:
            message = batch[place]
            message.tries += 1
            message.visible_at = self._time.now + _HIDDEN
            if message.tries < _MOST_TRIES:
                self._push(message)
            else:
                self.dead.append(message.body)
        return bool(batch)

    def _push(self, message: Waiting) -> None:
        heapq.heappush(self._messages, message)
        self.longest = max(self.longest, len(self._messages))

    def _send(self, params: dict[str, Any], **_: object) -> Answer:
        asked = json.loads(params["body"])
        # What other queues get is nobody's concern here.
        if asked["QueueUrl"].endswith("notifications"):
            self.put(asked["MessageBody"], asked.get("DelaySeconds", 0))
        return _ok({"MessageId": str(self._number)})

    def _find(self, params: dict[str, Any], **_: object) -> Answer:
        return _ok({"QueueUrl": f"http://queues.example/{json.loads(params['body'])['QueueName']}"})


class Office:
    """SES that takes so many mails a second, fails some, and counts whom the others went to."""

    def __init__(self, time: Time, *, a_second: int, fails: float = 0.0) -> None:
        self._time = time
        self._rate = a_second
        self._fails = fails
        self._chance = random.Random(7)
        self._second = 0
        self._in_second = 0
        self.sent: Counter[str] = Counter()
        self.throttled = 0
        self.failed = 0
        self.last_at = time.now

    def __enter__(self) -> "Office":
        self._events = aws.ses().meta.events
        self._events.register("before-call.ses.SendEmail", self._take)
        return self

    def __exit__(self, *_: object) -> None:
        self._events.unregister("before-call.ses.SendEmail", self._take)

    def _take(self, params: dict[str, Any], **_: object) -> Answer:
        second = int(self._time.now.timestamp())
        if second != self._second:
            self._second, self._in_second = second, 0
        if self._in_second == self._rate:
            self.throttled += 1
            return _refused("Throttling", "Maximum sending rate exceeded.")
        self._in_second += 1
        if self._chance.random() < self._fails:
            self.failed += 1
            return _refused("InternalFailure", "disturbed")
        self.sent[str(params["body"]["Destination.ToAddresses.member.1"])] += 1
        self.last_at = self._time.now
        return _ok({"MessageId": "sent"})


def run(time: Time, queue: Queue, look: timedelta = timedelta(minutes=5)) -> Iterator[datetime]:
    """Work the queue and the schedule as time goes by, which is told after each look, until nothing waits."""
    looks_at = time.now + look
    while True:
        while queue.work():
            pass
        next_at = queue.next_at
        if next_at is not None and next_at <= looks_at:
            time.now = max(time.now, next_at)
            continue
        time.now = looks_at
        looks_at += look
        delivery.find_lost()
        yield time.now


def _ok(parsed: dict[str, Any]) -> Answer:
    return AWSResponse("ok", 200, {}, None), {**parsed, "ResponseMetadata": {"HTTPStatusCode": 200}}


def _refused(code: str, message: str) -> Answer:
    error = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {}}
    return AWSResponse("refused", 400, {}, None), error
