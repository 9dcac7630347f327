"""The wire between the portal and DynamoDB: what goes over it, listened to through botocore's own events."""

import json
from typing import Any

import msgspec
from botocore.awsrequest import AWSPreparedRequest

from chalicelib.core import tables

Body = dict[str, Any]


class Call(msgspec.Struct, frozen=True):
    """One request that the engine answered."""

    operation: str
    answer: Body

    @property
    def items(self) -> int:
        """How many items the engine looked at for it."""
        if "ScannedCount" in self.answer:
            return int(self.answer["ScannedCount"])
        if "Responses" in self.answer:
            return sum(len(found) for found in self.answer["Responses"].values())
        return int("Item" in self.answer)


class Wire:
    """Listens from when it is made; the faults are made by `tests.core.line`."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, Body]] = []
        self.calls: list[Call] = []
        self.done: list[tuple[str, Body]] = []
        """Of `sent`, what the engine did not refuse."""
        self._events = tables.connection().client.meta.events
        self._events.register_first("before-send.dynamodb", self._before)
        self._events.register("after-call.dynamodb", self._after)

    def close(self) -> None:
        """Stop listening: the client outlives a test."""
        self._events.unregister("before-send.dynamodb", self._before)
        self._events.unregister("after-call.dynamodb", self._after)

    def forget(self) -> None:
        """Count anew."""
        self.sent.clear()
        self.calls.clear()
        self.done.clear()

    @property
    def operations(self) -> list[str]:
        """Operations sent, in order."""
        return [operation for operation, _ in self.sent]

    def _before(self, request: AWSPreparedRequest, event_name: str, **_: object) -> None:
        self.sent.append((event_name.rsplit(".", 1)[-1], json.loads(request.body)))

    def _after(self, parsed: Body, model: Any, http_response: Any, **_: object) -> None:
        self.calls.append(Call(model.name, parsed))
        if http_response.status_code < 300 and self.sent:
            self.done.append(self.sent[-1])
