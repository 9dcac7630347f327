"""What the portal writes to executives by itself goes by day, however late its event is delivered (ORG-2)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from chalicelib.core import config
from chalicelib.core.access import Staff, system
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from chalicelib.enrollment.actions import nominations
from chalicelib.organizations.domain import Organization
from tests import delivery, nominating, stored
from tests.api.rush import Office, Queue, run
from tests.world import World

# The plan's clocks are five hours behind UTC.
EVENING = datetime.fromisoformat("2026-03-02T19:50-05:00")
AT_TWO = datetime.fromisoformat("2026-03-03T02:00-05:00")
AT_NINE = datetime.fromisoformat("2026-03-03T09:00-05:00")


@pytest.fixture
def one_a_second(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The account of SES takes one mail a second."""
    monkeypatch.setenv("PORTICO_MAILS_PER_SECOND", "1")
    config.current.cache_clear()
    yield
    monkeypatch.undo()
    config.current.cache_clear()


def _send(world: World, organization: Organization) -> None:
    """The job sends a form."""
    known = nominating.with_executive(world, organization)
    planned = Change(system("enrollment"), Entry(action="test.sent"), world.time.now)
    nominations.plan_send(planned, known, None, "enrollment", world.time.now)
    planned.commit(None)


def _remind(world: World, organization: Organization) -> None:
    """The job reminds the executive."""
    planned = Change(system("enrollment"), Entry(action="test.reminded"), world.time.now)
    nominations.plan_reminded(planned, nominating.current(organization), 7)
    planned.commit(None)


def _deliver_at_two(world: World) -> None:
    world.time.now = AT_TWO
    assert delivery.publish(delivery.stream_records()) == []


def _work_until(world: World, queue: Queue, end: datetime) -> None:
    """Messages come when they are due, and what lies open is carried again."""
    for now in run(world.time, queue):
        if now >= end:
            return


@pytest.mark.parametrize("what", ["sent", "reminded"])
def test_what_comes_at_night_waits_for_the_morning(world: World, what: str) -> None:
    """ORG-2, S-MAIL-06: committed by day and delivered at two, it goes at nine, and once."""
    with Queue(world.time) as queue, Office(world.time, a_second=1000) as office:
        if what == "reminded":
            _send(world, world.maple)
            assert delivery.publish(delivery.stream_records()) == []
            _work_until(world, queue, world.time.now + timedelta(minutes=5))
        before = sum(office.sent.values())
        world.time.now = EVENING
        if what == "reminded":
            _remind(world, world.maple)
        else:
            _send(world, world.maple)
        _deliver_at_two(world)
        _work_until(world, queue, AT_NINE - timedelta(minutes=5))
        assert sum(office.sent.values()) == before
        _work_until(world, queue, AT_NINE + timedelta(hours=12))
    assert sum(office.sent.values()) == before + 1
    assert AT_NINE <= office.last_at < AT_NINE + timedelta(minutes=1)
    assert queue.dead == []
    assert queue.next_at is None
    assert [record for record in stored.records("notice.sent") if "repeated" in (record.after or {})] == []


def test_what_waited_for_the_morning_goes_as_fast_as_mail_may(world: World, one_a_second: None) -> None:
    """NOT-3, ORG-2: all of a night are due at nine, and each takes its slot."""
    for number in range(20):
        _send(world, world.organization(f"1000000{number:02}", f"Sample Practice {number}"))
    with Queue(world.time) as queue, Office(world.time, a_second=1) as office:
        _deliver_at_two(world)
        _work_until(world, queue, AT_NINE + timedelta(minutes=5))
    assert sum(office.sent.values()) == 20
    assert office.throttled == 0


def test_what_staff_send_at_night_goes_at_night(world: World) -> None:
    """ORG-1: somebody pressed the button, and may be on the phone with them."""
    nominating.with_executive(world, world.maple)
    enid = nominating.enrollment(world)
    assert isinstance(enid.actor, Staff)
    with Queue(world.time) as queue, Office(world.time, a_second=1000) as office:
        world.time.now = AT_TWO
        nominations.send(enid.actor, world.maple.id, world.time.now)
        _deliver_at_two(world)
        _work_until(world, queue, AT_TWO + timedelta(minutes=5))
    assert sum(office.sent.values()) == 1


def test_of_what_is_no_longer_so_in_the_morning_nobody_is_told(world: World) -> None:
    """S-MAIL-05: it is looked at anew in the morning."""
    with Queue(world.time) as queue, Office(world.time, a_second=1000) as office:
        world.time.now = EVENING
        _send(world, world.maple)
        _deliver_at_two(world)
        _work_until(world, queue, AT_TWO + timedelta(minutes=20))
        nominating.edit(world, world.maple, closed_at=world.time.now)
        _work_until(world, queue, AT_NINE + timedelta(hours=1))
    assert sum(office.sent.values()) == 0
    assert queue.next_at is None
