"""Records and messages reach their handlers, failures come back, and what keeps failing blocks nobody."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from infra import redrive
from local import engines, provision
from local.pumps import TRIES, Pumps
from local.queue_pump import MAX_RECEIVES, QueuePump
from local.stream_pump import StreamPump, event_record
from tests.local.waiting import until


class _Messages:
    """A queue and a handler that fails for bodies that begin with "bad"."""

    def __init__(self, sqs: Any, name: str) -> None:
        self.sqs = sqs
        self.heard: list[str] = []
        self.failed = 0
        self.raises = False
        self.accepts_all = False
        self.name = name
        provision.create_queue(sqs, name)
        self.url = sqs.get_queue_url(QueueName=name)["QueueUrl"]
        self.pump = QueuePump(sqs, name, self._handle, batch_size=10, retry_seconds=0)

    def send(self, *bodies: str) -> None:
        for body in bodies:
            self.sqs.send_message(QueueUrl=self.url, MessageBody=body)

    def dead(self) -> list[str]:
        url = self.url + "-dead"
        messages = self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0)
        return [message["Body"] for message in messages.get("Messages", [])]

    def _handle(self, event: dict[str, Any]) -> dict[str, Any]:
        bad = [one for one in event["Records"] if one["body"].startswith("bad") and not self.accepts_all]
        self.failed += len(bad)
        if bad and self.raises:
            raise RuntimeError("the whole batch")
        self.heard += [record["body"] for record in event["Records"] if record not in bad]
        return {"batchItemFailures": [{"itemIdentifier": record["messageId"]} for record in bad]}


@pytest.fixture
def messages(sqs: Any, name: str) -> _Messages:
    return _Messages(sqs, name)


def test_dead_letters_go_back_and_are_delivered(messages: _Messages) -> None:
    """NOT-3: each once, when what was wrong is put right; a number of them if so asked."""
    messages.send("bad one", "bad two", "bad three")
    while messages.pump.work():
        pass
    assert len(messages.dead()) == 3
    messages.accepts_all = True
    assert redrive.move(messages.sqs, messages.name, most=1) == 1
    assert messages.pump.redrive() == 2
    assert messages.pump.redrive() == 0
    while messages.pump.work():
        pass
    assert sorted(messages.heard) == ["bad one", "bad three", "bad two"]
    assert messages.dead() == []


def test_the_command_for_dead_letters(sqs: Any, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """NOT-3: as docs/operating.md says it, here against another SQS."""
    messages = _Messages(sqs, f"portico-{name}-notifications")
    messages.send("bad one")
    while messages.pump.work():
        pass
    asked = ["--stage", name, "--endpoint", sqs.meta.endpoint_url, "notifications"]
    assert redrive.main(asked) == 0
    assert capsys.readouterr().out == "1 dead letters of notifications went back to their queue.\n"
    assert redrive.main(asked) == 0
    assert capsys.readouterr().out.startswith("0 ")


def test_a_message_is_delivered_once_and_gone(messages: _Messages) -> None:
    messages.send("one", "two")
    assert not messages.pump.idle()
    assert messages.pump.work()
    assert sorted(messages.heard) == ["one", "two"]
    assert not messages.pump.work()
    assert messages.pump.idle()


def test_only_the_failed_message_of_a_batch_comes_back_and_dies_in_the_end(messages: _Messages) -> None:
    messages.send("bad", "good")
    pumps = Pumps([messages.pump])
    with pumps.running():
        assert pumps.settle(20) == []
    assert messages.heard == ["good"]
    assert messages.failed == MAX_RECEIVES
    assert messages.dead() == ["bad"]
    assert pumps.parked() == {messages.pump.name: ["1 dead letters"]}


def test_what_is_held_up_goes_on_later(messages: _Messages) -> None:
    pumps = Pumps([messages.pump])
    with pumps.running():
        pumps.hold(held=True)
        messages.send("one")
        assert pumps.settle(0.3) == [messages.pump.name]
        assert messages.heard == []
        pumps.hold(held=False)
        assert pumps.settle(20) == []
    assert messages.heard == ["one"]


def test_a_handler_that_raises_fails_the_whole_batch(messages: _Messages) -> None:
    messages.raises = True
    messages.send("bad", "good")
    pumps = Pumps([messages.pump])
    with pumps.running():
        assert pumps.settle(20) == []
    assert "bad" in messages.dead()


class _Stream:
    """A table with a stream and a handler that raises for keys that begin with "poison"."""

    def __init__(self, dynamodb: Any, endpoint: str, name: str) -> None:
        self.dynamodb = dynamodb
        self.table = name
        self.heard: list[str] = []
        self.poisoned = 0
        self.create()
        self.pump = StreamPump(name, self._handle, endpoint=endpoint, region=engines.REGION)

    def create(self) -> None:
        self.dynamodb.create_table(
            TableName=self.table,
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
        )

    def put(self, *keys: str) -> None:
        for key in keys:
            self.dynamodb.put_item(TableName=self.table, Item={"pk": {"S": key}})

    def _handle(self, event: dict[str, Any]) -> dict[str, Any]:
        json.dumps(event)  # what Lambda hands over is JSON
        keys = [record["dynamodb"]["NewImage"]["pk"]["S"] for record in event["Records"]]
        if any(key.startswith("poison") for key in keys):
            self.poisoned += 1
            raise RuntimeError("poison")
        late = [record for record, key in zip(event["Records"], keys, strict=True) if key == "late" not in self.heard]
        self.heard += keys
        return {"batchItemFailures": [{"itemIdentifier": record["dynamodb"]["SequenceNumber"]} for record in late]}


@pytest.fixture
def stream(dynamodb: Any, dynamodb_endpoint: str, name: str) -> Iterator[_Stream]:
    made = _Stream(dynamodb, dynamodb_endpoint, name)
    yield made
    dynamodb.delete_table(TableName=name)


def test_records_arrive_in_order(stream: _Stream) -> None:
    keys = [f"{number:03}" for number in range(250)]
    stream.put(*keys)
    pumps = Pumps([stream.pump])
    with pumps.running():
        assert pumps.settle(20) == []
    assert stream.heard == keys


def test_a_record_is_delivered_soon_without_being_asked_for(stream: _Stream) -> None:
    pumps = Pumps([stream.pump])
    with pumps.running():
        assert pumps.settle(10) == []
        stream.put("one")
        until(lambda: stream.heard == ["one"], seconds=2)


def test_a_failed_record_is_delivered_again_with_those_after_it(stream: _Stream) -> None:
    stream.put("first", "late", "last")
    pumps = Pumps([stream.pump])
    with pumps.running():
        assert pumps.settle(10) == []
    assert stream.heard == ["first", "late", "last", "late", "last"]


def test_a_poisoned_record_is_given_up_and_the_rest_goes_on(stream: _Stream) -> None:
    stream.put("one", "poison", "two")
    pumps = Pumps([stream.pump])
    with pumps.running():
        assert pumps.settle(20) == []
    assert stream.heard == ["one", "two"]
    assert stream.poisoned >= TRIES
    assert len(stream.pump.parked) == 1


def test_after_a_reset_the_records_of_the_old_table_stay_away(stream: _Stream) -> None:
    stream.put("old")
    stream.pump.forget()
    stream.dynamodb.delete_table(TableName=stream.table)
    stream.create()
    stream.put("new")
    pumps = Pumps([stream.pump])
    with pumps.running():
        assert pumps.settle(10) == []
    assert stream.heard == ["new"]


def test_however_many_old_records_there_are_the_new_ones_are_not_overlooked(stream: _Stream) -> None:
    stream.put(*(f"old {number:03}" for number in range(250)))
    stream.pump.forget()
    stream.put("new")
    assert stream.pump.work(), "one round gets there"
    assert stream.heard == ["new"]


def test_times_and_bytes_become_json() -> None:
    assert event_record({"B": b"\x00\xff", "L": [b"a"]}) == {"B": "AP8=", "L": ["YQ=="]}


class _Slow:
    """A source whose one round of work waits for the test."""

    name = "slow"
    wakes_on = frozenset({"work"})
    poll_seconds = 60.0

    def __init__(self) -> None:
        self.parked: list[str] = []
        self.left = 1
        self.started = threading.Event()
        self.go_on = threading.Event()

    def work(self) -> bool:
        if not self.left:
            return False
        self.started.set()
        self.go_on.wait(10)
        self.left -= 1
        return True

    def idle(self) -> bool:
        return not self.left

    def forget(self) -> None:
        self.left = 1


def test_settle_waits_for_work_under_way_and_names_who_is_busy() -> None:
    slow = _Slow()
    pumps = Pumps([slow])
    with pumps.running():
        assert slow.started.wait(10)
        assert pumps.settle(0.05) == ["slow"]
        slow.go_on.set()
        assert pumps.settle(10) == []
        assert slow.left == 0


def test_nothing_runs_while_paused() -> None:
    slow = _Slow()
    slow.go_on.set()
    pumps = Pumps([slow])
    with pumps.running():
        assert pumps.settle(10) == []
        with pumps.paused():
            slow.started.clear()
            pumps.forget()
            pumps.wake()
            assert not slow.started.wait(0.1)
        assert slow.started.wait(10)


def test_an_engine_that_does_not_answer_does_not_end_the_thread(messages: _Messages) -> None:
    messages.sqs.delete_queue(QueueUrl=messages.url)
    pumps = Pumps([messages.pump])
    with pumps.running():
        assert pumps.settle(0.3) == [messages.pump.name]
        provision.create_queue(messages.sqs, messages.url.rsplit("/", 1)[1])
        messages.send("after all")
        until(lambda: messages.heard == ["after all"])
