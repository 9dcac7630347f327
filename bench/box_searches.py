"""Searches in boxes of 10^2 to 10^5 messages, for a common term, a rare one and one that is nowhere (MSG-3).

A search reads on along the order until the page is full, a bounded part for each request; the table in
docs/data-model.md comes from here.
"""

import time

import msgspec

from bench import full_boxes, stand
from bench.full_boxes import BEFORE, SIZES, Box
from bench.meter import Meter, listening
from bench.results import Line
from chalicelib.core import clock
from tests.world import START

# 100, 400 and four times 1,600 rows (store/box_lists.py); a row at which a call ends may count twice.
_MOST_ITEMS = 6_900 + 6
_MOST_CALLS = 6 + 2
_TERMS = {"a common term": "claim", "a rare term": "rarest", "a term that is nowhere": "zzzz"}


class _Searched(msgspec.Struct):
    """What it took until something was found, or the box was at its end."""

    requests: int = 0
    items: int = 0
    most_items: int = 0
    most_calls: int = 0
    units: float = 0
    milliseconds: float = 0


def measure() -> list[Line]:
    """Each term, newest first, until it is found, however many requests that takes."""
    lines: list[Line] = []
    with stand.seeded(full_boxes.SEED, full_boxes.seed):
        clock.set_source(lambda: START)
        with listening() as meter:
            boxes = [Box(size) for size in SIZES]
            for what, term in _TERMS.items():
                for box in boxes:
                    lines += _lines(f"search for {what} among {box}", _search(box, term, meter))
    return lines


def _search(box: Box, term: str, meter: Meter) -> _Searched:
    done, cursor = _Searched(), ""
    while True:
        started = time.perf_counter()
        page, cost = box.metered(meter, search=term, **({"cursor": cursor} if cursor else {}))
        done.milliseconds += (time.perf_counter() - started) * 1000
        done.requests += 1
        done.items += cost.items - BEFORE
        done.most_items = max(done.most_items, cost.items - BEFORE)
        done.most_calls = max(done.most_calls, cost.total)
        done.units += cost.units
        cursor = page["next_cursor"]
        if page["items"] or not cursor:
            return done


def _lines(what: str, done: _Searched) -> list[Line]:
    note = f"{done.requests} requests, {done.items:,} items, {done.milliseconds:,.0f} ms in all"
    return [
        Line(what=f"{what}, items a request", value=done.most_items, unit="items", limit=_MOST_ITEMS, note=note),
        Line(what=f"{what}, calls a request", value=done.most_calls, unit="calls", limit=_MOST_CALLS),
        Line(what=f"{what}, capacity in all", value=done.units, unit="RU"),
    ]
