"""How far practices are, as enrollment's lists show it: worked out anew whenever something happened (ORG-1, ORG-2).

What an event says doesn't matter: whoever looks finds how things are. So an event may come twice, in any order, or
weeks late. The row stands on the condition that nobody else wrote it, and whoever wrote it looks once more: what
changed before that is in the second look, and what changes later has an event of its own.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.core import timers
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.errors import Busy
from chalicelib.core.events import Event
from chalicelib.core.journal import Entry
from chalicelib.core.outrun import TRIES, Outrun, until_kept
from chalicelib.enrollment import onboarding
from chalicelib.enrollment.domain import standing as rules
from chalicelib.enrollment.domain.standing import Standing
from chalicelib.enrollment.store import standing as store
from chalicelib.organizations import store as organizations
from chalicelib.plan import store as plan_store

_JOB = system("follow_onboarding")


class Looked(msgspec.Struct, frozen=True):
    """A practice's place as it was kept, and as it is."""

    before: Standing | None
    after: Standing
    zone: ZoneInfo


def follow(event: Event, now: datetime) -> None:
    """Put a practice where it belongs on the lists, since something has happened there."""
    refresh(event.ids["organization_id"], now)


def refresh(organization_id: str, now: datetime) -> None:
    """Put a practice where it belongs on the lists. Nothing is written where it stands there already.

    Raises Busy when it changed faster than it could be followed.
    """
    for _ in range(TRIES):
        if not until_kept(lambda: _refresh(organization_id, now)):
            return
    raise Busy


def look(organization_id: str, now: datetime) -> Looked | None:
    """Where a practice stands on the lists, and where it belongs; None for one that isn't there."""
    # First where it stands: who is outrun between the two fails to write.
    before = store.standing(organization_id)
    organization = organizations.find(organization_id)
    if organization is None:
        return None
    zone = ZoneInfo(plan_store.settings().time_zone)
    seen = onboarding.look(organization, now)
    return Looked(before, rules.following(before, seen, zone, now), zone)


def plan(planned: Change, looked: Looked, after: Standing) -> None:
    """Plan a practice's place, and when it is looked at again. The commit raises Outrun when somebody was faster."""
    store.plan(planned, looked.before, after, Outrun())
    stands = looked.before.look_at if looked.before is not None else None
    if after.look_at is not None and after.look_at != stands:
        timers.arm(planned, timer(after.organization_id, after.look_at))


def timer(organization_id: str, due: datetime) -> timers.Timer:
    """What calls to look at a practice although nothing happens there."""
    return timers.Timer(schedule="enrollment", kind="chase", subject=organization_id, due=due)


def entry(action: str, looked: Looked, after: Standing) -> Entry:
    """What the audit record tells of it."""
    return Entry(
        action=action,
        object_id=after.organization_id,
        organization_id=after.organization_id,
        before={"lacks": looked.before.lacks} if looked.before is not None else {},
        after={"lacks": after.lacks},
    )


def _refresh(organization_id: str, now: datetime) -> bool:
    looked = look(organization_id, now)
    if looked is None or looked.after == looked.before:
        return False
    if looked.before is None and looked.after.lacks == "closed":
        return False
    planned = Change(_JOB, entry("onboarding.listed", looked, looked.after), now)
    plan(planned, looked, looked.after)
    planned.commit(None)
    return True
