"""The line to DynamoDB with the faults it can have: calls that never arrive, answers that never come, conflicts.

The faults happen inside botocore, through its own events, so everything of ours runs as it is.
"""

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import ConnectionClosedError, EndpointConnectionError, ReadTimeoutError
from botocore.httpsession import URLLib3Session

from chalicelib.core import tables

TRANSACT = "TransactWriteItems"

Request = dict[str, Any]
Item = dict[str, Any]


class Line:
    """Watches the shared client's transactions and disturbs some calls. `opened` gives one."""

    def __init__(self, events: Any) -> None:
        self._events = events
        self._lock = threading.Lock()
        self._registered: list[tuple[str, Any]] = []
        self._waiting: list[list[int]] = []
        self._passing = 0
        self.sent: list[list[tuple[str, Item]]] = []
        """For each transaction that was sent: kind (`Put`) and parameters of every item, in order."""
        self._on(f"provide-client-params.dynamodb.{TRANSACT}", self._note)

    @property
    def kinds(self) -> list[str]:
        """Kinds of the items of the last transaction, in the order they were sent."""
        return [kind for kind, _ in self.sent[-1]]

    def conflict(self, times: int) -> None:
        """The next transactions meet another one on their first item, and are cancelled."""
        self.cancel(times, lambda items: ["TransactionConflict", *["None"] * (len(items) - 1)])

    def cancel(self, times: int, reasons: Callable[[list[Item]], list[str]]) -> None:
        """The next transactions are cancelled for the reasons (codes) that the function gives for their items."""

        def answer(**_: Any) -> tuple[AWSResponse, dict[str, Any]]:
            codes = reasons([item for _, item in self.sent[-1]])
            return _refused("TransactionCanceledException", CancellationReasons=[{"Code": code} for code in codes])

        self._next(f"before-call.dynamodb.{TRANSACT}", times, answer)

    def refuse(self, code: str, times: int, operation: str = TRANSACT) -> None:
        """The next calls are answered with an error of DynamoDB's."""
        self._next(f"before-call.dynamodb.{operation}", times, lambda **_: _refused(code))

    def cut(self, times: int, operation: str = TRANSACT) -> None:
        """The next calls never arrive."""
        self._next(f"before-call.dynamodb.{operation}", times, _raiser(EndpointConnectionError(endpoint_url="cut")))

    def lose_answers(self, times: int, operation: str = TRANSACT) -> None:
        """The next calls arrive and are done, but their answer never comes, and botocore has given up."""
        self._next(f"after-call.dynamodb.{operation}", times, _raiser(ReadTimeoutError(endpoint_url="lost")))

    def die(self, operation: str = TRANSACT) -> None:
        """The process dies at the next call, before it is sent: nothing can catch that."""
        self._next(f"before-call.dynamodb.{operation}", 1, _raiser(KeyboardInterrupt()))

    def break_connections(self, times: int, operation: str = TRANSACT) -> None:
        """The next calls arrive and are done, but the connection breaks then: botocore itself tries again.

        Only where an engine is called over HTTP.
        """

        def send_and_break(request: AWSPreparedRequest, **_: Any) -> None:
            URLLib3Session().send(request)
            raise ConnectionClosedError(endpoint_url="broken")

        self._next(f"before-send.dynamodb.{operation}", times, send_and_break)

    def tamper(self, alter: Callable[[Request], None]) -> None:
        """Let a function alter the parameters of every transaction before it is sent."""
        self._on(f"provide-client-params.dynamodb.{TRANSACT}", lambda params, **_: alter(params))

    def let_pass(self, times: int) -> None:
        """The fault that is ordered next comes after so many calls that go through."""
        self._passing = times

    def heal(self) -> bool:
        """No more of the faults that were ordered. Whether every one of them has happened."""
        with self._lock:
            happened = not any(left[0] for left in self._waiting)
            for left in self._waiting:
                left[0] = 0
            return happened

    def before_transaction(self, act: Callable[[], None]) -> None:
        """Do something once, right before the next transaction is sent."""
        self._next(f"provide-client-params.dynamodb.{TRANSACT}", 1, lambda **_: act())

    def close(self) -> None:
        """Let everything pass again."""
        for event, handler in self._registered:
            self._events.unregister(event, handler)

    def _note(self, params: Request, **_: Any) -> None:
        items = [next(iter(item.items())) for item in params["TransactItems"]]
        with self._lock:
            self.sent.append(items)

    def _next(self, event: str, times: int, act: Callable[..., Any]) -> None:
        left, passing, self._passing = [times], [self._passing], 0
        self._waiting.append(left)

        def handler(**given: Any) -> Any:
            with self._lock:
                meant = left[0] > 0
                due = meant and passing[0] == 0
                left[0] -= due
                passing[0] -= meant and not due
            return act(**given) if due else None

        self._on(event, handler)

    def _on(self, event: str, handler: Any) -> None:
        self._events.register_last(event, handler)
        self._registered.append((event, handler))


@contextlib.contextmanager
def opened() -> Iterator[Line]:
    """The line of this process's connection, whole again afterwards."""
    made = Line(tables.connection().client.meta.events)
    try:
        yield made
    finally:
        made.close()


def _refused(code: str, **more: Any) -> tuple[AWSResponse, dict[str, Any]]:
    error = {"Code": code, "Message": "disturbed"}
    return AWSResponse("disturbed", 400, {}, None), {"Error": error, "ResponseMetadata": {}, **more}


def _raiser(error: BaseException) -> Callable[..., None]:
    def act(**_: Any) -> None:
        raise error

    return act
