"""Many notices at once, and an SES that takes few: all go out, at its rate, none twice (NOT-3)."""

import resource
import time as machine
from collections.abc import Iterator
from datetime import timedelta

import pytest

from chalicelib.accounts import store as accounts
from chalicelib.accounts.domain import User
from chalicelib.core import config
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
def test_ten_thousand_notices(world: World, one_a_second: None) -> None:
    """NOT-3, S-MAIL-06: one in ten fails, one a second may go; every notice goes once, and memory doesn't grow."""
    # One send reaches 5,000 at most.
    people = _crowd(world, "000000776", _NOTICES // 2) | _crowd(world, "000000777", _NOTICES // 2)
    began, real = world.time.now, machine.monotonic()
    used: list[int] = []
    with Queue(world.time) as queue, Office(world.time, a_second=1, fails=0.1) as office:
        assert delivery.publish(delivery.stream_records()) == []
        for _ in run(world.time, queue):
            used.append(_memory())
            if queue.next_at is None and not _open_events():
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


def _open_events() -> bool:
    return any("open_at" in item for item in stored.outbox())


def _memory() -> int:
    """Kibibytes this process has in memory now."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
