"""A page of a box at 10^2 to 10^5 messages: time, AWS calls, items read, capacity. The size must not show."""

import statistics
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from app import app
from bench import stand
from bench.meter import Cost, Meter, listening
from bench.results import Line
from chalicelib.core import clock, ids
from chalicelib.messages.domain import PAGE, Entry
from chalicelib.messages.store import boxes
from tests.portal import Answer, Browser, in_process
from tests.world import PASSWORD, START, World

SIZES = (100, 1_000, 10_000, 100_000)
# Change it with what is seeded: a seed of another name is made anew.
_SEED = "boxes-2"
# A page beside the same page in the smallest box; the engine has to find it among more.
_TIME_LIMIT = 2.0


def measure(times: int = 30) -> list[Line]:
    """The first page, and one in the middle, of a box of each size."""
    lines: list[Line] = []
    with stand.seeded(_SEED, seed):
        clock.set_source(lambda: START)
        with listening() as meter:
            browsers = {size: _signed_in(size) for size in SIZES}
            taken: dict[int, list[float]] = {size: [] for size in SIZES}
            costs: dict[int, list[Cost]] = {size: [] for size in SIZES}
            # In turns, so that whatever else the machine does falls on all of them.
            for turn in range(times):
                for size, (browser, mailbox) in browsers.items():
                    milliseconds, cost = _page(browser, mailbox, turn, meter)
                    taken[size].append(milliseconds)
                    costs[size].append(cost)
    smallest = statistics.median(taken[SIZES[0]])
    for size in SIZES:
        lines += _lines(size, statistics.median(taken[size]), smallest, costs[size])
    return lines


def _lines(size: int, milliseconds: float, smallest: float, costs: list[Cost]) -> list[Line]:
    what = f"page of {PAGE} among {size:,}"
    calls = max(cost.total for cost in costs)
    # Session, user and membership are read before the page.
    items = max(cost.items for cost in costs) - 3
    return [
        Line(what=f"{what}, items", value=items, unit="items", limit=PAGE + 1),
        Line(what=f"{what}, calls", value=calls, unit="calls", limit=3, note=str(costs[0])),
        Line(what=f"{what}, capacity", value=max(cost.units for cost in costs), unit="RU"),
        Line(what=f"{what}, time", value=milliseconds, unit="ms"),
        Line(what=f"{what}, time beside {SIZES[0]}", value=milliseconds / smallest, unit="x", limit=_TIME_LIMIT),
    ]


def _page(browser: Browser, mailbox: str, turn: int, meter: Meter) -> tuple[float, Cost]:
    """Milliseconds and cost of a page: the first one in even turns, else the one behind it."""
    query: dict[str, str] = {}
    if turn % 2:
        query["cursor"] = _good(browser.get(f"/mailboxes/{mailbox}/inbox", background=True))["next_cursor"]
    meter.read()
    started = time.perf_counter()
    answer = browser.get(f"/mailboxes/{mailbox}/inbox", background=True, **query)
    milliseconds = (time.perf_counter() - started) * 1000
    assert len(_good(answer)["items"]) == PAGE
    return milliseconds, meter.read()


def _good(answer: Answer) -> Any:
    assert answer.status == 200, answer.text
    return answer.json


def _signed_in(size: int) -> tuple[Browser, str]:
    browser = Browser(in_process(app))
    answer = browser.sign_in(_email(size), PASSWORD)
    assert answer.status == 201, answer.text
    return browser, str(_good(browser.get("/mailboxes"))["items"][0]["id"])


def _email(size: int) -> str:
    return f"box.{size}@people.example"


def seed() -> Iterator[tuple[str, stand.Item]]:
    """A member for each size, with that many messages in their inbox."""
    world = World(in_process(app))
    for size in SIZES:
        account = world.member(world.maple, f"Box {size}")
        assert account.user.email == _email(size)
        yield from (("mail", row) for row in _rows(account.mailbox, size))


def _rows(mailbox_id: str, count: int) -> Iterator[stand.Item]:
    entry = Entry(
        mailbox_id=mailbox_id,
        box="inbox",
        message_id="",
        thread_id=ids.new("thr"),
        subject="Records for the appeal of last month",
        party="Credentialing Team",
        urgent=False,
        has_attachments=False,
        received_at=START,
        unread=False,
    )
    row = boxes.entry_row(entry).to_dynamodb_dict()
    for number in range(count):
        at = START - timedelta(minutes=count - number)
        yield {**row, "sk": {"S": ids.sortable("msg", at)}, "received_at": {"S": at.strftime("%Y-%m-%dT%H:%M:%S.%f%z")}}
