"""10^5 timers of which 1 % are due: what a schedule reads to work them, beside a scan for them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bench import stand
from bench.meter import Cost, Meter, listening
from bench.results import Line
from chalicelib.core import tables, timers
from chalicelib.core.timers import Nothing, Timer
from tests.world import START

COUNT = 100_000
DUE = COUNT // 100
# Items read for each timer that is due: itself, and the schedule's position once.
_ITEMS_LIMIT = 1.02
# Units read, beside those of a scan.
_UNITS_LIMIT = 0.05
_SEED = "timers-1"
_AHEAD = timedelta(days=60)


def measure() -> list[Line]:
    """One run of the schedule, and a scan of the table before it."""
    with stand.seeded(_SEED, seed), listening() as meter:
        scan = _scanned(meter)
        # The run before this one: from then on the schedule knows where it stopped.
        timers.work("housekeeping", {}, START - timedelta(days=1), _always)
        meter.read()
        worked = timers.work("housekeeping", {"sample": _nothing}, START, _always)
        run = meter.read()
    assert (worked.nothing, worked.failed) == (DUE, 0), worked
    what = f"{COUNT:,} timers, {DUE:,} due"
    return [
        Line(what=f"{what}: items read", value=run.items, unit="items", limit=DUE * _ITEMS_LIMIT, note=str(run)),
        Line(what=f"{what}: capacity read", value=run.read_units, unit="RU", limit=scan.read_units * _UNITS_LIMIT),
        Line(what="a scan for them: items read", value=scan.items, unit="items", note=str(scan)),
        Line(what="a scan for them: capacity read", value=scan.read_units, unit="RU"),
    ]


def _nothing(timer: Timer, now: datetime) -> Nothing:
    assert timer.due <= now
    return Nothing()


def _always() -> bool:
    return True


def _scanned(meter: Meter) -> Cost:
    """What it costs to look at everything."""
    client = tables.connection().client
    pages = client.get_paginator("scan").paginate(
        TableName=tables.table_name("shortlived"), ReturnConsumedCapacity="TOTAL"
    )
    meter.read()
    for _ in pages:
        pass
    return meter.read()


def seed() -> Iterator[tuple[str, stand.Item]]:
    """Due ones on the last day, the others in the weeks to come."""
    for number in range(COUNT):
        due = START - timedelta(hours=14) * (number / DUE) if number < DUE else START + _AHEAD * (number / COUNT)
        timer = Timer(schedule="housekeeping", kind="sample", subject=f"subject-{number}", due=due)
        yield "shortlived", timers._row(timer).to_dynamodb_dict()
