"""Many notices at once, and an SES that takes few: all go out, at its rate, none twice (NOT-3)."""

import logging
import resource
import time as machine
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from chalicelib.accounts import store as accounts
from chalicelib.accounts.domain import User
from chalicelib.core import config
from chalicelib.core.events import OutboxRow, along
from chalicelib.notifications import store as notifications
from chalicelib.notifications.domain import Preferences
from tests import crowds, delivery, scale, stored
from tests.api.rush import Office, Queue, run
from tests.engine.filling import fill
from tests.world import World

_NOTICES = scale.size(60, 10_000)
_MEBIBYTE = 1024  # of the kibibytes that the system tells


@pytest.fixture
def one_a_second(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The account of SES takes one mail a second."""
    monkeypatch.setenv("PORTICO_MAILS_PER_SECOND", "1")
    config.current.cache_clear()
    yield
    monkeypatch.undo()
    config.current.cache_clear()


@pytest.mark.timeout(3600)
def test_ten_thousand_notices(world: World, one_a_second: None, caplog: pytest.LogCaptureFixture) -> None:
    """NOT-3, S-MAIL-06: one in ten fails, one a second may go; every notice goes once, and memory doesn't grow."""
    # What is logged would be kept for a report, and be all that grows.
    caplog.set_level(logging.CRITICAL, logger="portal")
    # One send reaches 5,000 at most.
    people = _crowd(world, "000000776", _NOTICES // 2) | _crowd(world, "000000777", _NOTICES // 2)
    began, real = world.time.now, machine.monotonic()
    used: list[int] = []
    with Queue(world.time) as queue, Office(world.time, a_second=1, fails=0.1) as office:
        assert delivery.publish(delivery.stream_records()) == []
        for now in run(world.time, queue):
            if queue.next_at is not None:
                used.append(_memory())
            elif not _are_open(now):
                break
    assert set(office.sent) == people
    assert set(office.sent.values()) == {1}
    assert queue.dead == []
    sent = stored.records("notice.sent")
    assert len(sent) == _NOTICES
    assert [record for record in sent if "repeated" in (record.after or {})] == []
    # What failed went again, each try in a second of its own.
    drained = (office.last_at - began) / timedelta(seconds=1)
    tries = _NOTICES + office.failed
    assert tries <= drained + 1 <= 1.2 * tries + 2 * 1080
    # Not counting what a first look brings into memory.
    assert max(used) - used[len(used) // 3] < 24 * _MEBIBYTE
    # With `-s` the long form tells its figures.
    print(  # noqa: T201
        f"\n{_NOTICES:,} notices: {office.failed:,} tries failed, {office.throttled:,} throttled, "
        f"drained in {drained:,.0f} s, longest queue {queue.longest:,}, "
        f"grown by {max(used) - used[len(used) // 3]:,} KiB; took {machine.monotonic() - real:,.0f} s"
    )


def _crowd(world: World, tin: str, number: int) -> set[str]:
    """So many people of a practice whom one send has reached and who want mail; their addresses."""
    practice, mailboxes = crowds.practice(world, number, tin=tin)
    people = accounts.memberships_by_id(practice.id, mailboxes).values()
    users = [User(id=person.user_id, email=f"{person.id}@people.example", name=person.name) for person in people]
    fill(accounts.user_rows(user)[0] for user in users)
    fill(notifications.preferences_row(user.id, Preferences({"SECURE_MESSAGING": "email"})) for user in users)
    sent = crowds.send(world.ada, practice)
    if sent.work_id is not None:
        crowds.carry_on(world.ada, sent)
    return {user.email for user in users}


def _are_open(now: datetime) -> bool:
    """Whether somebody will look after an event, today or tomorrow."""
    days = (along(now + timedelta(days=ahead))["open_day"] for ahead in range(2))
    return any(OutboxRow.by_open.count(day) for day in days)


def _memory() -> int:
    """Kibibytes this process has in memory now."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
