"""The clocks of the plan's staff with faults at any call, and in copies, on a real engine (ACC-11)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from chalicelib.core.timers import Schedule
from chalicelib.plan import store as plan_store
from tests import scale, sweeps
from tests.core.line import TRANSACT, Line
from tests.engine.together import at_once
from tests.world import START, World

DAY = timedelta(days=1)
_CASES: Sequence[tuple[str, str]] = [
    (TRANSACT, "die"),
    (TRANSACT, "lose_answers"),
    *((read, "die") for read in (("GetItem", "BatchGetItem", "Query") if scale.LONG else ("BatchGetItem",))),
]


@pytest.mark.parametrize(("operation", "fault"), _CASES)
def test_a_fault_at_any_call(world: World, line: Line, operation: str, fault: str) -> None:
    """ACC-11: each call of a reminder and of a suspension fails once; the next run does the rest, told once."""
    happened, passing = True, 0
    sweeps.ran_until("revalidation_reminders", world.time.now)
    while happened:
        otto = world.agent(f"Otto Fictional {passing}", roles=("auditor",), verified_at=world.time.now - 75 * DAY)
        happened = False
        for days in (1, 14):
            now = world.time.advance(days=days)
            line.let_pass(passing)
            if fault == "die":
                line.die(operation)
            else:
                line.lose_answers(1, operation)
            _run(now)
            happened |= line.heal()
            _run(now)
        place = plan_store.staff_member(otto.user.id)
        assert place is not None
        assert (place.status, place.entries) == ("suspended", 1)
        passing += 1
        assert passing < 40, "there are not that many calls"
        assert len(sweeps.told("staff_review.reminded")) == passing
        assert len(sweeps.told("staff.lapsed")) == passing
    assert passing > 1


def _run(now: datetime) -> None:
    """As the schedule calls it; a run that dies leaves the rest to the next."""
    try:
        sweeps.revalidation(now)
    except KeyboardInterrupt:
        return


def test_all_plan_administrators_are_over_and_both_jobs_run_in_copies(world: World) -> None:
    """ACC-11: whoever's own deadline is the latest stays, however runs overlap; nobody is told twice."""
    people = [
        world.agent(f"{name} Fictional", roles=("plan_administrator",), enabled_at=at, verified_at=at)
        for name, at in (("Pia", START), ("Paula", START + DAY), ("Pam", START))
    ]
    now = START + 200 * DAY
    schedules: tuple[Schedule, ...] = ("inactivity_lockout", "revalidation_reminders")
    for schedule in schedules:
        sweeps.ran_until(schedule, START)
    worked = at_once([lambda: sweeps.inactivity(now), lambda: sweeps.revalidation(now)] * 2)
    assert [one.failed for one in worked] == [0] * 4
    assert plan_store.plan_administrators().active == {people[1].user.id}
    told = [one["user_id"] for one in sweeps.told("staff.lapsed")]
    assert sorted(told) == sorted(one.user.id for one in people if one is not people[1])
