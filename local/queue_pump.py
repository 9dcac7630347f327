"""A queue, its messages carried to the handler that AWS would call for them."""

from collections.abc import Callable
from typing import Any

from infra import redrive
from local.functions import failed_items
from local.pumps import log

Handler = Callable[[dict[str, Any]], Any]
MAX_RECEIVES = 5
"""After so many receives without success a message is a dead letter."""
_WAITING = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesDelayed",
    "ApproximateNumberOfMessagesNotVisible",
)


class QueuePump:
    """Delivers the messages of one queue, at least once; what failed comes back a little later."""

    wakes_on = frozenset({"work"})
    # Whatever puts messages there is another source's work, which wakes this one.
    poll_seconds = 5.0

    def __init__(self, sqs: Any, name: str, handler: Handler, *, batch_size: int, retry_seconds: int = 1) -> None:
        """`retry_seconds`: how much longer a failed message waits after each failure (whole seconds)."""
        self.name = f"queue {name}"
        self._sqs = sqs
        self._queue = name
        self._handler = handler
        self._batch_size = min(batch_size, 10)
        self._retry_seconds = retry_seconds
        self.forget()

    def forget(self) -> None:
        """Start over, without what is there now (see `pumps.Source`)."""
        self._url = ""
        self._dead_url = ""
        self._empty = False

    @property
    def parked(self) -> list[str]:
        """The dead letters, as their number."""
        self._find()
        number = self._count(self._dead_url, _WAITING)
        return [f"{number} dead letters"] if number else []

    def idle(self) -> bool:
        """Whether nothing waits here."""
        return self._empty

    def redrive(self) -> int:
        """Put the dead letters back into the queue; how many there were."""
        return redrive.move(self._sqs, self._queue)

    def work(self) -> bool:
        """One round; whether it got anything done."""
        self._find()
        # One call where nothing is, as nearly always: the queues' rounds are most of what an idle portal does.
        self._empty = self._count(self._url, _WAITING) == 0
        if self._empty:
            return False
        messages = self._sqs.receive_message(
            QueueUrl=self._url,
            MaxNumberOfMessages=self._batch_size,
            AttributeNames=["All"],
            MessageAttributeNames=["All"],
            WaitTimeSeconds=0,
        ).get("Messages", [])
        if not messages:
            return False
        failed = self._deliver(messages)
        for message in messages:
            if message["MessageId"] in failed:
                self._retry(message)
            else:
                self._sqs.delete_message(QueueUrl=self._url, ReceiptHandle=message["ReceiptHandle"])
        return True

    def _deliver(self, messages: list[dict[str, Any]]) -> set[str]:
        """Ids of the messages that failed."""
        try:
            return failed_items(self._handler({"Records": [self._record(message) for message in messages]}))
        except Exception as error:  # a handler's fault of any kind is a failed batch, as on AWS
            log.warning("%s: handler failed: %s: %s", self.name, type(error).__name__, error)
            return {message["MessageId"] for message in messages}

    def _retry(self, message: dict[str, Any]) -> None:
        receives = int(message["Attributes"]["ApproximateReceiveCount"])
        if receives >= MAX_RECEIVES:
            log.error("%s: message %s becomes a dead letter", self.name, message["MessageId"])
        self._sqs.change_message_visibility(
            QueueUrl=self._url,
            ReceiptHandle=message["ReceiptHandle"],
            VisibilityTimeout=0 if receives >= MAX_RECEIVES else (receives - 1) * self._retry_seconds,
        )

    def _record(self, message: dict[str, Any]) -> dict[str, Any]:
        return {
            "messageId": message["MessageId"],
            "receiptHandle": message["ReceiptHandle"],
            "body": message["Body"],
            "attributes": message["Attributes"],
            "messageAttributes": message.get("MessageAttributes", {}),
            "md5OfBody": message["MD5OfBody"],
            "eventSource": "aws:sqs",
            "eventSourceARN": f"arn:aws:sqs:{self._sqs.meta.region_name}:123456789012:{self._queue}",
            "awsRegion": self._sqs.meta.region_name,
        }

    def _find(self) -> None:
        if not self._url:
            self._url = self._sqs.get_queue_url(QueueName=self._queue)["QueueUrl"]
            self._dead_url = self._sqs.get_queue_url(QueueName=f"{self._queue}-dead")["QueueUrl"]

    def _count(self, url: str, attributes: tuple[str, ...]) -> int:
        answer = self._sqs.get_queue_attributes(QueueUrl=url, AttributeNames=list(attributes))["Attributes"]
        return sum(int(answer[name]) for name in attributes)
