"""How far a practice has come aboard, and what it still lacks (ORG-1, ORG-2, ORG-3)."""

from datetime import datetime, timedelta, tzinfo
from typing import Literal, get_args

import msgspec

from chalicelib.accounts.domain.roster import Roster, has_backup
from chalicelib.enrollment.domain import daytime
from chalicelib.enrollment.domain.nominations import Nomination, NominationState
from chalicelib.organizations.domain import Organization

Lack = Literal[
    "not_sent",
    "not_reached",
    "to_verify",
    "not_registered",
    "without_administrator",
    "no_backup",
    "no_users",
    "complete",
    "closed",
]
"""The first thing that a practice lacks. `not_sent`: no form went out. `not_reached`: one is out, or ended unsigned.
`to_verify`: signed. `not_registered`: approved, and the administrator has not registered. `without_administrator`:
there was one, and none acts. Then a backup, then a general user."""
LACKS: tuple[Lack, ...] = get_args(Lack)
CHASED: tuple[Lack, ...] = ("no_backup", "no_users")
"""What practices are chased for (ORG-3)."""
_BY_NOMINATION: dict[NominationState, Lack] = {
    "sent": "not_reached",
    "returned": "not_reached",
    "signed": "to_verify",
    "approved": "not_registered",
    "withdrawn": "not_sent",
}

CHASE_DAYS = (7, 21)
"""How long after the lack began practices without a backup, or without users, are chased by mail (ORG-3)."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """An organization's place on the lists of enrollment; follows what happens within moments."""

    organization_id: str
    name: str
    tin: str
    wave_id: str | None = None
    lacks: Lack
    since: datetime
    """When this lack was first seen."""
    chased: int = 0
    """The longest of CHASE_DAYS that the practice was chased for in this lack."""
    look_at: datetime | None = None
    """When it is looked at again although nothing happens: a timer stands there until then."""
    version: int = 0


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What decides how far a practice is, as it counts at a moment."""

    organization: Organization
    nomination: Nomination | None
    roster: Roster
    """As it counts: without whom a clock took that no job has looked at yet."""
    administered: bool
    """Whether there ever was an administrator who acted."""
    has_users: bool
    """Whether a general user is active."""


def first_lack(seen: Seen, now: datetime) -> Lack:
    """The first thing that a practice lacks at `now` (ORG-1, ORG-3, ORG-4)."""
    if seen.organization.closed:
        return "closed"
    if not seen.administered:
        return "not_sent" if seen.nomination is None else _BY_NOMINATION[seen.nomination.state]
    if not seen.roster.active:
        return "without_administrator"
    if not has_backup(seen.roster, now):
        return "no_backup"
    return "complete" if seen.has_users else "no_users"


def following(before: Standing | None, seen: Seen, zone: tzinfo, now: datetime) -> Standing:
    """An organization's place after a look at it; the same as before when nothing is different.

    A lack that goes on keeps since when, and what was told for it; another one begins now.
    """
    lacks = first_lack(seen, now)
    goes_on = before is not None and before.lacks == lacks
    after = Standing(
        organization_id=seen.organization.id,
        name=seen.organization.name,
        tin=seen.organization.tin,
        wave_id=seen.organization.wave_id,
        lacks=lacks,
        since=before.since if before is not None and goes_on else now,
        chased=before.chased if before is not None and goes_on else 0,
        version=before.version if before is not None else 0,
    )
    stands = before.look_at if before is not None else None
    return msgspec.structs.replace(after, look_at=_look_at(after, stands, seen.roster, zone, now))


def chase_due(standing: Standing, zone: tzinfo, now: datetime) -> int | None:
    """For how many days of its lack a practice is to be chased at `now`: the last that have passed, once (ORG-3)."""
    if standing.lacks not in CHASED:
        return None
    passed = [days for days in CHASE_DAYS if chase_at(standing, days, zone) <= now]
    return passed[-1] if passed and passed[-1] > standing.chased else None


def chase_at(standing: Standing, days: int, zone: tzinfo) -> datetime:
    """When a practice is chased for so many days of its lack: not at night (ORG-3)."""
    return daytime.by_day(standing.since + timedelta(days=days), zone)


def _look_at(
    standing: Standing, stands: datetime | None, roster: Roster, zone: tzinfo, now: datetime
) -> datetime | None:
    """When to look without being called: to chase, and when a backup's invitation ends (ORG-3).

    `stands`: where a timer stands already; one that stands too early costs a look, and none is lost.
    """
    dues: list[datetime] = []
    if standing.lacks in CHASED:
        dues += [chase_at(standing, days, zone) for days in CHASE_DAYS if days > standing.chased]
    if standing.lacks != "closed":
        dues += roster.invited_backups.values()
    due = min((at for at in dues if at > now), default=None)
    if stands is not None and stands > now and (due is None or stands <= due):
        return stands
    return due
