"""Two of enrollment change a practice's TIN, close it, or merge it into another one (ORG-9, S-AZ-07).

The first proposes, somebody else confirms. What it stands on is required as it was read in the confirming transaction:
the practices, the first person's place at the plan, and that neither of the two is of a practice that it concerns.
"""

from datetime import datetime

import msgspec

from chalicelib.accounts import counting, foreign
from chalicelib.accounts.actions import saving
from chalicelib.accounts.domain.roster import Roster
from chalicelib.accounts.store import rosters
from chalicelib.core.access import Staff
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, FieldError, Invalid, NotFound, Stale
from chalicelib.core.journal import Entry, Facts
from chalicelib.core.outrun import Outrun, until_kept
from chalicelib.core.tables import DirectoryRows
from chalicelib.enrollment import open_changes
from chalicelib.enrollment.actions import closing, lapsing, nominations, waves
from chalicelib.enrollment.domain import changes as rules
from chalicelib.enrollment.domain import nominations as nomination_rules
from chalicelib.enrollment.domain import organizations as organization_rules
from chalicelib.enrollment.domain.changes import KINDS, Kind, Proposal
from chalicelib.enrollment.open_changes import ProposalView
from chalicelib.enrollment.store import changes as store
from chalicelib.enrollment.store import nominations as nomination_store
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import StaffMember


class _Case(msgspec.Struct, frozen=True):
    organization: Organization
    kept: Proposal | None
    """What is kept of the kind, whether or not it still counts."""
    into: Organization | None
    roster: Roster | None
    """Of the practice that it merges into."""


def propose(actor: Staff, organization_id: str, kind: Kind, tin: str, into: str | None, now: datetime) -> ProposalView:
    """Propose a change as the first of two. Returns it as it then waits for the second.

    Raises NotFound, Forbidden `of_organization`, Invalid naming what is wrong, Conflict `organization_closed`,
    `change_proposed` while another one of the kind waits.
    """
    return until_kept(lambda: _propose(actor, organization_id, kind, tin, into, now))


def confirm(
    actor: Staff, organization_id: str, kind: Kind, seen: str, now: datetime, *, tin_matches: bool = False
) -> None:
    """Confirm what somebody else proposed; then it is done. `seen` is the digest of what was shown.

    Raises NotFound, Forbidden `second_person_required`, `of_organization`, Conflict `changed_meanwhile`, `tin_taken`,
    `organization_closed`, `target_closed`, `target_without_administrator`.
    """
    until_kept(lambda: _confirm(actor, organization_id, kind, seen, now, tin_matches=tin_matches))


def withdraw(actor: Staff, organization_id: str, kind: Kind, now: datetime) -> None:
    """Take a proposal back, one's own or for somebody who can't. Raises NotFound, Forbidden `of_organization`."""
    rows = DirectoryRows([store.key(organization_id, kind)])
    before = store.among(rows, organization_id, kind)
    if before is None:
        raise NotFound
    planned = Change(actor, _entry("organization.change_withdrawn", before), now)
    store.plan(planned, before, None, NotFound())
    for id_ in _concerned(before):
        foreign.require(planned, id_, actor.id)
    planned.commit(None)


def _read(organization_id: str, kind: Kind, into: str | None) -> _Case:
    keys = [organizations.organization_key(organization_id), store.key(organization_id, kind)]
    rows = DirectoryRows(keys + _keys(into))
    kept = store.among(rows, organization_id, kind)
    if organizations.find_among(rows, organization_id) is None:
        raise NotFound
    target = into or (kept.into if kept is not None else None)
    found = rows if into == target else DirectoryRows(_keys(target))
    return _Case(
        organization=organizations.organization_among(rows, organization_id),
        kept=kept,
        into=None if target is None else organizations.find_among(found, target),
        roster=None if target is None else rosters.among(found, target),
    )


def _keys(into: str | None) -> list[tuple[str, str]]:
    return [] if into is None else [organizations.organization_key(into), rosters.key(into)]


def _propose(actor: Staff, organization_id: str, kind: Kind, tin: str, into: str | None, now: datetime) -> ProposalView:
    case = _read(organization_id, kind, into)
    organization, kept = case.organization, case.kept
    organization_rules.require_open(organization)
    errors = _wrong(case, kind, organization_rules.tin_of(tin), now)
    if errors:
        raise Invalid(fields=tuple(errors))
    if kept is not None:
        target = organizations.find(kept.into) if kept.into is not None else None
        if open_changes.first_place(kept, organization, target, now) is not None:
            raise Conflict("change_proposed")
    made = Proposal(
        kind=kind,
        organization_id=organization_id,
        by=actor.id,
        by_name=actor.name,
        at=now,
        tin=organization_rules.tin_of(tin),
        into=into,
        facts=rules.facts(organization, case.into),
    )
    planned = Change(actor, _entry("organization.change_proposed", made), now)
    store.plan(planned, kept, made, Outrun())
    lapsing.arm(planned, made)
    organizations.require_open(planned, organization_id)
    for id_ in _concerned(made):
        foreign.require(planned, id_, actor.id)
    return planned.commit(open_changes.view(made, case.into, actor.id))


def _wrong(case: _Case, kind: Kind, tin: str, now: datetime) -> list[FieldError]:
    if kind == "tin":
        errors = organization_rules.check_tin(tin)
        if not errors and tin == case.organization.tin:
            return [FieldError("/tin", "same_tin")]
        taken = not errors and organizations.organization_id_of(tin) is not None
        return [FieldError("/tin", "tin_taken")] if taken else errors
    if kind == "merge":
        return rules.check_merger(case.organization, case.into, has_administrator=_has_administrator(case, now))
    return []


def _has_administrator(case: _Case, now: datetime) -> bool:
    if case.roster is None:
        return False
    id_ = case.roster.organization_id
    return bool(counting.acting([(id_, one) for one in sorted(case.roster.active)], now))


def _confirm(actor: Staff, organization_id: str, kind: Kind, seen: str, now: datetime, *, tin_matches: bool) -> None:
    case = _read(organization_id, kind, None)
    proposal = case.kept
    if proposal is None:
        raise NotFound
    rules.require_second(proposal, actor.id)
    organization_rules.require_open(case.organization)
    _require_target(case, now)
    place = open_changes.first_place(proposal, case.organization, case.into, now)
    if place is None or rules.seen(proposal) != seen:
        raise Conflict
    planned = Change(actor, _entry("organization.change_confirmed", proposal, first=proposal.by), now)
    _require_two(planned, actor, proposal, place)
    if kind == "tin":
        _plan_tin(planned, case.organization, proposal, tin_matches=tin_matches)
    else:
        _plan_end(planned, case, proposal)
    try:
        planned.commit(None)
    except Stale:
        # Something else about the practice was edited: what was confirmed is looked at anew.
        raise Outrun from None


def _require_target(case: _Case, now: datetime) -> None:
    """Where a practice merges into is open, and somebody acts there (ORG-9)."""
    if case.kept is None or case.kept.kind != "merge":
        return
    if case.into is None or case.into.closed:
        raise Conflict("target_closed")
    if not _has_administrator(case, now):
        raise Conflict("target_without_administrator")


def _require_two(planned: Change, actor: Staff, proposal: Proposal, place: StaffMember) -> None:
    """Both are of enrollment, and nobody of the practices, when it is done."""
    row = plan_store.StaffRow(*plan_store.staff_key(proposal.by))
    planned.check(row, plan_store.still_staff(place), Outrun())
    for id_ in _concerned(proposal):
        for user_id in (actor.id, proposal.by):
            foreign.require(planned, id_, user_id)


def _plan_tin(planned: Change, before: Organization, proposal: Proposal, *, tin_matches: bool) -> None:
    after = msgspec.structs.replace(before, tin=proposal.tin, tin_verified=tin_matches)
    organizations.plan_edit(planned, before, after)
    organizations.plan_claim(planned, after, Conflict("tin_taken"))
    organizations.plan_free(planned, before)
    store.plan(planned, proposal, None, Outrun())
    planned.emit("organization.enrolled", organization_id=before.id)


def _plan_end(planned: Change, case: _Case, proposal: Proposal) -> None:
    """Plan that it has ended: from that moment on its memberships count as removed, whatever the long work has done."""
    before = case.organization
    if case.into is not None and case.roster is not None:
        organizations.require_open(planned, case.into.id, Conflict("target_closed"))
        saving.require_roster(planned, case.roster)
    waves.plan_move(planned, before, None)
    ended = msgspec.structs.replace(before, closed_at=planned.now, merged_into=proposal.into, wave_id=None)
    organizations.plan_edit(planned, before, ended)
    organizations.plan_free(planned, before)
    rosters.plan_end(planned, rosters.roster(before.id), Outrun())
    _plan_no_nomination(planned, before.id)
    store.plan(planned, proposal, None, Outrun())
    for kind in KINDS:
        if kind != proposal.kind:
            store.plan_forget(planned, before.id, kind)
    closing.plan_start(planned, before.id)
    planned.emit("organization.closed", organization_id=before.id)


def _plan_no_nomination(planned: Change, organization_id: str) -> None:
    """Plan that the open nomination ends, and that none began since it was read; its links open nothing any more."""
    nomination = nomination_store.current(organization_id)
    if nomination is not None and nomination_rules.is_open(nomination):
        nominations.plan_withdraw(planned, nomination, planned.actor.id)
    row = nomination_store.CurrentRow
    same = row.pk.does_not_exist() if nomination is None else row.nomination_id == nomination.id
    planned.check(row(*nomination_store.current_key(organization_id)), same, Outrun())


def _concerned(proposal: Proposal) -> list[str]:
    """Ids of the practices that it is about."""
    return [proposal.organization_id, *([proposal.into] if proposal.into is not None else [])]


def _entry(action: str, proposal: Proposal, **facts: str) -> Entry:
    """What the audit record tells: no number, no name."""
    told: Facts = {"kind": proposal.kind, "into": proposal.into, **facts}
    return Entry(
        action=action,
        object_id=proposal.organization_id,
        organization_id=proposal.organization_id,
        after={**told, **({"tin_changed": True} if proposal.kind == "tin" else {})},
    )
