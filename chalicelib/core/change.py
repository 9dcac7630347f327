"""The write door: a change commits its rows, its audit record, its events and its actor's guards at once, or nothing.

No other module writes items (an architecture test sees to it). Besides `Change` there are narrow forms that carry no
rule: `note` writes an audit record alone (views, refusals), `touch` updates an item that only traffic writes (last
seen, throttles, claims of work), and `swap` moves or drops a row of bookkeeping (timers).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, TypeVar

import msgspec
from botocore.exceptions import ClientError
from pynamodb.exceptions import CancellationReason, PutError, PynamoDBException, TransactWriteError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib.core import clock, events, ids, journal, operations
from chalicelib.core.access import Actor, Operation
from chalicelib.core.errors import Busy, Conflict, Refusal, TooManyRows
from chalicelib.core.tables import Row, connection

MOST_ROWS = 100
"""What DynamoDB takes in one transaction, with the change's own rows."""
TRIES = 6
_FIRST_PAUSE = 0.02

T = TypeVar("T")

_Kind = Literal["check", "delete", "put", "update"]
# PynamoDB sends checks, deletes, puts and updates in this order, and the cancellation reasons come in the order sent.
_SENT: dict[_Kind, int] = {"check": 0, "delete": 1, "put": 2, "update": 3}


class _Planned(msgspec.Struct):
    kind: _Kind
    row: Row
    condition: Condition | None
    error: Refusal
    actions: list[Action] = []

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.row.table, self.row.pk, self.row.sk)


class Change:
    """One unit of work of one actor. Collect rows, then `commit` once.

    `entry` tells the audit record what is done. `error` of a row is raised when its condition fails; without one it is
    Conflict `changed_meanwhile`.
    """

    def __init__(self, actor: Actor, entry: journal.Entry, now: datetime) -> None:
        self.actor = actor
        self.now = now
        self._rows: list[_Planned] = []
        self._records = [entry]
        self._events: list[events.OutboxRow] = []

    def put(self, row: Row, condition: Condition | None = None, error: Refusal | None = None) -> None:
        """Write a whole item."""
        self._plan("put", row, condition, error)

    def put_once(self, row: Row) -> None:
        """Likewise, unless the change writes it already: several parts of it may want the same."""
        if all(planned.key != _Planned("put", row, None, Conflict(), []).key for planned in self._rows):
            self.put(row)

    def create(self, row: Row, error: Refusal | None = None) -> None:
        """Write an item that must not be there yet."""
        self._plan("put", row, type(row).pk.does_not_exist(), error)

    def update(
        self, row: Row, actions: Sequence[Action], condition: Condition | None = None, error: Refusal | None = None
    ) -> None:
        """Update attributes of the item with the key of `row`; it must be there unless `condition` says otherwise.

        A counter is an update with `add` and without a version, so that parallel changes add up.
        """
        there = type(row).pk.exists()
        self._plan("update", row, there if condition is None else condition, error, list(actions))

    def count(
        self, row: Row, actions: Sequence[Action], condition: Condition | None = None, error: Refusal | None = None
    ) -> None:
        """Update a counter that may not be there yet: DynamoDB then makes the item, so its kind is written too."""
        self._plan("update", row, condition, error, [*actions, type(row).cls.set(type(row))])

    def delete(self, row: Row, condition: Condition | None = None, error: Refusal | None = None) -> None:
        """Delete the item with the key of `row`."""
        self._plan("delete", row, condition, error)

    def check(self, row: Row, condition: Condition, error: Refusal | None = None) -> None:
        """Require something of an item that this change does not write."""
        self._plan("check", row, condition, error)

    def check_once(self, row: Row, condition: Condition, error: Refusal | None = None) -> None:
        """Likewise, unless the change requires just that already: several parts of it may want the same."""
        wanted = _Planned("check", row, condition, Conflict())
        if all((planned.key, str(planned.condition)) != (wanted.key, str(condition)) for planned in self._rows):
            self.check(row, condition, error)

    def record(self, entry: journal.Entry) -> None:
        """Add a further audit record."""
        self._records.append(entry)

    def emit(self, name: str, version: int = 1, *, followed: bool = True, **facts: str) -> None:
        """Let an event leave with this change. `facts` are ids, never text or tokens.

        `followed`: should it get lost on the way, it is found and carried again (core/open_events.py). Not for what has
        a net of its own.
        """
        origin = self.actor.origin
        self._events.append(events.outbox(name, version, facts, origin.request_id, self.now, followed=followed))

    @property
    def room(self) -> int:
        """How many rows it takes besides what is planned so far; an event or a further record is one too."""
        return MOST_ROWS - len(self._fold_guards()) - len(self._records) - len(self._events) - 1

    def commit(self, result: T) -> T:
        """Write everything in one transaction and return `result`, or what the same operation returned before.

        Raises the refusal of the first condition that failed, Conflict `idempotency_key_reused` when the operation's
        key was used for something else, Busy when the tries are used up, TooManyRows before anything is sent.
        """
        operation = self.actor.origin.operation or Operation(id=ids.new("op"), fingerprint="")
        rows = self._fold_guards() + self._own_rows(operation, result)
        if len(rows) > MOST_ROWS:
            raise TooManyRows(f"{self._records[0].action}: {len(rows)} rows")
        rows.sort(key=lambda planned: _SENT[planned.kind])
        # The token makes AWS apply a repeat of the same attempt once; the operation row covers what it can't.
        token = ids.new("try")
        for attempt in range(TRIES):
            try:
                _send(rows, token)
                return result
            except TransactWriteError as failure:
                reasons = failure.cancellation_reasons
                if not _passing(failure, reasons):
                    raise
            failed = [row for row, reason in zip(rows, reasons, strict=False) if _is(reason, "ConditionalCheckFailed")]
            if any(isinstance(planned.row, operations.OperationRow) for planned in failed):
                return self._first_result(operation, result)
            if failed:
                raise failed[0].error.anew()
            clock.pause(ids.jitter(_FIRST_PAUSE * 2**attempt))
        if operations.find(operation, self.now) is not None:
            return self._first_result(operation, result)
        raise Busy

    def _plan(
        self,
        kind: _Kind,
        row: Row,
        condition: Condition | None,
        error: Refusal | None,
        actions: list[Action] | None = None,
    ) -> None:
        self._rows.append(_Planned(kind, row, condition, error or Conflict(), actions or []))

    def _fold_guards(self) -> list[_Planned]:
        """The rows with the actor's guards: a guard on an item that is written joins the condition of that write.

        DynamoDB refuses two operations on one item in a transaction.
        """
        folded: dict[tuple[str, str, str], _Planned] = {}
        guards = [_Planned("check", guard.row(*guard.key), guard.condition, guard.error) for guard in self.actor.guards]
        for planned in [*self._rows, *guards]:
            earlier = folded.get(planned.key)
            if earlier is None:
                folded[planned.key] = planned
                continue
            written, joined = (planned, earlier) if earlier.kind == "check" else (earlier, planned)
            if joined.kind != "check":
                raise ValueError(f"{planned.key} is written twice in one change")
            both = joined.condition if written.condition is None else written.condition & joined.condition
            folded[planned.key] = _Planned(written.kind, written.row, both, written.error, written.actions)
        return list(folded.values())

    def _own_rows(self, operation: Operation, result: object) -> list[_Planned]:
        """Audit records, outbox rows and the operation row; each must be new."""
        added: list[Row] = [journal.record(self.actor, entry, self.now) for entry in self._records]
        added += self._events
        rows = [_Planned("put", row, type(row).pk.does_not_exist(), Conflict()) for row in added]
        done = operations.row(operation, result, self.now)
        # One past its end may still be there: TTL is late (house rule 4).
        free = operations.OperationRow.pk.does_not_exist() | (operations.OperationRow.expires_at <= self.now)
        return [*rows, _Planned("put", done, free, Conflict("idempotency_key_reused"))]

    def _first_result(self, operation: Operation, result: T) -> T:
        stored = operations.find(operation, self.now)
        if stored is None:
            raise Busy
        return msgspec.json.decode(stored, type=type(result))


def _send(rows: list[_Planned], token: str) -> None:
    with TransactWrite(connection=connection(), client_request_token=token) as transaction:
        for planned in rows:
            row, condition = planned.row, planned.condition
            if planned.kind == "check":
                transaction.condition_check(type(row), row.pk, row.sk, condition=condition)
            elif planned.kind == "delete":
                transaction.delete(row, condition=condition)
            elif planned.kind == "put":
                transaction.save(row, condition=condition)
            else:
                transaction.update(row, actions=planned.actions, condition=condition)


_AGAIN = {
    "TransactionConflict",
    "ThrottlingError",
    "ProvisionedThroughputExceeded",
    "ConditionalCheckFailed",
}
_FAILED_CHECK = "ConditionalCheckFailedException"
_AGAIN_WHOLE = {"TransactionInProgressException", "ThrottlingException", "InternalServerError", "RequestLimitExceeded"}


def _is(reason: CancellationReason | None, code: str) -> bool:
    return reason is not None and reason.code == code


def _passing(failure: TransactWriteError, reasons: Sequence[CancellationReason | None]) -> bool:
    """Whether the failure is one a change deals with: a condition, a conflict, or an answer that got lost."""
    codes = {reason.code for reason in reasons if reason is not None}
    if codes:
        return codes <= _AGAIN
    code = _code(failure)
    return code is None or code in _AGAIN_WHOLE


def _code(failure: PynamoDBException) -> str | None:
    """DynamoDB's own code of a failure; None when no answer came."""
    # `cause_response_code` of PynamoDB raises AttributeError on a timeout, so ask the cause itself.
    cause = failure.cause
    return str(cause.response["Error"]["Code"]) if isinstance(cause, ClientError) else None


def note(actor: Actor, entry: journal.Entry, now: datetime) -> None:
    """Write an audit record alone: something was seen or refused (AUD-1)."""
    row = journal.record(actor, entry, now)
    try:
        row.save(condition=type(row).pk.does_not_exist())
    except PutError as failure:
        # Its id is new: one that is there already is this one, by a try whose answer got lost.
        if _code(failure) != _FAILED_CHECK:
            raise


def touch(row: Row, actions: Sequence[Action], condition: Condition) -> bool:
    """Update an item that only traffic writes. Returns whether `condition` held; nothing is written when not."""
    try:
        row.update(actions=[*actions, type(row).cls.set(type(row))], condition=condition)
    except UpdateError as failure:
        if _code(failure) == _FAILED_CHECK:
            return False
        raise
    return True


def swap(old: Row, new: Row | None) -> bool:
    """Replace a bookkeeping row by one with another key, or by nothing.

    Returns False, changing nothing, when the old one is gone already.
    """
    try:
        with TransactWrite(connection=connection()) as transaction:
            transaction.delete(old, condition=type(old).pk.exists())
            if new is not None:
                transaction.save(new)
    except TransactWriteError as failure:
        if any(_is(reason, "ConditionalCheckFailed") for reason in failure.cancellation_reasons):
            return False
        raise
    return True
