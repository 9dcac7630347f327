"""Enrollment sends the registration email again to administrators who have not registered (ORG-1, S-AZ-07)."""

from datetime import datetime

import msgspec

from chalicelib.accounts import foreign
from chalicelib.accounts import store as accounts
from chalicelib.accounts.actions import saving
from chalicelib.accounts.domain import Membership, statuses
from chalicelib.accounts.domain import roster as rules
from chalicelib.accounts.domain.roster import Roster
from chalicelib.accounts.store import rosters
from chalicelib.core.access import Staff
from chalicelib.core.change import Change
from chalicelib.core.errors import NotFound, Stale
from chalicelib.core.journal import Entry
from chalicelib.core.outrun import Outrun, until_kept
from chalicelib.core.tables import DirectoryRows
from chalicelib.enrollment.domain import organizations as organization_rules
from chalicelib.organizations import store as organizations


class Invitation(msgspec.Struct, frozen=True):
    """What is mailed."""

    ends_at: datetime
    """When the new link ends."""


def send_again(actor: Staff, organization_id: str, membership_id: str, now: datetime) -> Invitation:
    """Invite an administrator of a practice anew; their earlier links end with it.

    Raises NotFound for whoever isn't to administer that practice, Conflict `organization_closed`, `status_<status>`
    for whoever has registered, Forbidden `of_organization`.
    """
    return until_kept(lambda: _send_again(actor, organization_id, membership_id, now))


def _send_again(actor: Staff, organization_id: str, membership_id: str, now: datetime) -> Invitation:
    organization_key, roster_key = organizations.organization_key(organization_id), rosters.key(organization_id)
    rows = DirectoryRows([organization_key, roster_key, accounts.membership_key(organization_id, membership_id)])
    organization = organizations.find_among(rows, organization_id)
    before = accounts.membership_among(rows, organization_id, membership_id)
    roster = rosters.among(rows, organization_id)
    if organization is None or before is None or not _administers(roster, before):
        raise NotFound
    organization_rules.require_open(organization)
    after = statuses.invited_again(before, now)
    entry = Entry(action="member.invited_again", object_id=before.id, organization_id=organization_id)
    planned = Change(actor, entry, now)
    # Of a backup the roster keeps when the invitation ends (ORG-3).
    after = saving.plan(planned, roster, before, after)
    saving.arm_unanswered(planned, after)
    foreign.require(planned, organization_id, actor.id)
    organizations.require_open(planned, organization_id, Outrun())
    planned.emit("member.invited", organization_id=organization_id, membership_id=before.id)
    try:
        return planned.commit(Invitation(now + statuses.INVITATION))
    except Stale as refusal:
        # Nobody was shown a version; whether they still wait to register is looked at anew.
        raise Outrun from refusal


def _administers(roster: Roster, membership: Membership) -> bool:
    """Whether somebody has an administrator's role, or the seat is promised to them (ORG-4, ORG-5)."""
    promised = roster.handover is not None and roster.handover.membership_id == membership.id
    return promised or rules.is_administrator(membership.role)
