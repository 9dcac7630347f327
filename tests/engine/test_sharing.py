"""Looking into traces on a real engine: each is told once, whatever fails and however many look (ACC-10)."""

import json
from datetime import datetime, timedelta

import pytest
from pynamodb.exceptions import PynamoDBException

from chalicelib.core import timers
from chalicelib.core.access import Member, system
from chalicelib.core.change import Change
from chalicelib.core.errors import Busy
from chalicelib.core.journal import Entry
from chalicelib.credentials.domain.traces import Trace
from chalicelib.credentials.store import traces
from chalicelib.sharing import actions, store
from chalicelib.sharing.domain.notes import Place
from tests import scale, stored
from tests.core.line import Line
from tests.engine.together import at_once
from tests.world import START, Account, World

pytestmark = pytest.mark.engine

DAY = timedelta(days=1)


def share(person: Account, first: datetime, days: int, place: Place | None = None, devices: str = "ab") -> None:
    """Two at once with somebody's sign-in, two hours a day from then on; `place` instead of their own one."""
    if place is None:
        assert isinstance(person.actor, Member)
        place = person.actor.organization_id, person.mailbox
    planned = Change(system("test"), Entry(action="test.traces"), first)
    for number in range(days * 2):
        at = first + (number // 2) * DAY
        trace = Trace(
            session=f"{place[1]}-{number}",
            user_id=person.user.id,
            organization_id=place[0],
            membership_id=place[1],
            device=devices[number % 2],
            network="office",
            started_at=at,
            last_seen=at + timedelta(hours=2),
        )
        planned.put(traces.row(trace))
    planned.commit(None)


def arm(person: Account, due: datetime, now: datetime) -> None:
    planned = Change(system("test"), Entry(action="test.timer"), now)
    timers.arm(planned, timers.Timer(schedule="housekeeping", kind="sharing", subject=person.user.id, due=due))
    planned.commit(None)


def run(now: datetime) -> timers.Worked:
    return timers.work("housekeeping", {"sharing": actions.look}, now, lambda: True)


def told(person: Account, name: str) -> int:
    """How often an event left that is about somebody."""
    events = [json.loads(item["ids"]["S"]) for item in stored.outbox() if item["name"]["S"] == name]
    return sum({person.user.id, person.mailbox} & set(event.values()) != set() for event in events)


def test_looks_at_once(world: World) -> None:
    """ACC-10: in several copies, and again; the person once, administrators once a week later."""
    person = world.gina
    share(person, START, 14)
    for due in (START + 6 * DAY, START + 13 * DAY):
        arm(person, due, START)
        at_once([lambda: run(due)] * 3)  # noqa: B023 - done within the round
        assert run(due).failed == 0
    assert (told(person, "sharing.noticed"), told(person, "sharing.raised")) == (1, 1)


def test_a_job_that_was_off(world: World) -> None:
    """ACC-10: three weeks late it is judged by what shows then; the second step waits its week from there."""
    person = world.gina
    share(person, START, 30)
    for late in (START + 6 * DAY, START + 13 * DAY):
        arm(person, late, START)
    run(START + 27 * DAY)
    assert (told(person, "sharing.noticed"), told(person, "sharing.raised")) == (1, 0)
    assert run(START + 34 * DAY - timedelta(seconds=1)).done == 0
    assert run(START + 34 * DAY).done == 1
    assert told(person, "sharing.raised") == 1


@pytest.mark.parametrize("operation", ("TransactWriteItems", "GetItem"))
@pytest.mark.parametrize("fault", ("die", "lose_answers", "cut", "break_connections")[: scale.size(2, 4)])
def test_a_fault_at_any_call(world: World, line: Line, operation: str, fault: str) -> None:
    """ACC-10: each call of both steps fails once, in each way there is; the next run finishes, each is told once."""
    happened, passing = True, 0
    while happened:
        person, happened = world.member(world.maple, f"Pat Sample {passing}"), False
        # Days that have been worked are not looked at again.
        began = START + passing * 20 * DAY
        share(person, began, 14)
        for due in (began + 6 * DAY, began + 13 * DAY):
            arm(person, due, began)
            line.let_pass(passing)
            getattr(line, fault)(*(() if fault == "die" else (1,)), operation)
            _run_or_die(due)
            happened = line.heal() or happened
            assert run(due).failed == 0
        assert (told(person, "sharing.noticed"), told(person, "sharing.raised")) == (1, 1)
        passing += 1
    assert passing > 1


def test_each_place_is_judged_by_itself(world: World) -> None:
    """ACC-10: administrators hear of their member by what happens there alone; of another place once it does there."""
    person = world.gina
    birch = world.birch.id, world.also_member(person, world.birch).mailbox
    share(person, START, 20)
    # At the other practice one person at one desk, until it is shared there too.
    share(person, START, 13, birch, devices="cc")
    share(person, START + 13 * DAY, 7, birch, devices="cd")
    seen = []
    for due in (START + 6 * DAY, START + 13 * DAY, START + 20 * DAY):
        arm(person, due, START)
        assert run(due).failed == 0
        marks = [store.marks(practice.id, 5, due)[0] for practice in (world.maple, world.birch)]
        seen.append([[mark.since for mark in found] for found in marks])
    assert seen == [[[], []], [[START + 13 * DAY], []], [[START + 13 * DAY], [START + 20 * DAY]]]
    assert told(person, "sharing.raised") == 1
    assert len([item for item in stored.outbox() if item["name"]["S"] == "sharing.raised"]) == 2


def test_what_is_shared_between_places_is_nobodys(world: World) -> None:
    """ACC-10: one desk at each of two practices tells the person, but no administrator, however long it goes on."""
    person = world.gina
    birch = world.birch.id, world.also_member(person, world.birch).mailbox
    share(person, START, 14, devices="aa")
    share(person, START, 14, birch, devices="bb")
    for due in (START + 6 * DAY, START + 13 * DAY):
        arm(person, due, START)
        assert run(due).failed == 0
    assert (told(person, "sharing.noticed"), told(person, "sharing.raised")) == (1, 0)
    assert [store.marks(one.id, 5, START + 13 * DAY)[0] for one in (world.maple, world.birch)] == [[], []]


def _run_or_die(now: datetime) -> None:
    try:
        run(now)
    except (PynamoDBException, Busy, KeyboardInterrupt):
        return
