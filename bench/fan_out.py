"""Large sends (MSG-7): delivering to many beside the same transactions made raw, and what accepting 5,000 costs."""

import copy
import statistics
import time
from typing import Any

from app import app
from bench import stand
from bench.meter import listening
from bench.results import Line
from chalicelib.core import clock, ids, tables
from chalicelib.messages.actions import dispatch
from tests import crowds
from tests.portal import in_process
from tests.world import START, World

_LIMIT = 2.0
_TRANSACTIONS = 10
_MOST = 5_000

Transaction = list[dict[str, Any]]


def measure(turns: int = 7) -> list[Line]:
    """Both in turns, so that whatever else the machine does falls on both."""
    with stand.running():
        clock.set_source(lambda: START)
        world = World(in_process(app))
        practice, _ = crowds.practice(world, _TRANSACTIONS * dispatch.AT_ONCE)
        ours: list[float] = []
        raw: list[float] = []
        for _ in range(turns):
            sent = crowds.send(world.ada, practice)
            transactions = _Recorded()
            started = time.perf_counter()
            crowds.carry_on(world.ada, sent)
            ours.append(time.perf_counter() - started)
            raw.append(_seconds_raw(transactions.stop()))
        return _lines(ours, raw) + _accepting(world)


def _lines(ours: list[float], raw: list[float]) -> list[Line]:
    what = f"{_TRANSACTIONS * dispatch.AT_ONCE} recipients"
    ratios = [mine / theirs for mine, theirs in zip(ours, raw, strict=True)]
    apart = f"turns {min(ratios):.2f} to {max(ratios):.2f}"
    return [
        Line(what=f"{what}, delivered", value=statistics.median(ours) * 1000, unit="ms"),
        Line(what=f"{what}, raw transactions", value=statistics.median(raw) * 1000, unit="ms"),
        Line(what=f"{what}, beside raw", value=statistics.median(ratios), unit="x", limit=_LIMIT, note=apart),
    ]


def _accepting(world: World) -> list[Line]:
    """What a send to as many as there may be costs its sender, and the work afterwards."""
    practice, _ = crowds.practice(world, _MOST, tin="000000778")
    with listening() as meter:
        started = time.perf_counter()
        sent = crowds.send(world.ada, practice)
        accepted = time.perf_counter() - started
        accepting = meter.read()
        started = time.perf_counter()
        crowds.carry_on(world.ada, sent)
        delivered = time.perf_counter() - started
        delivering = meter.read()
    return [
        Line(what=f"{_MOST:,} recipients, accepted", value=accepted * 1000, unit="ms", note=str(accepting)),
        Line(what=f"{_MOST:,} recipients, delivered", value=delivered * 1000, unit="ms", note=str(delivering)),
    ]


class _Recorded:
    """The transactions that are sent, from when it is made."""

    def __init__(self) -> None:
        self._sent: list[Transaction] = []
        self._events = tables.connection().client.meta.events
        self._events.register("provide-client-params.dynamodb.TransactWriteItems", self._keep)

    def stop(self) -> list[Transaction]:
        """All of them."""
        self._events.unregister("provide-client-params.dynamodb.TransactWriteItems", self._keep)
        return self._sent

    def _keep(self, params: dict[str, Any], **_: Any) -> None:
        self._sent.append(copy.deepcopy(params["TransactItems"]))


def _seconds_raw(transactions: list[Transaction]) -> float:
    """How long the same items take, put together beforehand and sent as they are: new rows, and counters."""
    made = [[_again(item, number) for item in items] for number, items in enumerate(transactions)]
    client = tables.connection().client
    started = time.perf_counter()
    for items in made:
        client.transact_write_items(TransactItems=items)
    return time.perf_counter() - started


def _again(item: dict[str, Any], number: int) -> dict[str, Any]:
    if "Put" in item:
        put = item["Put"]
        row = {**put["Item"], "sk": {"S": f"{put['Item']['sk']['S']}#again"}}
        # Under the same condition: that it is not there.
        return {"Put": {**put, "Item": row}}
    update = item["Update"]
    if "ConditionExpression" not in update:
        return item
    # Of the work and of the row in Sent: what they require is no longer so.
    row = {"pk": update["Key"]["pk"], "sk": {"S": f"{ids.new('raw')}{number}"}}
    return {"Put": {"TableName": update["TableName"], "Item": row}}
