"""Counts what the portal asks of AWS, heard through botocore's own events."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from chalicelib.core import aws, tables
from tests.wire import Call

_READING = ("GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems")


class Cost(msgspec.Struct, frozen=True):
    """What something cost."""

    calls: dict[str, int]
    """How often each operation was called."""
    items: int
    """Items that DynamoDB read for it."""
    units: float
    """Capacity units, read and written, as the engine reckons them."""
    read_units: float
    """Those of them that were read."""

    @property
    def total(self) -> int:
        """Calls of all operations."""
        return sum(self.calls.values())

    def __str__(self) -> str:
        names = ", ".join(f"{count} {name}" for name, count in sorted(self.calls.items())) or "no calls"
        return f"{names}; {self.items} items"


class Meter:
    """Counts from when it is read last."""

    def __init__(self) -> None:
        self._calls: list[Call] = []

    def read(self) -> Cost:
        """The cost since the last reading."""
        calls, self._calls = self._calls, []
        return Cost(
            calls=dict(sorted(Counter(call.operation for call in calls).items())),
            items=sum(call.items for call in calls),
            units=sum(_units(call.answer) for call in calls),
            read_units=sum(_units(call.answer) for call in calls if call.operation in _READING),
        )

    def hear(self, parsed: dict[str, Any], model: Any, **_: object) -> None:
        """Note a call that was answered."""
        self._calls.append(Call(model.name, parsed))


@contextmanager
def listening() -> Iterator[Meter]:
    """A meter on all clients of the portal in this process."""
    meter = Meter()
    clients = (tables.connection().client, aws.s3(), aws.sqs(), aws.ses(), aws.kms())
    events = [client.meta.events for client in clients]
    for emitter in events:
        emitter.register("after-call", meter.hear)
    try:
        yield meter
    finally:
        for emitter in events:
            emitter.unregister("after-call", meter.hear)


def _units(answer: dict[str, Any]) -> float:
    consumed = answer.get("ConsumedCapacity", [])
    return sum(float(part["CapacityUnits"]) for part in (consumed if isinstance(consumed, list) else [consumed]))
