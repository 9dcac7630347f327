"""Queues as the handlers of events rely on them: what is not done comes again, and in the end lies with the dead."""

import json
import uuid
from typing import Any

import pytest

from tests.conformance.stand import TAGS, Stand

_ROUNDS = 20


class Queue:
    """A queue whose messages die after two tries, and its dead letters."""

    def __init__(self, storage: Stand) -> None:
        self._sqs = storage.sqs
        name = f"{storage.prefix}{uuid.uuid4().hex[:8]}"
        self._dead = self._sqs.create_queue(QueueName=f"{name}-dead", tags=TAGS)["QueueUrl"]
        attributes = self._sqs.get_queue_attributes(QueueUrl=self._dead, AttributeNames=["QueueArn"])["Attributes"]
        redrive = {"deadLetterTargetArn": attributes["QueueArn"], "maxReceiveCount": 2}
        made = {"VisibilityTimeout": "600", "RedrivePolicy": json.dumps(redrive)}
        self._url = self._sqs.create_queue(QueueName=name, Attributes=made, tags=TAGS)["QueueUrl"]

    def send(self, *bodies: str) -> None:
        entries = [{"Id": str(place), "MessageBody": body} for place, body in enumerate(bodies)]
        assert not self._sqs.send_message_batch(QueueUrl=self._url, Entries=entries).get("Failed")

    def take(self, wanted: int) -> dict[str, Any]:
        """So many messages by their bodies; AWS gives them out a few at a time."""
        return self._take(self._url, wanted)

    def dead(self, wanted: int) -> list[str]:
        return sorted(self._take(self._dead, wanted))

    def done(self, message: Any) -> None:
        self._sqs.delete_message(QueueUrl=self._url, ReceiptHandle=message["ReceiptHandle"])

    def failed(self, message: Any) -> None:
        """What Lambda does with the failures of a batch, without the wait."""
        handle = message["ReceiptHandle"]
        self._sqs.change_message_visibility(QueueUrl=self._url, ReceiptHandle=handle, VisibilityTimeout=0)

    def nothing_more(self) -> bool:
        # Asking again would bring messages that failed nearer to their death, so once.
        answer = self._sqs.receive_message(QueueUrl=self._url, MaxNumberOfMessages=10, WaitTimeSeconds=0)
        return not answer.get("Messages")

    def _take(self, url: str, wanted: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for _ in range(_ROUNDS):
            if len(found) >= wanted:
                break
            answer = self._sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=1)
            found |= {message["Body"]: message for message in answer.get("Messages", [])}
        return found


@pytest.fixture
def queue(storage: Stand) -> Queue:
    return Queue(storage)


def test_what_was_taken_is_out_of_sight(queue: Queue) -> None:
    queue.send("a", "b")
    assert queue.take(2).keys() == {"a", "b"}
    assert queue.nothing_more()


def test_of_a_batch_only_the_failed_come_again(queue: Queue) -> None:
    queue.send("bad", "good")
    taken = queue.take(2)
    queue.done(taken["good"])
    queue.failed(taken["bad"])
    assert queue.take(1).keys() == {"bad"}
    assert queue.nothing_more()


def test_what_keeps_failing_lies_with_the_dead(queue: Queue) -> None:
    queue.send("bad")
    for _ in range(2):
        queue.failed(queue.take(1)["bad"])
    assert queue.nothing_more()
    assert queue.dead(1) == ["bad"]
