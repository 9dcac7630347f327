"""The job of unused accounts (INA-1, INA-2, INA-4) with faults at any call, in several copies, and beside people."""

from collections import Counter
from datetime import datetime, timedelta

import msgspec
import pytest

from chalicelib.accounts import store
from chalicelib.accounts.store import lapsing
from chalicelib.core.access import Member
from tests import scale, stored, sweeps
from tests.core.line import TRANSACT, Line
from tests.engine.together import at_once
from tests.portal import Answer
from tests.world import PASSWORD, START, Account, World

pytestmark = pytest.mark.engine

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
FAULTS = ("refuse", "cut", "lose_answers", "die")
READS = ("GetItem", "BatchGetItem", "Query", "UpdateItem")
# A run that dies is the worst that a read can do; the long form tries the others too.
_CASES = [(TRANSACT, fault) for fault in FAULTS] + [
    (read, fault) for read in READS for fault in (FAULTS if scale.LONG else ("die",))
]


class Unused(msgspec.Struct, frozen=True):
    """Somebody whom nobody has seen, at two practices; one of them they run alone."""

    account: Account
    also: Account

    @property
    def ids(self) -> list[tuple[str, str]]:
        actors = [one.actor for one in (self.account, self.also)]
        return [(one.organization_id, one.membership_id) for one in actors if isinstance(one, Member)]


def _unused(world: World, enabled_at: datetime) -> Unused:
    number = world.number()
    practice = world.organization(f"8{number:08}", f"Practice {number} Example")
    account = world.member(world.maple, f"Una Sample {number}", enabled_at=enabled_at)
    return Unused(account, world.also_member(account, practice, role="local_administrator", enabled_at=enabled_at))


def _run(now: datetime) -> None:
    """As the schedule calls it every hour; a run that dies leaves the rest to the next."""
    try:
        sweeps.inactivity(now)
    except KeyboardInterrupt:
        return


def _fail_after(line: Line, operation: str, fault: str, passing: int) -> None:
    line.let_pass(passing)
    if fault == "refuse":
        line.refuse("ThrottlingException", 1, operation)
    elif fault == "die":
        line.die(operation)
    else:
        getattr(line, fault)(1, operation)


@pytest.mark.parametrize(("operation", "fault"), _CASES)
def test_a_fault_at_any_call(world: World, line: Line, operation: str, fault: str) -> None:
    """S-AUTH-16: each call of a warning and of a lapse fails once; all is done, and told once."""
    happened, passing = True, 0
    while happened:
        unused = _unused(world, world.time.now - 76 * DAY)
        sweeps.ran_until("inactivity_lockout", world.time.now)
        happened = False
        for days in (1, 7, 6):
            now = world.time.advance(days=days)
            sweeps.ran_until("inactivity_lockout", now)
            _fail_after(line, operation, fault, passing)
            _run(now)
            happened |= line.heal()
            _run(now)
        _is_told_once(unused)
        passing += 1
    assert passing > 1 or operation == "UpdateItem"


def _is_told_once(unused: Unused) -> None:
    user_id = unused.account.user.id
    told = [one for one in sweeps.told("inactivity.warned", "inactivity.lapsed") if one["user_id"] == user_id]
    assert [(one["event"], one.get("days")) for one in told] == [
        ("inactivity.warned", "14"),
        ("inactivity.warned", "7"),
        ("inactivity.lapsed", None),
    ]
    lapsed = [one.object_id for one in stored.records("member.lapse")]
    for organization_id, membership_id in unused.ids:
        membership = store.membership(organization_id, membership_id)
        assert membership is not None
        assert (membership.status, membership.entries, lapsed.count(membership_id)) == ("inactive", 1, 1)
        assert membership_id not in lapsing.marked(organization_id, 100)[0]
    alone = unused.ids[1][0]
    assert [one["organization_id"] for one in sweeps.told("organization.without_administrator")].count(alone) == 1


def test_several_copies_at_once(world: World) -> None:
    """INA-4: four runs at the same moment, over people at each stage: everything once, nothing fails."""
    enabled = [START - days * DAY for days in (60, 76, 83, 89, 90, 111)]
    people = [_unused(world, at) for at in enabled for _ in range(scale.repeats(2, 10))]
    now = world.time.advance(days=1)
    sweeps.ran_until("inactivity_lockout", START)
    worked = at_once([lambda: sweeps.inactivity(now)] * 4)
    again = sweeps.inactivity(now)
    assert [(one.finished, one.failed) for one in (*worked, again)] == [(True, 0)] * 5
    assert (again.done, again.later) == (0, 0)
    told = Counter((one["event"], one.get("days")) for one in sweeps.told("inactivity.warned", "inactivity.lapsed"))
    each = len(people) // len(enabled)
    assert told == {
        ("inactivity.warned", "14"): each,
        ("inactivity.warned", "7"): each,
        ("inactivity.lapsed", None): 3 * each,
    }
    assert len({one["user_id"] for one in sweeps.told("inactivity.warned", "inactivity.lapsed")}) == 5 * each
    assert len(stored.records("member.lapse")) == 6 * each
    assert len(sweeps.told("organization.without_administrator")) == 3 * each


def test_whoever_signs_in_while_the_job_is_about_to_close_the_account_keeps_it(world: World, line: Line) -> None:
    """INA-1: nobody is locked early: the run read before they were there, and writes after."""
    unused = _unused(world, START - 80 * DAY)
    sweeps.inactivity(world.time.advance(days=1))
    end = START + 10 * DAY
    world.time.now = end - SECOND
    browser = world.browser()
    line.before_transaction(lambda: _is(201, browser.sign_in(unused.account.user.email, PASSWORD)))
    worked = sweeps.inactivity(end)
    assert (worked.failed, browser.get("/session").status) == (0, 200)
    assert sweeps.told("inactivity.lapsed", "organization.without_administrator") == []
    assert stored.records("member.lapse") == []
    # The clock runs on from there.
    sweeps.ran_until("inactivity_lockout", end + 76 * DAY)
    sweeps.inactivity(end + 90 * DAY)
    assert len(stored.records("member.lapse")) == 2


def test_an_administrator_who_changes_somebody_at_that_moment_is_not_overwritten(world: World, line: Line) -> None:
    """INA-1: the job reads anew, and does what is right then."""
    lou = world.member(world.maple, "Lou Placeholder", role="local_administrator")
    unused = _unused(world, START - 90 * DAY)
    organization_id, membership_id = unused.ids[0]
    now = world.time.advance(days=1)
    browser = world.browser(lou)
    path, headers = f"/members/{membership_id}/remove", {"If-Match": '"0"'}
    line.before_transaction(lambda: _is(200, browser.send("POST", path, {"comment": "Left"}, headers)))
    assert sweeps.inactivity(now).failed == 0
    membership = store.membership(organization_id, membership_id)
    assert membership is not None
    assert (membership.status, membership.entries) == ("removed", 1)
    assert [one.object_id for one in stored.records("member.lapse")] == [unused.ids[1][1]]


def _is(status: int, answer: Answer) -> None:
    assert answer.status == status, answer.text
