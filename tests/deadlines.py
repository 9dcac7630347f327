"""Deadlines that come near or are over, of every kind, and the jobs that tell people of them."""

from datetime import datetime, timedelta

from chalicelib.accounts import store as accounts
from chalicelib.accounts.actions import saving
from chalicelib.accounts.domain import statuses
from chalicelib.accounts.store import rosters
from chalicelib.core import access
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from chalicelib.sharing import store as sharing
from chalicelib.sharing.domain import Signal
from chalicelib.sharing.domain.notes import Mark, Note
from tests import delivery, later, sweeps
from tests.world import Account, World

SOON, OVER = timedelta(days=77), timedelta(days=95)
"""So long ago that the first reminder of 90 days is due tomorrow, and that they are over."""


class Deadlines:
    """A practice, another one that its only administrator left alone, and staff; made a day before the jobs run."""

    def __init__(self, world: World) -> None:
        self.world = world
        now, number = world.time.now, world.number()
        self.practice = world.organization(f"9{number:08d}", f"Cedar Example {number}")
        self.left_alone = world.organization(f"8{number:08d}", f"Rowan Example {number}")
        self.lou = self._member("Lou", role="local_administrator", enabled_at=now, verified_at=now - SOON)
        self.bea = self._member("Bea", role="backup_administrator", enabled_at=now, verified_at=now - SOON)
        self.dana = self._member("Dana", enabled_at=now - SOON)
        self.otto = self._member("Otto", enabled_at=now - OVER)
        self.sue = self._member("Sue", enabled_at=now, verified_at=now - OVER)
        self.pat = self._member("Pat")
        later.age_password(self.pat, now - timedelta(days=340))
        name = f"Adam Placeholder {world.number()}"
        self.adam = world.member(self.left_alone, name, role="local_administrator", enabled_at=now - OVER)
        self.pia = world.agent(f"Pia Placeholder {number}", roles=("plan_administrator",))
        self.rex = world.agent(f"Rex Placeholder {number}", world.credentialing, enabled_at=now, verified_at=now - SOON)
        self.ann = world.agent(f"Ann Placeholder {number}", world.credentialing, enabled_at=now - OVER)

    def _member(self, name: str, **facts: object) -> Account:
        return self.world.member(self.practice, f"{name} Placeholder {self.world.number()}", **facts)  # type: ignore[arg-type]

    @property
    def people(self) -> list[Account]:
        return [one for one in vars(self).values() if isinstance(one, Account)]

    def tell(self) -> None:
        """The jobs run on the day after, by day; what other people do that is told is told too."""
        world = self.world
        world.time.now = (world.time.now + timedelta(days=1)).replace(hour=16)
        assert sweeps.inactivity(world.time.now).failed == 0
        assert sweeps.revalidation(world.time.now).failed == 0
        later.call_review(world.time.now + timedelta(days=30))
        happens(world, "review.called", organization_id=self.practice.id)
        shared(self.pat, world.time.now)
        delivery.settle()


def verify(account: Account, now: datetime) -> None:
    """A review decides to keep somebody."""
    assert isinstance(account.actor, access.Member)
    before = accounts.membership(account.actor.organization_id, account.mailbox)
    assert before is not None
    planned = Change(access.system("test"), Entry(action="test.verified"), now)
    saving.plan(planned, rosters.roster(before.organization_id), before, statuses.moved(before, "verify", now))
    planned.commit(None)


def shared(account: Account, now: datetime, lasts: timedelta = timedelta(days=30)) -> None:
    """A sign-in seems to be shared: it is noted and marked for so long, and both events leave."""
    assert isinstance(account.actor, access.Member)
    organization_id, ends_at = account.actor.organization_id, now + lasts
    planned = Change(access.system("test"), Entry(action="test.shared"), now)
    noted = Note(user_id=account.user.id, noticed_at=now, raised_at=now, signal=Signal(), ends_at=ends_at)
    planned.put(sharing.note_row(noted))
    mark = Mark(
        organization_id=organization_id, membership_id=account.mailbox, since=now, signal=Signal(), ends_at=ends_at
    )
    planned.put(sharing.mark_row(mark))
    planned.emit("sharing.noticed", user_id=account.user.id)
    planned.emit("sharing.raised", organization_id=organization_id, membership_id=account.mailbox)
    planned.commit(None)


def happens(world: World, name: str, **facts: str) -> None:
    """An event leaves, as with the change that it tells of."""
    planned = Change(access.system("test"), Entry(action="test.happens"), world.time.now)
    planned.emit(name, **facts)  # type: ignore[arg-type]  # ids
    planned.commit(None)
