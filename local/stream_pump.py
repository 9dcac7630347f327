"""A table's stream, carried to the handler that AWS would call for it."""

import base64
import contextlib
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from local.functions import failed_items
from local.pumps import TRIES, delay, log

Handler = Callable[[dict[str, Any]], Any]
_BATCH = 100


class StreamPump:
    """Delivers the records of one table in order, at least once, from the oldest on."""

    wakes_on = frozenset({"write", "work"})
    poll_seconds = 0.5

    def __init__(self, table: str, handler: Handler, *, endpoint: str, region: str) -> None:
        self.name = f"stream of {table}"
        self.parked: list[str] = []
        self._table = table
        self._handler = handler
        options = {"endpoint_url": endpoint, "region_name": region}
        self._tables = boto3.client("dynamodb", **options)
        # dynoxide's shard ids are shorter than boto3 believes possible.
        self._streams = boto3.client("dynamodbstreams", config=Config(parameter_validation=False), **options)
        self._iterators: list[str] | None = None
        self._old: set[str] = set()  # records from before `forget`, should the stream be read from its beginning again
        self._start_over()

    def forget(self) -> None:
        """Start over, without what is there now (see `pumps.Source`)."""
        self._start_over()
        # dynoxide's stream of a table made anew goes on where that of the one before ended, and so do its iterators.
        with contextlib.suppress(self._tables.exceptions.ResourceNotFoundException):
            while records := self._next():
                self._old.update(record["eventID"] for record in records)

    def _start_over(self) -> None:
        self._waiting: list[dict[str, Any]] = []
        self._attempts = 0  # failures of the first waiting record
        self._not_before = 0.0
        self.parked.clear()

    def idle(self) -> bool:
        """Whether nothing waits here."""
        return not self._waiting

    def work(self) -> bool:
        """One round; whether it got anything done."""
        if time.monotonic() < self._not_before:
            return False
        if not self._waiting:
            self._waiting = self._read()
        return bool(self._waiting) and self._deliver()

    def _deliver(self) -> bool:
        # After a failure one at a time, so that it is known which record is at fault.
        batch = self._waiting[: 1 if self._attempts else _BATCH]
        numbers = [record["dynamodb"]["SequenceNumber"] for record in batch]
        try:
            failed = failed_items(self._handler({"Records": batch}))
        except Exception as error:  # a handler's fault of any kind is a failed batch, as on AWS
            log.warning("%s: handler failed: %s: %s", self.name, type(error).__name__, error)
            failed = set(numbers)
        good = next((index for index, number in enumerate(numbers) if number in failed), len(batch))
        if good:
            self._attempts = 0
        del self._waiting[:good]
        if good < len(batch):
            self._fail(numbers[good])
        return good > 0

    def _fail(self, number: str) -> None:
        self._attempts += 1
        if self._attempts < TRIES:
            self._not_before = time.monotonic() + delay(self._attempts)
            return
        # It would hold up all that come after it.
        log.error("%s: record %s given up after %d tries", self.name, number, self._attempts)
        self.parked.append(f"record {number}")
        del self._waiting[0]
        self._attempts = 0

    def _read(self) -> list[dict[str, Any]]:
        """The next records that are new; none at the end of the stream."""
        while records := self._next():
            if new := [event_record(record) for record in records if record["eventID"] not in self._old]:
                return new
        return []

    def _next(self) -> list[dict[str, Any]]:
        """The next records of the stream, whatever they are; none at its end."""
        if self._iterators is None:
            self._iterators = self._open()
        records: list[dict[str, Any]] = []
        following: list[str] = []
        for iterator in self._iterators:
            try:
                answer = self._streams.get_records(ShardIterator=iterator, Limit=_BATCH)
            except ClientError:
                # An iterator that expired or whose table is gone: all is read again, which handlers must bear.
                self._iterators = None
                raise
            records += answer["Records"]
            if answer.get("NextShardIterator"):
                following.append(answer["NextShardIterator"])
        self._iterators = following or None
        return records

    def _open(self) -> list[str]:
        arn = self._tables.describe_table(TableName=self._table)["Table"]["LatestStreamArn"]
        shards = self._streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
        return [
            self._streams.get_shard_iterator(StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")[
                "ShardIterator"
            ]
            for shard in shards
        ]


def event_record(value: Any) -> Any:
    """A stream record as Lambda hands it over: times as seconds, bytes as base64 text."""
    if isinstance(value, dict):
        return {key: event_record(item) for key, item in value.items()}
    if isinstance(value, list | set):
        return [event_record(item) for item in value]
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value
