"""The lists of enrollment on a real engine: many handlers at once, whatever fails, nobody chased twice (ORG-3)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
import pytest
from pynamodb.exceptions import PynamoDBException

from chalicelib.accounts import store as accounts
from chalicelib.accounts.actions import saving
from chalicelib.accounts.store import rosters
from chalicelib.core import timers
from chalicelib.core.access import Staff, system
from chalicelib.core.change import Change
from chalicelib.core.errors import Busy, Refusal
from chalicelib.core.journal import Entry
from chalicelib.enrollment.actions import seats, standing
from chalicelib.enrollment.domain.standing import Standing
from chalicelib.enrollment.store import standing as store
from chalicelib.subscriptions.enrollment import ENROLLMENT
from tests import nominating, scale, stored, sweeps, vacant_seats
from tests.core.line import Line
from tests.engine.together import at_once
from tests.world import START, Account, World

DAY = timedelta(days=1)
FAULTS = ("die", "lose_answers", "cut", "break_connections", "refuse")[: scale.size(2, 5)]
CALLS = ("TransactWriteItems", "GetItem", "BatchGetItem", "Query")[: scale.size(2, 4)]


def _kept(organization_id: str) -> Standing:
    found = store.standing(organization_id)
    assert found is not None
    return found


def _follow(world: World) -> Callable[[], str]:
    def followed() -> str:
        try:
            standing.refresh(world.maple.id, world.time.now)
        except Busy:
            return "busy"
        return "done"

    return followed


def _set_role(world: World, account: Account, role: str) -> None:
    """Somebody of Maple becomes, or is no longer, a backup."""
    before = accounts.membership(world.maple.id, account.mailbox)
    assert before is not None
    after = msgspec.structs.replace(before, role=role, epoch=before.epoch + 1)
    planned = Change(system("test"), Entry(action="test.role"), world.time.now)
    saving.plan(planned, rosters.roster(world.maple.id), before, after)
    planned.commit(None)


def test_many_handlers_at_once(world: World) -> None:
    """ORG-1: in whatever order they read and write, the last look is right, and each says what it was."""
    world.member(world.maple, "Lola Sample", role="local_administrator")
    bea = world.member(world.maple, "Bea Sample")
    for round_ in range(scale.repeats(4, 40)):
        role, lack = ("backup_administrator", "complete") if round_ % 2 else ("general_user", "no_backup")
        if round_:
            _set_role(world, bea, role)
        told = at_once([_follow(world)] * 4)
        assert "done" in told
        assert _kept(world.maple.id).lacks == lack
        world.time.advance(minutes=1)
    records = stored.records("onboarding.listed")
    assert len(records) == scale.repeats(4, 40)


def test_it_changes_between_two_looks(world: World, line: Line) -> None:
    """ORG-1: whoever wrote what is no longer so looks once more, though the one who heard of it found nothing to write.

    The row says `no_backup`. A handler reads that there is one, and before it writes there is none any more.
    """
    world.member(world.maple, "Lola Sample", role="local_administrator")
    bea = world.member(world.maple, "Bea Sample")
    standing.refresh(world.maple.id, START)
    assert _kept(world.maple.id).lacks == "no_backup"
    _set_role(world, bea, "backup_administrator")

    def changes() -> None:
        _set_role(world, bea, "general_user")
        standing.refresh(world.maple.id, START)
        assert _kept(world.maple.id).lacks == "no_backup"

    line.before_transaction(changes)
    standing.refresh(world.maple.id, START)
    assert _kept(world.maple.id).lacks == "no_backup"


def test_it_is_closed_between_reading_and_writing(world: World, line: Line) -> None:
    """ORG-9: nobody puts it back."""

    def closes() -> None:
        nominating.edit(world, world.maple, closed_at=START)
        standing.refresh(world.maple.id, START)

    line.before_transaction(closes)
    standing.refresh(world.maple.id, START)
    assert store.standing(world.maple.id) is None


@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_handler_dies_at_any_call(world: World, line: Line, operation: str, fault: str) -> None:
    """ORG-1, NOT-3: the event comes again, and the place is right then; the timer to chase stands once."""
    world.member(world.maple, "Lola Sample", role="local_administrator")
    bea = world.member(world.maple, "Bea Sample")
    happened, passing, backup = True, 0, False
    while happened:
        _fail_after(line, operation, fault, passing)
        _or_die(lambda: standing.refresh(world.maple.id, world.time.now))
        happened = line.heal()
        standing.refresh(world.maple.id, world.time.now)
        assert _kept(world.maple.id).lacks == ("complete" if backup else "no_backup")
        backup = not backup
        _set_role(world, bea, "backup_administrator" if backup else "general_user")
        # What is complete needs somebody besides: Gina is there.
        passing += 1
        world.time.advance(minutes=1)


@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.parametrize("fault", FAULTS)
def test_the_clock_dies_at_any_call(world: World, line: Line, operation: str, fault: str) -> None:
    """ORG-3: the next run finishes, and the practice is chased once for each of the days."""
    lola = world.member(world.maple, "Lola Sample", role="local_administrator")
    assert lola.mailbox
    happened, passing, began = True, 0, START
    while happened:
        standing.refresh(world.maple.id, began)
        told, happened = len(_chased()), False
        for days in (7, 21):
            _clock(began + days * DAY - timedelta(hours=1))
            _fail_after(line, operation, fault, passing)
            _or_die(lambda: _clock(began + days * DAY))  # noqa: B023 - done within the round
            happened |= line.heal()
            _clock(began + days * DAY + timedelta(seconds=1))
        assert _chased()[told:] == ["7", "21"]
        # The lack ends, and begins anew.
        bea = world.member(world.maple, f"Bea Sample {world.number()}", role="backup_administrator")
        standing.refresh(world.maple.id, began + 22 * DAY)
        _set_role(world, bea, "general_user")
        began += 30 * DAY
        passing += 1


def test_clocks_at_once(world: World) -> None:
    """ORG-3: three copies of the job, and a handler beside them: chased once."""
    world.member(world.maple, "Lola Sample", role="local_administrator")
    standing.refresh(world.maple.id, START)
    for days in (7, 21):
        world.time.now = START + days * DAY
        at_once([*([lambda: _clock(world.time.now)] * 3), _follow(world)])
        _clock(world.time.now + timedelta(seconds=1))
    assert _chased() == ["7", "21"]
    assert _kept(world.maple.id).chased == 21


def test_two_of_enrollment_fill_a_seat_at_once(world: World) -> None:
    """ORG-4: one does, whether they approve the same backup or two."""
    crew = [world.agent(f"{name} Fictional", roles=("enrollment",)).actor for name in ("Eve", "Finn", "Fay")]
    for round_ in range(scale.repeats(4, 20)):
        practice, first = vacant_seats.practice(world)
        second = world.member(practice, f"Cleo Vacant {round_}", role="backup_administrator")
        backups = [first, second if round_ % 2 else first, first]
        doings = [
            _approving(actor, practice.id, backup.mailbox, world.time.now)
            for actor, backup in zip(crew, backups, strict=True)
            if isinstance(actor, Staff)
        ]
        told = at_once(doings)
        assert told.count("done") == 1, told
        assert set(told) <= {"done", "seat_taken", "changed_meanwhile"}
        roster = rosters.roster(practice.id)
        assert roster.seat in {first.mailbox, second.mailbox}
        assert roster.active == {first.mailbox, second.mailbox}
        assert roster.backups == roster.active - {roster.seat}


def _approving(actor: Staff, organization_id: str, membership_id: str, now: datetime) -> Callable[[], str]:
    def approved() -> str:
        try:
            seats.approve(actor, organization_id, membership_id, now)
        except Refusal as refusal:
            return refusal.code
        return "done"

    return approved


def _clock(now: datetime) -> timers.Worked:
    return timers.work("enrollment", ENROLLMENT, now, lambda: True)


def _chased() -> list[str]:
    return [one["days"] for one in sweeps.told("onboarding.chased")]


def _fail_after(line: Line, operation: str, fault: str, passing: int) -> None:
    line.let_pass(passing)
    if fault == "refuse":
        line.refuse("ThrottlingException", 1, operation)
    elif fault == "die":
        line.die(operation)
    else:
        getattr(line, fault)(1, operation)


def _or_die(doing: Callable[[], object]) -> None:
    try:
        doing()
    except (PynamoDBException, Busy, KeyboardInterrupt):
        return
