"""The local administrator's seat changes hands (ORG-5)."""

from datetime import datetime

import msgspec

from chalicelib.accounts import counting, store
from chalicelib.accounts.actions import newcomers, saving
from chalicelib.accounts.actions.newcomers import NewMember
from chalicelib.accounts.domain import Membership, User, may_act, rights, statuses
from chalicelib.accounts.domain import roster as rosters
from chalicelib.accounts.domain.roster import FormerBecomes, Roster
from chalicelib.accounts.store import rosters as roster_store
from chalicelib.core.access import Member
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, Forbidden, NotFound
from chalicelib.core.journal import Entry
from chalicelib.core.outrun import Outrun
from chalicelib.core.tables import DirectoryRows
from chalicelib.core.texts import Language
from chalicelib.organizations import store as organizations


class Administered(msgspec.Struct, frozen=True):
    """The roster after a change, and those of its people who are known by it, by id."""

    roster: Roster
    people: dict[str, Membership]


def hand_over(actor: Member, membership_id: str, becomes: FormerBecomes, now: datetime) -> Administered:
    """Give the seat to another member: now if they are active, else when they become so.

    Raises NotFound, Forbidden `own_account` or `seat_required`, Conflict `status_<status>`, `decided_by_plan`.
    """
    id_ = actor.organization_id
    ids = (actor.membership_id, membership_id)
    rows = DirectoryRows([roster_store.key(id_), *(store.membership_key(id_, one) for one in ids)])
    roster = roster_store.among(rows, id_)
    if roster.seat != actor.membership_id:
        raise Forbidden("seat_required")
    rosters.require_undecided(roster)
    former, successor = (store.membership_among(rows, id_, one) for one in ids)
    if former is None or successor is None:
        raise NotFound
    rights.require_other(actor, successor)
    (successor,) = counting.counting([successor], now)
    if may_act(successor):
        planned = Change(actor, _handed_over(former, successor, becomes), now)
        roster, people = _move_seat(planned, roster, former, (successor, successor), becomes)
    else:
        promised = rosters.handing_over(roster, actor.membership_id, successor, becomes)
        entry = Entry(action="administrators.handover_planned", object_id=successor.id)
        planned = Change(actor, entry, now)
        saving.plan_roster(planned, roster, promised)
        _require_still(planned, successor)
        roster, people = promised, [former, successor]
    planned.commit(None)
    return Administered(roster, {membership.id: membership for membership in people})


def hand_over_to_new(
    actor: Member, new: NewMember, becomes: FormerBecomes, language: Language, now: datetime
) -> Administered:
    """Invite a new person for the seat, which moves when they register (ORG-5). They get nothing else by it.

    Asked again it answers the promise that stands. Raises Forbidden `seat_required`, Conflict `decided_by_plan`, and as
    creating an account does.
    """
    found = newcomers.find(actor.organization_id, new)
    if found.roster.seat != actor.membership_id:
        raise Forbidden("seat_required")
    rosters.require_undecided(found.roster)
    promised = found.roster.handover
    if promised is not None and found.user_id is not None:
        waiting = store.membership(actor.organization_id, promised.membership_id)
        if waiting is not None and waiting.user_id == found.user_id and promised.former_becomes == becomes:
            return Administered(found.roster, {waiting.id: waiting})
    user, membership = newcomers.invited(found, new, language, now)
    seen = rosters.seen(found.roster, membership)
    after = rosters.handing_over(seen, actor.membership_id, membership, becomes)
    planned = Change(actor, newcomers.created(membership), now)
    planned.record(Entry(action="administrators.handover_planned", object_id=membership.id))
    newcomers.plan_newcomer(planned, found.roster, user, membership, after)
    planned.commit(None)
    return Administered(after, {membership.id: membership})


def cancel_handover(actor: Member, now: datetime) -> Administered:
    """Take back a handover that waits for the successor.

    Raises Forbidden `seat_required`, Conflict `decided_by_plan`.
    """
    roster = roster_store.roster(actor.organization_id)
    if roster.seat != actor.membership_id:
        raise Forbidden("seat_required")
    if roster.handover is None:
        return Administered(roster, {})
    rosters.require_undecided(roster)
    entry = Entry(action="administrators.handover_cancelled", object_id=roster.handover.membership_id)
    planned = Change(actor, entry, now)
    after = rosters.without_handover(roster)
    saving.plan_roster(planned, roster, after)
    planned.commit(None)
    return Administered(after, {})


def accept(planned: Change, before: Membership, person: User, roster: Roster | None = None) -> Membership:
    """Plan that a person accepts a membership by registering or signing in; a seat that waited for them moves too.

    `person`: as they are from now on. `roster` is that of the organization, where it was read already.
    Raises Conflict `status_<status>` unless it waits for them; so does the commit when the organization has ended, and
    Outrun when somebody changed the roster, as the seat may have been promised to them since.
    """
    organizations.require_open(planned, before.organization_id, Conflict())
    roster = roster or roster_store.roster(before.organization_id)
    after = _named(statuses.moved(statuses.as_of(before, planned.now), "complete", planned.now), person)
    planned.record(
        Entry(
            action="member.accepted",
            object_id=before.id,
            organization_id=before.organization_id,
            before=saving.facts(before),
            after=saving.facts(after),
        )
    )
    planned.emit("member.accepted", organization_id=before.organization_id, membership_id=before.id)
    if roster.handover is not None and roster.handover.membership_id == before.id:
        former = store.membership(roster.organization_id, roster.seat) if roster.seat else None
        if former is None:
            return _take_vacant(planned, roster, before, after)
        planned.record(_handed_over(former, after, roster.handover.former_becomes))
        _, (_, seated) = _move_seat(planned, roster, former, (before, after), roster.handover.former_becomes)
        return seated
    after = saving.plan(planned, roster, before, after)
    saving.require_roster(planned, roster, Outrun())
    if rosters.is_administrator(after.role):
        planned.emit("administrators.changed", organization_id=before.organization_id, membership_id=before.id)
    return after


def _take_vacant(planned: Change, roster: Roster, before: Membership, after: Membership) -> Membership:
    """Plan that somebody sits down in a seat that was promised to them, and that was left meanwhile (ORG-1, ORG-4)."""
    seated = msgspec.structs.replace(after, role="local_administrator")
    planned.record(
        Entry(
            action="administrators.handed_over",
            object_id=before.id,
            organization_id=before.organization_id,
            before={"seat": None},
            after={"seat": before.id},
        )
    )
    planned.emit("administrators.changed", organization_id=roster.organization_id, membership_id=before.id)
    return saving.plan(planned, rosters.without_handover(roster), before, seated)


def _move_seat(
    planned: Change,
    roster: Roster,
    former: Membership,
    succession: tuple[Membership, Membership],
    becomes: FormerBecomes,
) -> tuple[Roster, list[Membership]]:
    """Plan both changes; the successor's is from how they were to how they are, but for the role."""
    before, successor = succession
    left, seated = rosters.handed_over(former, successor, becomes)
    made = saving.plan_both(planned, roster, (former, left), (before, seated))
    planned.emit("administrators.changed", organization_id=roster.organization_id, membership_id=successor.id)
    return made


def _handed_over(former: Membership, successor: Membership, becomes: FormerBecomes) -> Entry:
    """What the audit record tells of the seat: from whom to whom (AUD-1)."""
    return Entry(
        action="administrators.handed_over",
        object_id=successor.id,
        organization_id=successor.organization_id,
        before={"seat": former.id},
        after={"seat": successor.id, "former_becomes": becomes},
    )


def _named(membership: Membership, person: User) -> Membership:
    return msgspec.structs.replace(membership, name=person.name, email=person.email)


def _require_still(planned: Change, membership: Membership) -> None:
    row = store.MembershipRow(*store.membership_key(membership.organization_id, membership.id))
    planned.check(row, store.MembershipRow.epoch == membership.epoch)
