"""The weeks in which clocks run out: accounts that nobody uses, people whom nobody verifies."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from chalicelib.core import clock
from chalicelib.core.timers import Schedule
from local.schedules import scheduled_event
from tests import later, sweeps
from tests.world import World

WEEKS = timedelta(days=14)
"""How long it takes, and a day."""

SCHEDULES: tuple[Schedule, ...] = ("inactivity_lockout", "revalidation_reminders")
Call = Callable[[str, Mapping[str, Any]], Any]


def run_out(world: World, call: Call, publish: Callable[[], None]) -> None:
    """Of two whom nobody saw for long one is warned and comes back; the only administrator of a practice lapses.

    Nobody verifies either of them.
    """
    practice = world.organization("700000077", "Alder Example Practice")
    since = world.time.now - timedelta(days=76)
    world.member(practice, "Una Sample", role="local_administrator", enabled_at=since, verified_at=since)
    ben = world.member(practice, "Ben Sample", enabled_at=since, verified_at=since)
    later.age_password(ben, world.time.now - timedelta(days=340))
    for schedule in SCHEDULES:
        # As if it had run yesterday: the first time, it looks a month back.
        sweeps.ran_until(schedule, world.time.now)
    world.time.advance(days=1)
    _run(call, publish, 2, 1)
    world.browser(ben)
    world.time.advance(days=7)
    _run(call, publish, 2, 1)
    world.time.now += WEEKS - timedelta(days=7)
    _run(call, publish, 0, 1)


def _run(call: Call, publish: Callable[[], None], *least: int) -> None:
    """Both jobs, which do at least so much."""
    for schedule, done in zip(SCHEDULES, least, strict=True):
        worked = call(schedule, scheduled_event(schedule, clock.now()))
        assert (worked["failed"], worked["finished"]) == (0, 1), worked
        assert worked["done"] >= done, worked
    publish()
