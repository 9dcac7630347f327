"""A page of a box at 10^2 to 10^5 messages, in every order: time, AWS calls, items read. The size must not show."""

import statistics
import time
from itertools import product
from typing import get_args

from bench import full_boxes, stand
from bench.full_boxes import BEFORE, SIZES, Box
from bench.meter import Cost, Meter, listening
from bench.results import Line
from chalicelib.core import clock
from chalicelib.messages.domain import PAGE
from chalicelib.messages.store.box_lists import Sort
from tests.world import START

# A page beside the same page in the smallest box; the engine has to find it among more.
_TIME_LIMIT = 2.0


def measure(times: int = 30) -> list[Line]:
    """The first page, and the one behind it, of a box of each size."""
    lines: list[Line] = []
    with stand.seeded(full_boxes.SEED, full_boxes.seed):
        clock.set_source(lambda: START)
        with listening() as meter:
            boxes = [Box(size) for size in SIZES]
            taken: dict[int, list[float]] = {size: [] for size in SIZES}
            costs: dict[int, list[Cost]] = {size: [] for size in SIZES}
            # In turns, so that whatever else the machine does falls on all of them.
            for turn, box in product(range(times), boxes):
                milliseconds, cost = _timed(box, turn, meter)
                taken[box.size].append(milliseconds)
                costs[box.size].append(cost)
            orders = [_in_order(sort, box, meter) for sort in get_args(Sort) for box in boxes]
    smallest = statistics.median(taken[SIZES[0]])
    for size in SIZES:
        lines += _lines(size, statistics.median(taken[size]), smallest, costs[size])
    return lines + orders


def _lines(size: int, milliseconds: float, smallest: float, costs: list[Cost]) -> list[Line]:
    what = f"page of {PAGE} among {size:,}"
    calls = max(cost.total for cost in costs)
    return [
        Line(what=f"{what}, calls", value=calls, unit="calls", limit=3, note=str(costs[0])),
        Line(what=f"{what}, capacity", value=max(cost.units for cost in costs), unit="RU"),
        Line(what=f"{what}, time", value=milliseconds, unit="ms"),
        Line(what=f"{what}, time beside {SIZES[0]}", value=milliseconds / smallest, unit="x", limit=_TIME_LIMIT),
    ]


def _timed(box: Box, turn: int, meter: Meter) -> tuple[float, Cost]:
    """Milliseconds and cost of a page: the first one in even turns, else the one behind it."""
    query = {"cursor": str(box.page()["next_cursor"])} if turn % 2 else {}
    started = time.perf_counter()
    page, cost = box.metered(meter, **query)
    milliseconds = (time.perf_counter() - started) * 1000
    assert len(page["items"]) == PAGE
    return milliseconds, cost


def _in_order(sort: Sort, box: Box, meter: Meter) -> Line:
    """The most items that a page by this order reads: both ways, the first three pages."""
    most = 0
    for order in ("asc", "desc"):
        cursor: str | None = ""
        for _ in range(3):
            page, cost = box.metered(meter, sort=sort, order=order, **({"cursor": cursor} if cursor else {}))
            assert len(page["items"]) == PAGE
            most, cursor = max(most, cost.items - BEFORE), page["next_cursor"]
    return Line(what=f"page by {sort} among {box}, items", value=most, unit="items", limit=PAGE + 1)
