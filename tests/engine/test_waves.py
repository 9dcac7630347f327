"""Waves on a real engine: each executive gets one form and each reminder once, whatever fails (ORG-2, PLT-3)."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from pynamodb.exceptions import PynamoDBException

from chalicelib.core.errors import Busy
from chalicelib.enrollment.actions import nominations
from chalicelib.enrollment.actions import waves as actions
from chalicelib.enrollment.domain.nominations import Nomination
from chalicelib.enrollment.domain.waves import Wave
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from tests import nominating, scale, waving
from tests.core.line import Line
from tests.engine.together import at_once
from tests.nominating import look
from tests.waving import kept, later, practice, reminded, run, sent, told
from tests.world import Account, World

pytestmark = pytest.mark.engine

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def enid(world: World) -> Account:
    return waving.enrollment(world)


@pytest.fixture
def wave(world: World, enid: Account) -> Wave:
    """A wave; from now on the job knows where it stopped."""
    run(world.time.now)
    return waving.wave(enid, world.time.now)


def fill(world: World, enid: Account, wave: Wave, number: int, first: int = 0) -> list[str]:
    return [practice(enid, first + each, world.time.now, wave) for each in range(number)]


def test_the_morning_to_the_second(world: World, enid: Account, wave: Wave) -> None:
    """ORG-2: nine in the morning of the send date in the plan's zone, and not a second before; each gets one form."""
    ids = fill(world, enid, wave, 3)
    assert wave.send_at == datetime(2026, 3, 9, 13, 0, tzinfo=UTC)  # the day after New York's clocks went forward
    run(wave.send_at - SECOND)
    assert told("nomination.sent") == []
    run(wave.send_at)
    run(wave.send_at + HOUR)
    assert [sent(id_) for id_ in ids] == [1, 1, 1]
    after = kept(wave)
    assert (after.started_at, after.finished_at, after.members) == (wave.send_at, wave.send_at, 3)


def test_who_gets_none(world: World, enid: Account, wave: Wave) -> None:
    """ORG-2: without an address or a name to write to, ended, moved away, or with a form that is out."""
    emails = enumerate([None, "", None, None, None, None])
    ids = [practice(enid, number, world.time.now, wave, email) for number, email in emails]
    plain, unknown, moved, closed, out, nameless = ids
    nominating.edit(world, _organization(nameless), executive_name="")
    other = waving.wave(enid, world.time.now, "Second wave", 30 * DAY)
    actions.move(waving.staff(enid), other.id, [moved], world.time.now)
    nominating.edit(world, _organization(closed), closed_at=world.time.now)
    world.time.now = later(wave, days=-1)
    nominations.send(waving.staff(enid), out, world.time.now)
    worked = run(wave.send_at)
    assert worked.failed == 0
    assert [sent(id_) for id_ in (plain, unknown, moved, closed, out, nameless)] == [1, 0, 0, 0, 1, 0]
    assert (kept(wave).members, kept(other).members) == (5, 1)
    run(other.send_at)
    assert sent(moved) == 1


def _organization(organization_id: str) -> Organization:
    return organizations.organization(organization_id)


@pytest.mark.parametrize("hour", [19, 20, 23, 31, 32], ids=str)
def test_nobody_is_written_to_at_night(world: World, enid: Account, wave: Wave, hour: int) -> None:
    """ORG-2: a job that comes late sends from eight to eight by the plan's clocks, else the next morning at nine."""
    (id_,) = fill(world, enid, wave, 1)
    at = later(wave, hours=hour - 9)
    run(at)
    assert sent(id_) == (1 if hour in (19, 32) else 0)
    if hour not in (19, 32):
        run(later(wave, days=1, seconds=-1))
        assert sent(id_) == 0
    run(later(wave, days=1))
    assert sent(id_) == 1


def test_reminders_to_the_second(world: World, enid: Account, wave: Wave) -> None:
    """ORG-2: after 7 and 12 days, once each, and never after the form's end."""
    (id_,) = fill(world, enid, wave, 1)
    run(wave.send_at)
    for days, told_then in ((7, ["7"]), (12, ["7", "12"])):
        run(later(wave, days=days, seconds=-1))
        assert reminded(id_) == told_then[:-1]
        run(later(wave, days=days))
        run(later(wave, days=days, seconds=1))
        assert reminded(id_) == told_then
    for days in range(13, 40):
        run(later(wave, days=days))
    assert (reminded(id_), sent(id_)) == (["7", "12"], 1)


@pytest.mark.parametrize(("day", "expected"), [(8, ["7", "12"]), (12, ["12"]), (13, ["12"]), (14, []), (60, [])])
def test_a_job_that_was_off(world: World, enid: Account, wave: Wave, day: int, expected: list[str]) -> None:
    """ORG-2: of stages that have passed only the last is told, and nothing of a form that has ended."""
    (id_,) = fill(world, enid, wave, 1)
    run(wave.send_at)
    for each in (day, day + 1, day + 5, day + 20):
        run(later(wave, days=each))
    assert reminded(id_) == expected


def test_weeks_late(world: World, enid: Account, wave: Wave) -> None:
    """ORG-2: the wave sends as long as it has not ended, and its reminders count from then; after its end nothing."""
    (id_,) = fill(world, enid, wave, 1)
    run(later(wave, days=21))
    run(later(wave, days=28))
    assert (sent(id_), reminded(id_)) == (1, ["7"])
    late = waving.wave(enid, world.time.now, "Never sent")
    other = practice(enid, 77, world.time.now, late)
    run(late.ends_at)
    assert sent(other) == 0
    assert kept(late).started_at is None


def test_who_answered_is_left_in_peace(world: World, enid: Account, wave: Wave) -> None:
    """ORG-2: signed or withdrawn: no reminder. Returned: a fresh form with its own count, and the old link is dead."""
    signed, withdrawn, returned = fill(world, enid, wave, 3)
    run(wave.send_at)
    world.time.now = later(wave, days=2)
    _sign(world, signed)
    nominations.withdraw(waving.staff(enid), withdrawn, _current(withdrawn).id, 1, world.time.now)
    old = _sign(world, returned)
    world.time.now = later(wave, days=3)
    found = _current(returned)
    nominations.return_(waving.staff(enid), returned, found.id, found.version, "Please sign again", world.time.now)
    fresh = nominating.token(world, _organization(returned))
    assert (look(world, old).status, look(world, fresh).status) == (410, 200)
    for days in (7, 9):
        run(later(wave, days=days, hours=1))
        assert [reminded(id_) for id_ in (signed, withdrawn, returned)] == [[], [], []]
    for days in (10, 12, 15, 16):
        run(later(wave, days=days, hours=1))
    assert [reminded(id_) for id_ in (signed, withdrawn, returned)] == [[], [], ["7", "12"]]
    assert [sent(id_) for id_ in (signed, withdrawn, returned)] == [1, 1, 1]


def _current(organization_id: str) -> Nomination:
    return nominating.current(_organization(organization_id))


def _sign(world: World, organization_id: str) -> str:
    token = nominating.token(world, _organization(organization_id))
    answer = nominating.sign(world, token)
    assert answer.status == 204, answer.text
    return token


def test_who_joins_a_wave_that_began(world: World, enid: Account, wave: Wave) -> None:
    """ORG-2: many that join in one hour get theirs with the next run; moved in twice, one form."""
    fill(world, enid, wave, 1)
    run(wave.send_at)
    at = later(wave, days=2)
    ids = [practice(enid, 100 + number, at, wave) for number in range(5)]
    alone = [practice(enid, 200 + number, at) for number in range(30)]
    for first in (0, 10, 20):
        actions.move(waving.staff(enid), wave.id, alone[first : first + 10], at)
    actions.move(waving.staff(enid), wave.id, alone[:10], at)
    run(at + 2 * SECOND)
    run(at + HOUR)
    assert [sent(id_) for id_ in (*ids, *alone)] == [1] * 35
    assert kept(wave).members == 36


def test_an_end_that_moves(world: World, enid: Account, wave: Wave) -> None:
    """ORG-2: after its end nothing goes out or is reminded of; given more time, what was missed does, once."""
    early = fill(world, enid, wave, 2)
    run(wave.send_at)
    joined = practice(enid, 50, later(wave, days=4, hours=12), wave)  # nine in the evening: sent the next morning
    waving.ended(enid, wave, later(wave, days=4), 0)
    for days in range(5, 10):
        run(later(wave, days=days))
    assert ([reminded(id_) for id_ in early], sent(joined)) == ([[], []], 0)
    waving.ended(enid, wave, later(wave, days=9, hours=1), 30)
    for days in (10, 11, 12, 13):
        run(later(wave, days=days, hours=2))
    assert [reminded(id_) for id_ in early] == [["7", "12"]] * 2
    assert [sent(id_) for id_ in (*early, joined)] == [1, 1, 1]
    waving.ended(enid, wave, later(wave, days=20), 0)
    waving.ended(enid, wave, later(wave, days=40), 30)
    run(later(wave, days=41))
    assert [sent(id_) for id_ in (*early, joined)] == [1, 1, 1]


def test_a_send_date_that_moves(world: World, enid: Account, wave: Wave) -> None:
    """ORG-2: earlier or later, it is sent then and once."""
    (id_,) = fill(world, enid, wave, 1)

    def send(days: int) -> None:
        edit = actions.WaveEdit(send_on=wave.send_on + days * DAY)
        actions.edit(waving.staff(enid), wave.id, kept(wave).version, edit, world.time.now)

    send(-3)
    send(5)
    for days in (-3, 0, 4):
        run(later(wave, days=days))
        assert sent(id_) == 0
    run(later(wave, days=5))
    run(later(wave, days=6))
    assert sent(id_) == 1


def test_runs_at_once(world: World, enid: Account, wave: Wave) -> None:
    """ORG-2: three copies of the job over a whole wave: each executive gets one form and each reminder once."""
    ids = fill(world, enid, wave, scale.size(40, 2_000))
    for at in (wave.send_at, later(wave, minutes=15), later(wave, minutes=30)):
        at_once([lambda: run(at)] * 3)  # noqa: B023 - done within the round
    assert Counter(fact["organization_id"] for fact in told("nomination.sent")) == Counter(ids)
    at_once([lambda: run(later(wave, days=8))] * 3)
    run(later(wave, days=8, minutes=15))
    reminders = Counter((fact["organization_id"], fact["days"]) for fact in told("nomination.reminded"))
    assert reminders == Counter((id_, "7") for id_ in ids)


def test_joining_while_it_starts(world: World, enid: Account, wave: Wave) -> None:
    """ORG-2: whoever comes in at the very moment is not passed over."""
    fill(world, enid, wave, 5)
    late = [practice(enid, 100 + number, world.time.now) for number in range(12)]
    staff = waving.staff(enid)

    def join(id_: str) -> Callable[[], object]:
        return lambda: actions.move(staff, wave.id, [id_], wave.send_at)

    joining = [join(id_) for id_ in late]
    at_once([*joining[:6], lambda: run(wave.send_at), *joining[6:], lambda: run(wave.send_at)])
    run(wave.send_at + SECOND)
    assert [sent(id_) for id_ in late] == [1] * len(late)
    assert kept(wave).members == len(waving.members(wave)) == 17


FAULTS = ("die", "lose_answers", "cut", "break_connections", "refuse")[: scale.size(2, 5)]
CALLS = ("TransactWriteItems", "Query", "GetItem", "BatchGetItem")[: scale.size(1, 4)]


@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_any_call(world: World, enid: Account, line: Line, operation: str, fault: str) -> None:
    """ORG-2: each call of the job fails once, in each way there is: the next run finishes, and all is done once."""
    run(world.time.now)
    happened, passing, first = True, 0, 0
    while happened:
        wave = waving.wave(enid, world.time.now, f"Wave {passing}")
        ids, first = fill(world, enid, wave, 2, first), first + 2
        happened = False
        for at in (wave.send_at, later(wave, days=7)):
            run(at - 2 * HOUR)
            _fail_after(line, operation, fault, passing)
            _run_or_die(at)
            happened |= line.heal()
            run(at + SECOND)
        assert ([sent(id_) for id_ in ids], [reminded(id_) for id_ in ids]) == ([1, 1], [["7"], ["7"]])
        assert waving.members(wave) == sorted(ids)
        world.time.now = later(wave, days=8)
        passing += 1


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
