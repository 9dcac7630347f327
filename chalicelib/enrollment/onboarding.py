"""How far one practice has come aboard, as it counts in this moment (ORG-1, ORG-3, ORG-4).

Read strongly and worked out anew each time: what one practice's page shows and what the lists follow.
"""

from datetime import datetime

import msgspec

from chalicelib.accounts import counting, general_users
from chalicelib.accounts import store as accounts
from chalicelib.accounts.domain import Membership, Status
from chalicelib.accounts.domain import roster as rosters
from chalicelib.accounts.domain.roster import Roster, RosterWarning
from chalicelib.accounts.store import history, listing
from chalicelib.accounts.store import rosters as roster_store
from chalicelib.core.access import Role
from chalicelib.core.tables import DirectoryRows
from chalicelib.enrollment.domain import standing
from chalicelib.enrollment.domain.nominations import Nomination
from chalicelib.enrollment.domain.standing import Lack, Seen
from chalicelib.enrollment.store import nominations
from chalicelib.organizations.domain import Organization

# Entries of a history among which one looks for when somebody registered.
_MOST_ENTRIES = 50


class OnboardingAdministrator(msgspec.Struct, frozen=True, kw_only=True):
    """One of those who run a practice's accounts, or are to."""

    id: str
    name: str
    email: str
    role: Role
    status: Status
    invitation_ends_at: datetime | None
    """When the mailed link of somebody who has not registered ends or ended."""


class Onboarding(msgspec.Struct, frozen=True, kw_only=True):
    """How far a practice is. The first instants are those of its newest nomination; null for what has not happened."""

    lacks: Lack
    form_sent_at: datetime | None = None
    opened_at: datetime | None = None
    signed_at: datetime | None = None
    verified_at: datetime | None = None
    invited_at: datetime | None = None
    """When the nomination was approved."""
    registered_at: datetime | None = None
    """When whom it invited or seated first came in."""
    backup_enrolled: bool
    """Whether a backup administrator is active."""
    backup_invited: bool
    """Whether one holds a live invitation."""
    first_users: bool
    """Whether a general user is active."""
    administrators: list[OnboardingAdministrator]
    roster_warnings: list[RosterWarning]
    without_administrator: bool
    """Whether there was an administrator, and none acts."""


def onboarding(organization: Organization, now: datetime) -> Onboarding:
    """How far an organization is at `now`: a dozen strong reads, and a query of its administrators."""
    seen = look(organization, now, users=True)
    people = _administrators(organization.id, seen, now)
    nomination = seen.nomination
    instants = {} if nomination is None else _instants(nomination)
    lacks = standing.first_lack(seen, now)
    return Onboarding(
        lacks=lacks,
        **instants,
        registered_at=_registered_at(nomination, people),
        backup_enrolled=bool(seen.roster.backups),
        backup_invited=any(now < ends for ends in seen.roster.invited_backups.values()),
        first_users=seen.has_users,
        administrators=[_administrator(one) for one in people if one.status not in ("removed", "rejected")],
        roster_warnings=[] if organization.closed else rosters.warnings(seen.roster, now),
        without_administrator=lacks == "without_administrator",
    )


def look(organization: Organization, now: datetime, *, users: bool = False) -> Seen:
    """What decides how far an organization is. Its users are looked for where that depends on them, or with `users`."""
    id_ = organization.id
    rows = DirectoryRows([roster_store.key(id_), nominations.current_key(id_)])
    roster = roster_store.among(rows, id_)
    current = nominations.current_id_among(rows, id_)
    acting = counting.acting([(id_, one) for one in sorted(roster.active)], now)
    seen = Seen(
        organization=organization,
        nomination=None if current is None else nominations.nomination(id_, current),
        roster=_counting(roster, acting),
        administered=bool(roster.active) or bool(roster_store.marked([id_])),
        has_users=True,
    )
    decides = users or standing.first_lack(seen, now) == "complete"
    return msgspec.structs.replace(seen, has_users=general_users.any_active(id_, now)) if decides else seen


def _counting(roster: Roster, acting: frozenset[str]) -> Roster:
    """The roster without those whom a clock took that no job has looked at yet."""
    return msgspec.structs.replace(roster, active=roster.active & acting, backups=roster.backups & acting)


def _administrators(organization_id: str, seen: Seen, now: datetime) -> list[Membership]:
    """Everybody who has an administrator's role, or is to have the seat, as they count; the seat first, then by name.

    The index may lag by moments, so whom the roster knows is read besides.
    """
    roster = seen.roster
    ids = {one.id for one in listing.administrators(organization_id)}
    ids |= roster.active | roster.backups | set(roster.invited_backups)
    ids |= {roster.seat} if roster.seat else set()
    ids |= {roster.handover.membership_id} if roster.handover else set()
    approved = seen.nomination.membership_id if seen.nomination else None
    ids |= {approved} if approved else set()
    found = counting.counting(accounts.memberships_by_id(organization_id, sorted(ids)).values(), now)
    promised = roster.handover.membership_id if roster.handover else None
    wanted = [one for one in found if rosters.is_administrator(one.role) or one.id in (promised, approved)]
    return sorted(wanted, key=lambda one: (one.role != "local_administrator", one.name.casefold(), one.id))


def _administrator(one: Membership) -> OnboardingAdministrator:
    return OnboardingAdministrator(
        id=one.id,
        name=one.name,
        email=one.email,
        role=one.role,
        status=one.status,
        invitation_ends_at=one.invitation_ends_at if one.status == "unverified" else None,
    )


def _instants(nomination: Nomination) -> dict[str, datetime | None]:
    verified = nomination.verification
    matched = verified is not None and verified.tin_matches and verified.npis_match
    return {
        "form_sent_at": nomination.sent_at,
        "opened_at": nomination.opened_at,
        "signed_at": nomination.signed_at,
        "verified_at": verified.at if verified is not None and matched else None,
        "invited_at": nomination.decided_at if nomination.state == "approved" else None,
    }


def _registered_at(nomination: Nomination | None, people: list[Membership]) -> datetime | None:
    """When whom a nomination invited came in: their history tells it, as later reviews move what the membership has."""
    approved = nomination.membership_id if nomination is not None else None
    found = next((one for one in people if one.id == approved), None)
    if nomination is None or found is None or not found.accepted:
        return None
    keys = history.newest_keys(found.id, found.entries, _MOST_ENTRIES)
    entries = history.among(DirectoryRows(keys), keys) if keys else []
    came = [entry.at for entry in entries for change in entry.changes if _came_in(change)]
    # Whoever was active already is simply seated.
    return min(came, default=nomination.decided_at)


def _came_in(change: history.Changed) -> bool:
    return change.field == "status" and change.before == "unverified" and change.after == "active"
