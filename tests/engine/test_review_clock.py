"""The clock of reviews on a real engine: to the second, each thing once, whatever fails (REV-1, REV-4, S-AZ-09)."""

from datetime import UTC, datetime, timedelta

import pytest
from pynamodb.exceptions import PynamoDBException

from chalicelib.accounts import store as accounts
from chalicelib.accounts.store import history, rosters
from chalicelib.core import timers
from chalicelib.core.errors import Busy
from chalicelib.subscriptions.clocks import REVALIDATION
from tests import reviewing, scale, stored
from tests.core.line import Line
from tests.engine.together import at_once
from tests.reviewing import membership, reminded, run, told
from tests.world import PASSWORD, Account, World

pytestmark = pytest.mark.engine

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
VERIFIED = datetime(2027, 12, 20, 12, 0, tzinfo=UTC)
DUE = VERIFIED + 90 * DAY
"""29 February lies before it, and the night in which New York puts its clocks forward."""


def person(world: World, name: str, verified_at: datetime = VERIFIED, role: str = "general_user") -> Account:
    """Somebody of the clinic, verified then."""
    world.time.now = verified_at
    return world.member(world.maple, name, role=role, verified_at=verified_at)  # type: ignore[arg-type]


@pytest.fixture
def cole(world: World) -> Account:
    """Somebody whose review ends at `DUE`; an administrator's never does."""
    world.member(world.maple, "Alma Sample", role="local_administrator")
    cole = person(world, "Cole Sample")
    # From then on the job knows where it stopped.
    run(VERIFIED)
    return cole


def of_maple(world: World, name: str) -> int:
    """How often an event was told of the clinic."""
    return sum(fact["organization_id"] == world.maple.id for fact in told(name))


@pytest.mark.parametrize(("days", "before"), [(14, []), (7, ["14"]), (3, ["14", "7"]), (1, ["14", "7", "3"])], ids=str)
def test_each_stage_to_the_second(world: World, cole: Account, days: int, before: list[str]) -> None:
    """REV-4: a second before, at it, and after; across a leap day and a change of the clocks."""
    for stage in before:
        run(DUE - int(stage) * DAY)
    due = DUE - days * DAY
    assert run(due - SECOND).done == 0
    assert reminded(world.maple.id) == before
    assert run(due).done == 1
    assert run(due + SECOND).done == 0
    assert reminded(world.maple.id) == [*before, str(days)]
    assert membership(cole).status == "active"


def test_the_deadline_to_the_second(world: World, cole: Account) -> None:
    """REV-1, REV-4: active a second before, suspended at it; told once, with who did it in the history."""
    run(DUE - SECOND)
    assert (membership(cole).status, of_maple(world, "review.overdue")) == ("active", 0)
    run(DUE)
    run(DUE + SECOND)
    after = membership(cole)
    assert (after.status, list(after.causes), after.verified_at) == ("suspended", ["suspended"], VERIFIED)
    assert of_maple(world, "review.overdue") == 1
    (entry,) = history.page(cole.mailbox, None, 5, ("test",)).items
    assert (entry.author_name, entry.at) == ("revalidation_reminders", DUE)
    assert [record.actor_kind for record in stored.records("member.suspend")] == ["system"]
    assert of_maple(world, "organization.without_administrator") == 0


def test_a_quarter_of_daily_runs(world: World, cole: Account) -> None:
    """REV-4: four reminders, one word of the end, and nothing after; verified late, all begins anew."""
    for day in range(1, 130):
        run(VERIFIED + day * DAY + timedelta(hours=1))
    assert reminded(world.maple.id) == ["14", "7", "3", "1"]
    assert (of_maple(world, "review.overdue"), membership(cole).status) == (1, "suspended")
    late = VERIFIED + 130 * DAY
    reviewing.verify(cole, late)
    assert membership(cole).status == "active"
    for day in range(90):
        run(late + day * DAY)
    assert reminded(world.maple.id) == ["14", "7", "3", "1"] * 2
    assert (of_maple(world, "review.overdue"), membership(cole).status) == (1, "active")


@pytest.mark.parametrize(
    ("first", "expected"),
    [(DUE - 9 * DAY, ["14", "7", "3", "1"]), (DUE - 2 * SECOND, ["1"]), (DUE, []), (DUE + 21 * DAY, [])],
    ids=["days late", "just in time", "at the end", "three weeks late"],
)
def test_a_job_that_was_off(world: World, cole: Account, first: datetime, expected: list[str]) -> None:
    """REV-4: only the last stage that has passed, nothing from the deadline on; the sign-in needs no job (REV-1)."""
    world.time.now = DUE - SECOND
    assert world.browser().sign_in(cole.user.email, PASSWORD).status == 201
    world.time.now = DUE
    assert world.browser().sign_in(cole.user.email, PASSWORD).json["code"] == "account_suspended"
    assert membership(cole).status == "active"
    for day in (0, 2, 6, 8, 9, 30):
        run(first + day * DAY)
    assert reminded(world.maple.id) == expected
    assert (of_maple(world, "review.overdue"), membership(cole).status) == (1, "suspended")


def test_of_several_deadlines_the_first_is_told(world: World, cole: Account) -> None:
    """REV-4: whoever comes hours later was counted with the first; who is verified is nobody's reminder any more."""
    person(world, "Dora Sample", VERIFIED + timedelta(hours=5))
    run(DUE - 14 * DAY + timedelta(hours=6))
    assert reminded(world.maple.id) == ["14"]
    reviewing.verify(cole, DUE - 13 * DAY)
    for hours in (1, 24, 48):
        run(DUE - 13 * DAY + timedelta(hours=hours))
    assert reminded(world.maple.id) == ["14"]
    run(DUE - 7 * DAY)
    assert reminded(world.maple.id) == ["14"]
    run(DUE - 7 * DAY + timedelta(hours=5))
    assert reminded(world.maple.id) == ["14", "7"]


def test_both_administrators_are_over(world: World) -> None:
    """ORG-4, S-AZ-07: a clock may leave none: told once and found by the plan; nobody is promoted; back, it is over."""
    both = [
        person(world, "Alma Sample", role="local_administrator"),
        person(world, "Bert Sample", VERIFIED + 2 * DAY, role="backup_administrator"),
    ]
    person(world, "Dora Sample", VERIFIED + 2 * DAY)
    run(VERIFIED)
    run(DUE)
    assert rosters.roster(world.maple.id).active == {both[1].mailbox}
    assert rosters.without_administrator(None, 9) == []
    run(DUE + 2 * DAY)
    run(DUE + 3 * DAY)
    assert (sorted(rosters.roster(world.maple.id).active), rosters.roster(world.maple.id).seat) == ([], both[0].mailbox)
    assert of_maple(world, "organization.without_administrator") == 1
    assert of_maple(world, "review.overdue") == 2
    assert rosters.without_administrator(None, 9) == [world.maple.id]
    assert [membership(one).role for one in both] == ["local_administrator", "backup_administrator"]
    reviewing.verify(both[1], DUE + 4 * DAY)
    assert rosters.without_administrator(None, 9) == []
    assert rosters.roster(world.maple.id).active == {both[1].mailbox}


def test_verified_while_the_job_is_at_it(world: World, cole: Account, line: Line) -> None:
    """REV-1: after the job has read them and before its transaction: nobody is locked who was verified in time."""
    run(DUE - SECOND)
    # The first transaction tells that the deadline is over.
    line.let_pass(1)
    line.before_transaction(lambda: reviewing.verify(cole, DUE - SECOND))
    run(DUE)
    assert line.heal()
    after = membership(cole)
    assert (after.status, after.verified_at) == ("active", DUE - SECOND)
    run(DUE + DAY)
    assert membership(cole).status == "active"


def test_back_after_long(world: World, cole: Account) -> None:
    """REV-1: disabled when the deadline came, enabled later: the job sees to it with its next run."""
    reviewing.move(cole, "disable", DUE - 5 * DAY)
    run(DUE)
    assert (membership(cole).status, of_maple(world, "review.overdue")) == ("disabled", 0)
    reviewing.move(cole, "enable", DUE + 20 * DAY)
    run(DUE + 21 * DAY)
    assert membership(cole).status == "suspended"


def test_unused_and_unverified_at_once(world: World, cole: Account) -> None:
    """Section 3: the stronger cause shows, and verifying lifts only its own."""
    reviewing.move(cole, "lapse", DUE - DAY)
    run(DUE)
    assert (membership(cole).status, sorted(membership(cole).causes)) == ("suspended", ["inactive", "suspended"])
    reviewing.verify(cole, DUE + DAY)
    assert (membership(cole).status, sorted(membership(cole).causes)) == ("inactive", ["inactive"])


def test_the_plans_own_numbers(world: World, cole: Account) -> None:
    """PLT-5: other days for the review and its reminders count from when they are set."""
    reviewing.set_plan(review_days=100, review_reminder_days=(20, 5))
    for day in (70, 76, 80, 81, 90, 94, 95, 96, 99):
        run(VERIFIED + day * DAY)
    assert reminded(world.maple.id) == ["20", "5"]
    assert membership(cole).status == "active"
    run(VERIFIED + 100 * DAY)
    assert membership(cole).status == "suspended"


def test_a_run_whose_time_is_over_is_carried_on(world: World) -> None:
    """INA-4: a sweep larger than a Lambda's time goes on where it stopped."""
    world.time.now = VERIFIED
    many = [world.organization(f"10000000{number}", f"Practice {number}") for number in range(6)]
    people = [world.member(each, f"Pat Sample {number}", verified_at=VERIFIED) for number, each in enumerate(many)]
    run(VERIFIED)
    runs = 0
    while any(membership(each).status == "active" for each in people):
        asked = iter([True, True, False])
        timers.work("revalidation_reminders", REVALIDATION, DUE + runs * timedelta(hours=1), lambda: next(asked))  # noqa: B023
        runs += 1
    assert runs == 3
    assert len(told("review.overdue")) == 6


def test_runs_at_once(world: World) -> None:
    """REV-4: three copies at once: everything once, and nobody is missed."""
    people = [person(world, f"Pat Sample {number}") for number in range(scale.size(4, 20))]
    world.member(world.maple, "Alma Sample", role="local_administrator")
    run(VERIFIED)
    for days in (14, 3, 0):
        at_once([lambda: run(DUE - days * DAY)] * 3)  # noqa: B023 - done within the round
    run(DUE + SECOND)
    assert reminded(world.maple.id) == ["14", "3"]
    assert of_maple(world, "review.overdue") == 1
    assert [membership(each).status for each in people] == ["suspended"] * len(people)
    assert len(stored.records("member.suspend")) == len(people)


FAULTS = ("die", "lose_answers", "cut", "break_connections", "refuse")[: scale.size(2, 5)]
CALLS = ("TransactWriteItems", "Query", "GetItem", "BatchGetItem", "UpdateItem")[: scale.size(1, 5)]


@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_any_call(world: World, line: Line, operation: str, fault: str) -> None:
    """REV-1, REV-4: each call fails once, in each way there is: the next run finishes, and each thing is done once."""
    people = [person(world, "Cole Sample"), person(world, "Dora Sample")]
    run(VERIFIED)
    happened, passing, verified_at = True, 0, VERIFIED
    while happened:
        due = verified_at + 90 * DAY
        before, happened = (reminded(world.maple.id), of_maple(world, "review.overdue")), False
        for at in (due - 14 * DAY, due):
            # The days before are worked off: what is left are the calls for what is due.
            run(at - timedelta(hours=2))
            _fail_after(line, operation, fault, passing)
            _run_or_die(at)
            happened |= line.heal()
            run(at + SECOND)
        assert (reminded(world.maple.id), of_maple(world, "review.overdue")) == ([*before[0], "14", "1"], before[1] + 1)
        assert [membership(each).status for each in people] == ["suspended"] * 2
        verified_at = due + DAY
        for each in people:
            reviewing.verify(each, verified_at)
        run(verified_at)
        passing += 1
    assert accounts.membership(world.maple.id, people[0].mailbox) == membership(people[0])


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
