"""The local administrator's seat changes hands (ORG-5)."""

from datetime import datetime

import msgspec

from chalicelib.accounts import store
from chalicelib.accounts.actions import saving
from chalicelib.accounts.domain import Membership, may_act, rights, statuses
from chalicelib.accounts.domain import roster as rosters
from chalicelib.accounts.domain.roster import FormerBecomes, Roster
from chalicelib.accounts.store import rosters as roster_store
from chalicelib.core.access import Member
from chalicelib.core.change import Change
from chalicelib.core.errors import Forbidden, NotFound
from chalicelib.core.journal import Entry


def hand_over(actor: Member, membership_id: str, becomes: FormerBecomes, now: datetime) -> None:
    """Give the seat to another member: now if they are active, else when they become so.

    Raises NotFound, Forbidden `own_account` or `seat_required`, Conflict `status_<status>`.
    """
    roster = roster_store.roster(actor.organization_id)
    if roster.seat != actor.membership_id:
        raise Forbidden("seat_required")
    successor = store.membership(actor.organization_id, membership_id)
    if successor is None:
        raise NotFound
    rights.require_other(actor, successor)
    if may_act(successor):
        entry = Entry(action="administrators.handed_over", object_id=successor.id, after={"former_becomes": becomes})
        planned = Change(actor, entry, now)
        _move_seat(planned, roster, successor, successor, becomes)
    else:
        promised = rosters.handing_over(roster, actor.membership_id, successor, becomes)
        entry = Entry(action="administrators.handover_planned", object_id=successor.id)
        planned = Change(actor, entry, now)
        saving.plan_roster(planned, roster, promised)
        _require_still(planned, successor)
    planned.commit(None)


def cancel_handover(actor: Member, now: datetime) -> None:
    """Take back a handover that waits for the successor. Raises Forbidden `seat_required`."""
    roster = roster_store.roster(actor.organization_id)
    if roster.seat != actor.membership_id:
        raise Forbidden("seat_required")
    if roster.handover is None:
        return
    entry = Entry(action="administrators.handover_cancelled", object_id=roster.handover.membership_id)
    planned = Change(actor, entry, now)
    saving.plan_roster(planned, roster, rosters.without_handover(roster))
    planned.commit(None)


def accept(planned: Change, before: Membership, name: str) -> Membership:
    """Plan that a person accepts a membership by registering or signing in; a seat that waited for them moves too.

    Raises Conflict `status_<status>` unless it waits for them.
    """
    roster = roster_store.roster(before.organization_id)
    after = _named(statuses.moved(statuses.as_of(before, planned.now), "complete", planned.now), name)
    planned.record(
        Entry(
            action="member.accepted",
            object_id=before.id,
            organization_id=before.organization_id,
            before=saving.facts(before),
            after=saving.facts(after),
        )
    )
    if roster.handover is not None and roster.handover.membership_id == before.id:
        return _move_seat(planned, roster, before, after, roster.handover.former_becomes)
    after = saving.plan(planned, roster, before, after)
    if rosters.is_administrator(after.role):
        planned.emit("administrators.changed", organization_id=before.organization_id, membership_id=before.id)
    return after


def _move_seat(
    planned: Change, roster: Roster, before: Membership, successor: Membership, becomes: FormerBecomes
) -> Membership:
    former = store.membership(roster.organization_id, roster.seat) if roster.seat else None
    if former is None:
        raise NotFound
    left, seated = rosters.handed_over(former, successor, becomes)
    saving.plan_both(planned, roster, (former, left), (before, seated))
    planned.emit("administrators.changed", organization_id=roster.organization_id, membership_id=successor.id)
    return seated


def _named(membership: Membership, name: str) -> Membership:
    return msgspec.structs.replace(membership, name=name)


def _require_still(planned: Change, membership: Membership) -> None:
    row = store.MembershipRow(*store.membership_key(membership.organization_id, membership.id))
    planned.check(row, store.MembershipRow.epoch == membership.epoch)
