"""Reminders of a password's end on a real engine: to the second, once for each stage, whatever fails (CRD-2)."""

import json
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from pynamodb.exceptions import PynamoDBException

from chalicelib.core import tables, timers
from chalicelib.core.errors import Busy
from chalicelib.credentials import reminders
from chalicelib.plan import store as plan
from tests import later, scale, stored
from tests.core.line import Line
from tests.engine.together import at_once
from tests.world import PASSWORD, Account, World

pytestmark = pytest.mark.engine

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
SET_AT = datetime(2027, 9, 1, 12, 0, tzinfo=UTC)
"""A leap day lies before the end, and each change of the clocks in New York."""
ENDS = SET_AT + 365 * DAY


def set_password(world: World, account: Account, at: datetime = SET_AT, before: str = PASSWORD) -> str:
    """Somebody chooses a new password at an instant; which one."""
    world.time.now = at
    browser = world.browser()
    assert browser.sign_in(account.user.email, before).status == 201
    chosen = f"Sturdy-Lantern-{world.number()}"
    answer = browser.put("/profile/password", {"current": before, "password": chosen})
    assert answer.status == 200, answer.text
    return chosen


@pytest.fixture(autouse=True)
def _patient(world: World) -> None:
    """The plan waits for years before it closes an account that nobody uses (INA-1): here it is about passwords."""
    settings(inactivity_days=10_000)


def settings(**changes: object) -> None:
    """The plan chooses other numbers."""
    later._write(plan.settings_row(msgspec.structs.replace(plan.settings(), **changes)))


@pytest.fixture
def gina(world: World) -> Account:
    """Somebody whose password ends at `ENDS`."""
    set_password(world, world.gina)
    return world.gina


def run(now: datetime) -> timers.Worked:
    return timers.work("inactivity_lockout", {"password": reminders.remind}, now, lambda: True)


def told(account: Account) -> list[str]:
    """The stages that somebody was told, in order."""
    events = [item for item in stored.outbox() if item["name"]["S"] == "password.expiring"]
    facts = [json.loads(item["ids"]["S"]) for item in events]
    return [fact["days"] for fact in facts if fact["user_id"] == account.user.id]


def waiting() -> list[str]:
    """The timers of passwords."""
    keys = [item["sk"]["S"] for item in stored.items(tables.ShortLivedRow) if item["cls"]["S"] == "timer"]
    return [key for key in keys if "#password#" in key]


@pytest.mark.parametrize(("days", "before"), [(30, []), (14, ["30"]), (7, ["30", "14"]), (1, ["30", "14", "7"])])
def test_each_stage_to_the_second(gina: Account, days: int, before: list[str]) -> None:
    """CRD-2: a second before, at it, and after; across a leap day and both changes of the clocks."""
    for stage in (int(each) for each in before):
        run(ENDS - stage * DAY)
    due = ENDS - days * DAY
    assert run(due - SECOND).done == 0
    assert told(gina) == before
    assert run(due).done == 1
    assert run(due + SECOND).done == 0
    assert told(gina) == [*before, str(days)]


def test_a_year_of_daily_runs(gina: Account) -> None:
    """CRD-2: four reminders, and nothing once the year is over: nothing is left to work then."""
    for day in range(333, 368):
        run(SET_AT + day * DAY + timedelta(hours=1))
    assert told(gina) == ["30", "14", "7", "1"]
    assert waiting() == []


@pytest.mark.parametrize(
    ("first", "expected"),
    [(ENDS - 9 * DAY, ["14", "7", "1"]), (ENDS - 2 * SECOND, ["1"]), (ENDS, []), (ENDS + 21 * DAY, [])],
)
def test_a_job_that_was_off(gina: Account, first: datetime, expected: list[str]) -> None:
    """CRD-2: for three weeks, or for longer: only the last stage that has passed, nothing from the end on."""
    run(ENDS - 31 * DAY)
    for day in (0, 1, 2, 3, 8, 9, 10):
        run(first + day * DAY)
    assert told(gina) == expected
    assert waiting() == []


def test_the_sign_in_asks_for_a_new_one_whether_or_not_a_job_ran(world: World, gina: Account) -> None:
    """CRD-2, S-AUTH-05: to the second."""
    chosen = set_password(world, world.peter)
    world.time.now = ENDS - SECOND
    assert world.browser().sign_in(world.peter.user.email, chosen).json["stage"] is None
    world.time.now = ENDS
    assert world.browser().sign_in(world.peter.user.email, chosen).json["stage"] == "password"


def test_a_new_password_begins_anew(world: World) -> None:
    """CRD-2: nobody hears any more of the one before, whose timer goes on with the new one."""
    settings(password_days=60)
    gina, ends = world.gina, SET_AT + 60 * DAY
    set_password(world, gina)
    run(ends - 14 * DAY)
    set_password(world, gina, ends - 8 * DAY, "Sturdy-Lantern-1")
    for day in (0, 1, 7, 8, 20):
        run(ends - 8 * DAY + day * DAY)
    assert told(gina) == ["14"]
    assert len(waiting()) == 1
    again = ends - 8 * DAY + 60 * DAY
    assert run(again - 30 * DAY - SECOND).done == 0
    run(again - 30 * DAY)
    assert told(gina) == ["14", "30"]


def test_a_new_password_while_the_job_is_at_it(world: World, gina: Account, line: Line) -> None:
    """CRD-2: set after the job has read the old one and before its transaction: nobody is told of what is over."""
    due = ENDS - 30 * DAY
    line.before_transaction(lambda: _none(set_password(world, gina, due - SECOND, "Sturdy-Lantern-1")))
    run(due)
    assert told(gina) == []
    run(due + DAY)
    assert told(gina) == []
    assert len(waiting()) == 1


def test_the_plans_own_numbers(world: World, gina: Account) -> None:
    """CRD-2, PLT-5: other days for the end and the reminders count from when they are set."""
    settings(password_days=380, password_reminder_days=(20, 5))
    ends = SET_AT + 380 * DAY
    for day in (330, 340, 359, 360, 361, 374, 375, 376, 379, 380, 381):
        run(SET_AT + day * DAY)
    assert told(gina) == ["20", "5"]
    world.time.now = ends - SECOND
    assert world.browser().sign_in(gina.user.email, "Sturdy-Lantern-1").json["stage"] is None
    world.time.now = ends
    assert world.browser().sign_in(gina.user.email, "Sturdy-Lantern-1").json["stage"] == "password"


def test_runs_at_once(world: World) -> None:
    """CRD-2: each person is told once, and nobody is missed."""
    people = [world.member(world.maple, f"Pat Sample {number}") for number in range(scale.size(4, 20))]
    for person in people:
        set_password(world, person)
    for days in (30, 14):
        at_once([lambda: run(ENDS - days * DAY)] * 3)  # noqa: B023 - done within the round
    run(ENDS - 14 * DAY + SECOND)
    assert [told(person) for person in people] == [["30", "14"]] * len(people)


FAULTS = ("die", "lose_answers", "cut", "break_connections", "refuse")[: scale.size(2, 5)]
CALLS = ("TransactWriteItems", "GetItem", "Query", "UpdateItem")[: scale.size(2, 4)]


@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_any_call(world: World, line: Line, operation: str, fault: str) -> None:
    """CRD-2: each call fails once, in each way there is: the next run finishes, and each is told once."""
    settings(password_days=40)
    happened, passing, password, at = True, 0, PASSWORD, SET_AT
    while happened:
        password = set_password(world, world.gina, at, password)
        due = at + 10 * DAY
        before = len(told(world.gina))
        _fail_after(line, operation, fault, passing)
        _run_or_die(due)
        happened = line.heal()
        run(due + SECOND)
        assert told(world.gina)[before:] == ["30"]
        passing, at = passing + 1, due + DAY


def _fail_after(line: Line, operation: str, fault: str, passing: int) -> None:
    line.let_pass(passing)
    if fault == "refuse":
        line.refuse("ThrottlingException", 1, operation)
    elif fault == "die":
        line.die(operation)
    else:
        getattr(line, fault)(1, operation)


def _run_or_die(now: datetime) -> None:
    try:
        run(now)
    except (PynamoDBException, Busy, KeyboardInterrupt):
        return


def _none(_: object) -> None:
    """For what wants nothing back."""
