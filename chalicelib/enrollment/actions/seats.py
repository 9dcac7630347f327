"""Enrollment approves a backup for the vacant seat (ORG-4, S-AZ-07)."""

from datetime import datetime

import msgspec

from chalicelib.accounts import counting, foreign
from chalicelib.accounts import store as accounts
from chalicelib.accounts.actions import saving
from chalicelib.accounts.domain import Membership
from chalicelib.accounts.domain.roster import Roster, vacated
from chalicelib.accounts.store import rosters
from chalicelib.core.access import Staff
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, Forbidden, NotFound, Stale
from chalicelib.core.journal import Entry
from chalicelib.core.outrun import Outrun, until_kept
from chalicelib.core.tables import DirectoryRows
from chalicelib.enrollment.domain import seats as rules
from chalicelib.enrollment.domain.seats import SeatState
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """A practice's seat, and who could fill it."""

    state: SeatState
    holder: Membership | None
    """Who sits in it, or to whom it was promised."""
    candidates: list[Membership]
    own: bool
    """Whether whoever looks is of that practice, so that it is for others."""


class _Read(msgspec.Struct, frozen=True):
    organization: Organization
    roster: Roster
    people: dict[str, Membership]
    """As they count now, by id."""
    of_plan: frozenset[str]
    """Ids of those among them who work for the plan, so that nobody seats them (S-AZ-07)."""
    own: bool

    @property
    def eligible(self) -> list[Membership]:
        return [one for one in self.people.values() if one.id not in self.of_plan]

    @property
    def sits(self) -> Membership | None:
        return self.people.get(self.roster.seat or "")


def seat(actor: Staff, organization_id: str, now: datetime) -> Seat:
    """The seat of a practice as it is now. Raises NotFound."""
    read = _read(actor, organization_id, None, now)
    promised = read.roster.handover.membership_id if read.roster.handover is not None else None
    return Seat(
        state=rules.state(read.roster, read.sits),
        holder=read.people.get(promised) if promised is not None else read.sits,
        candidates=rules.candidates(read.organization, read.eligible),
        own=read.own,
    )


def approve(actor: Staff, organization_id: str, membership_id: str, now: datetime) -> Seat:
    """Put a backup into the vacant seat, and tell the practice and the plan of it. Returns the seat then.

    Raises NotFound, Forbidden `of_organization`, what `seats.seated` raises, Conflict `nominee_is_staff` for a backup
    who works for the plan, and `changed_meanwhile`: of two at once one wins.
    """
    return until_kept(lambda: _approve(actor, organization_id, membership_id, now))


def _approve(actor: Staff, organization_id: str, membership_id: str, now: datetime) -> Seat:
    read = _read(actor, organization_id, membership_id, now)
    backup = read.people.get(membership_id)
    if backup is None:
        raise NotFound
    if read.own:
        raise Forbidden("of_organization")
    after = rules.seated(read.organization, read.roster, read.sits, backup)
    entry = Entry(
        action="administrators.seat_approved",
        object_id=backup.id,
        organization_id=organization_id,
        before=saving.facts(backup),
        after=saving.facts(after),
    )
    planned = Change(actor, entry, now)
    # Whose seat it was may count as removed already, though no job has looked.
    after = saving.plan(planned, vacated(read.roster), backup, after)
    planned.check(plan.StaffRow(*plan.staff_key(backup.user_id)), plan.not_of_plan(), Conflict("nominee_is_staff"))
    foreign.require(planned, organization_id, actor.id)
    organizations.require_open(planned, organization_id, Outrun())
    planned.emit("administrators.changed", organization_id=organization_id, membership_id=backup.id)
    try:
        planned.commit(None)
    except Stale as refusal:
        # Nobody was shown a version; how the member is now says what it means.
        raise Outrun from refusal
    others = [one for one in read.eligible if one.id != backup.id]
    return Seat(state="taken", holder=after, candidates=rules.candidates(read.organization, others), own=False)


def _read(actor: Staff, organization_id: str, membership_id: str | None, now: datetime) -> _Read:
    claim_key = accounts.claim_key(organization_id, actor.id)
    keys = [organizations.organization_key(organization_id), rosters.key(organization_id), claim_key]
    rows = DirectoryRows(keys)
    try:
        organization = organizations.organization_among(rows, organization_id)
    except organizations.OrganizationRow.DoesNotExist:
        raise NotFound from None
    roster = rosters.among(rows, organization_id)
    ids = set(roster.backups)
    ids |= {roster.seat} if roster.seat is not None else set()
    ids |= {roster.handover.membership_id} if roster.handover is not None else set()
    ids |= {membership_id} if membership_id is not None else set()
    found = accounts.memberships_by_id(organization_id, sorted(ids)).values()
    own = rows.get(accounts.MemberClaimRow, claim_key) is not None
    around = DirectoryRows([*counting.keys(found), *(plan.staff_key(one.user_id) for one in found)])
    people = {one.id: one for one in counting.among(around, found, now)}
    of_plan = frozenset(one.id for one in found if _works_for_plan(around, one.user_id))
    return _Read(organization, roster, people, of_plan, own)


def _works_for_plan(rows: DirectoryRows, user_id: str) -> bool:
    row = rows.get(plan.StaffRow, plan.staff_key(user_id))
    return row is not None and plan.staff_from_row(row).belongs
