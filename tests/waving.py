"""Practices that come aboard in waves (ORG-2): made as staff make them, and what the clock sent."""

from datetime import datetime, timedelta

from chalicelib.core.access import Staff
from chalicelib.core.timers import Worked
from chalicelib.enrollment.actions import organizations
from chalicelib.enrollment.actions import waves as actions
from chalicelib.enrollment.actions.organizations import NewOrganization
from chalicelib.enrollment.domain.waves import Wave
from chalicelib.enrollment.store import waves as store
from chalicelib.organizations import store as organization_store
from chalicelib.organizations.domain import Organization
from tests import sweeps
from tests.world import Account, World

SEND_IN, END_IN = timedelta(days=7), timedelta(days=60)


def staff(account: Account) -> Staff:
    assert isinstance(account.actor, Staff)
    return account.actor


def enrollment(world: World, name: str = "Enid Fictional") -> Account:
    return world.agent(name, roles=("enrollment",))


def practice(enid: Account, number: int, now: datetime, wave: Wave | None = None, email: str | None = None) -> str:
    """A practice with a chief executive, made by hand; its id."""
    new = NewOrganization(
        name=f"Practice {number:05} of Example",
        tin=f"8{number:08}",
        executive_name="Cleo Fictional",
        executive_email=f"chief{number}@practice.example" if email is None else email,
        wave_id=None if wave is None else wave.id,
    )
    return organizations.create(staff(enid), new, now).id


def wave(enid: Account, now: datetime, name: str = "First wave", sends: timedelta = SEND_IN) -> Wave:
    """A wave that sends in a week."""
    day = now.date()
    return actions.create(staff(enid), name, day + sends, day + END_IN, now)


def kept(of: Wave) -> Wave:
    """A wave as it is now."""
    return actions.existing(of.id)


def by_name(name: str) -> Wave:
    return store.by_name([name])[name]


def members(of: Wave) -> list[str]:
    return store.members(of.id, "", 10_000)


def ended(enid: Account, of: Wave, now: datetime, days: int) -> Wave:
    """A wave with another end, so many days after `now`."""
    version = kept(of).version
    end_on = now.date() + timedelta(days=days)
    return actions.edit(staff(enid), of.id, version, actions.WaveEdit(end_on=end_on), now)


def run(now: datetime) -> Worked:
    """The clock of enrollment at an instant."""
    return sweeps.enrollment(now)


def told(name: str, organization_id: str = "") -> list[dict[str, str]]:
    """What the events of a name say, of one practice or of all."""
    return [fact for fact in sweeps.told(name) if organization_id in ("", fact["organization_id"])]


def sent(organization_id: str) -> int:
    """How often a form went out."""
    return len(told("nomination.sent", organization_id))


def reminded(organization_id: str) -> list[str]:
    """The stages that an executive was reminded of, in order."""
    return [fact["days"] for fact in told("nomination.reminded", organization_id)]


def later(of: Wave, **by: float) -> datetime:
    """An instant after a wave sends."""
    return of.send_at + timedelta(**by)


def organization(organization_id: str) -> Organization:
    return organization_store.organization(organization_id)
