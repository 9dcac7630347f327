"""The weeks in which clocks run out: accounts that nobody uses, people whom nobody verifies."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from chalicelib.core import access, clock
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from chalicelib.core.timers import Schedule
from chalicelib.credentials import hashing, reminders
from chalicelib.credentials import store as credentials
from chalicelib.plan import store as plan_store
from local.schedules import scheduled_event
from tests import later, sweeps
from tests.world import PASSWORD, Account, World

WEEKS = timedelta(days=14)
"""How long it takes, and a day."""

SCHEDULES: tuple[Schedule, ...] = ("inactivity_lockout", "revalidation_reminders")
Call = Callable[[str, Mapping[str, Any]], Any]


def run_out(world: World, call: Call, publish: Callable[[], None]) -> None:
    """Of two whom nobody saw for long one is warned and comes back; the only administrator of a practice lapses.

    So does one of the plan's staff. Nobody verifies any of them.
    """
    practice = world.organization("700000077", "Alder Example Practice")
    since = world.time.now - timedelta(days=76)
    una = world.member(practice, "Una Sample", role="local_administrator", enabled_at=since, verified_at=since)
    world.also_member(una, world.maple, enabled_at=since, verified_at=since)
    ben = world.member(practice, "Ben Sample", enabled_at=since, verified_at=since)
    later.age_password(ben, world.time.now - timedelta(days=340))
    world.agent("Sid Fictional", roles=("plan_administrator",), enabled_at=since, verified_at=since)
    _grow_old(una, world)
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


def _grow_old(account: Account, world: World) -> None:
    """Their password is of a time that its end comes near."""
    settings = plan_store.settings()
    since = world.time.now - timedelta(days=settings.password_days - settings.password_reminder_days[0])
    changed = Change(access.system("set-up"), Entry(action="test"), since)
    changed.put(credentials.password_row(account.user.id, hashing.make(PASSWORD), since))
    reminders.arm(changed, account.user.id, settings)
    changed.commit(None)
