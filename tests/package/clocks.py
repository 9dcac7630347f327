"""The weeks in which clocks run out: accounts that nobody uses."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from chalicelib.core import clock
from local.schedules import scheduled_event
from tests import sweeps
from tests.world import World

WEEKS = timedelta(days=14)
"""How long it takes, and a day."""

Call = Callable[[str, Mapping[str, Any]], Any]


def unused(world: World, call: Call, publish: Callable[[], None]) -> None:
    """Of two whom nobody saw for long one is warned and comes back; the only administrator of a practice lapses."""
    practice = world.organization("700000077", "Alder Example Practice")
    enabled_at = world.time.now - timedelta(days=76)
    world.member(practice, "Una Sample", role="local_administrator", enabled_at=enabled_at)
    ben = world.member(practice, "Ben Sample", enabled_at=enabled_at)
    # As if it had run yesterday: the first time, it looks a month back.
    sweeps.ran_until("inactivity_lockout", world.time.now)
    world.time.advance(days=1)
    _run(call, publish, done=2)
    world.browser(ben)
    world.time.advance(days=7)
    _run(call, publish, done=2)
    world.time.now += WEEKS - timedelta(days=7)
    _run(call, publish, done=0)


def _run(call: Call, publish: Callable[[], None], done: int) -> None:
    worked = call("inactivity_lockout", scheduled_event("inactivity_lockout", clock.now()))
    assert (worked["failed"], worked["finished"]) == (0, 1), worked
    assert worked["done"] >= done, worked
    publish()
