"""The helpdesk's cases: opened, confirmed, declined, withdrawn, ended, and the link that follows (CRD-5, S-AUTH-12).

Who may confirm is looked up at every step, and the transaction requires that it is still so: the roster of the
organization, the user's own place and membership, and the actor's (S-AZ-08).
"""

from datetime import datetime

import msgspec

from chalicelib.accounts import counting
from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.domain import User, statuses
from chalicelib.accounts.store import reset_cases, rosters
from chalicelib.accounts.store.reset_cases import OpenCase
from chalicelib.core import access, change, ids, links, timers
from chalicelib.core.access import Member, Staff
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, FieldError, Forbidden, Invalid, NotFound
from chalicelib.core.journal import Entry
from chalicelib.core.tables import DirectoryRows
from chalicelib.organizations import store as organizations
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import StaffMember
from chalicelib.recovery import dossiers
from chalicelib.recovery.domain import cases
from chalicelib.recovery.domain.cases import Case
from chalicelib.recovery.dossiers import CaseView, Dossier
from chalicelib.recovery.store import cases as store


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the helpdesk enters to open a case."""

    user_id: str
    membership_id: str | None
    caller: str
    reason: str


def open_case(actor: Staff, asked: Asked, now: datetime) -> CaseView:
    """Ask whoever may confirm it that a user may be set up again.

    For staff of the plan the case is about their place there, whatever practices they belong to. Raises NotFound,
    Forbidden `own_case`, Conflict `status_<status>` and `case_open`, Invalid naming `/membership_id`.
    """
    if asked.user_id == actor.id:
        raise Forbidden("own_case")
    case, found = _new(actor, asked, now)
    planned = Change(actor, _entry("reset_case.opened", case), now)
    planned.create(store.row(case))
    planned.put(store.of_user_row(case), store.no_other(now), Conflict("case_open"))
    listed = _listed(case)
    planned.create(reset_cases.of_plan(listed))
    if case.organization_id is not None:
        planned.create(reset_cases.of_organization(listed))
        planned.emit(
            "reset_case.opened",
            case_id=case.id,
            organization_id=case.organization_id,
            membership_id=case.membership_id or "",
        )
    # Whoever calls may not be who they say: the person hears of it before anything is given (S-AUTH-15).
    planned.emit("recovery.started", user_id=case.user_id)
    timers.arm(planned, _timer(case))
    return planned.commit(dossiers.view(found, actor))


def _new(actor: Staff, asked: Asked, now: datetime) -> tuple[Case, Dossier]:
    pointer_key = accounts_store.pointer_key(asked.user_id, asked.membership_id or "")
    rows = DirectoryRows([accounts_store.user_key(asked.user_id), plan_store.staff_key(asked.user_id), pointer_key])
    row = rows.get(accounts_store.UserRow, accounts_store.user_key(asked.user_id))
    if row is None:
        raise NotFound
    user = accounts_store.user_from_row(row)
    staff_row = rows.get(plan_store.StaffRow, plan_store.staff_key(user.id))
    place = plan_store.staff_from_row(staff_row) if staff_row is not None else None
    case = Case(
        id=ids.sortable("rca", now),
        code=f"{ids.letters(4)}-{ids.letters(4)}",
        user_id=user.id,
        name=user.name,
        email=user.email,
        caller=asked.caller,
        reason=asked.reason,
        opened_by=actor.id,
        opened_by_name=actor.name,
        opened_at=now,
        ends_at=now + cases.LASTS,
    )
    if place is not None and place.belongs:
        if asked.membership_id is not None:
            raise Invalid(fields=(FieldError("/membership_id", "plan_confirms"),))
        found = Dossier(case=case, user=user, organization=None, roster=None, membership=None, place=place)
        return case, found
    pointer = rows.get(accounts_store.MembershipOfUserRow, pointer_key)
    return _of_member(actor, asked, case, user, place, pointer, now)


def _of_member(
    actor: Staff,
    asked: Asked,
    case: Case,
    user: User,
    place: StaffMember | None,
    pointer: accounts_store.MembershipOfUserRow | None,
    now: datetime,
) -> tuple[Case, Dossier]:
    if asked.membership_id is None:
        if place is not None:
            raise Conflict(f"status_{place.status}")
        raise Invalid(fields=(FieldError("/membership_id", "required"),))
    if pointer is None:
        raise NotFound
    organization_id = pointer.organization_id
    membership_key = accounts_store.membership_key(organization_id, asked.membership_id)
    claim_key = accounts_store.claim_key(organization_id, actor.id)
    organization_key, roster_key = organizations.organization_key(organization_id), rosters.key(organization_id)
    rows = DirectoryRows([membership_key, claim_key, organization_key, roster_key])
    membership = accounts_store.membership_among(rows, organization_id, asked.membership_id)
    if membership is None:
        raise NotFound
    organization = organizations.organization_among(rows, organization_id)
    membership = statuses.of_organization(statuses.as_of(membership, now), organization)
    if not statuses.may_have_password_reset(membership):
        raise Conflict(f"status_{membership.status}")
    opener = rows.get(accounts_store.MemberClaimRow, claim_key)
    case = msgspec.structs.replace(
        case,
        organization_id=organization_id,
        membership_id=membership.id,
        opener_membership_id=opener.membership_id if opener is not None else None,
    )
    found = Dossier(
        case=case,
        user=user,
        organization=organization,
        roster=rosters.among(rows, organization_id),
        acting=counting.acting(dossiers.administrators(case, rows), now),
        membership=membership,
        place=place,
    )
    return case, found


def confirm(actor: Member | Staff, case_id: str, now: datetime, *, called: bool) -> CaseView:
    """Say that it is ok to set the user up again; when that is enough, a link goes to the address on file.

    Raises NotFound, Forbidden `own_case`, Conflict `case_<state>`, `already_confirmed`, `changed_meanwhile`, Invalid.
    """
    found = dossiers.dossier(case_id, now)
    before = found.case
    after = cases.confirmed(before, actor, found.needs, now, called=called)
    planned = Change(actor, _entry("reset_case.confirmed", after), now)
    planned.put(store.row(after), store.unchanged(before))
    planned.put(reset_cases.of_plan(_listed(after)))
    _require_as_read(planned, found)
    if after.state == "confirmed":
        if after.organization_id is not None:
            planned.delete(reset_cases.of_organization(_listed(after)))
        planned.emit("reset_case.confirmed", case_id=after.id, user_id=after.user_id)
    planned.commit(None)
    return dossiers.view(msgspec.structs.replace(found, case=after), actor)


def _require_as_read(planned: Change, found: Dossier) -> None:
    """Who confirms, and whom: as they were read, or Conflict `changed_meanwhile`."""
    case, staff_row = found.case, plan_store.StaffRow(*plan_store.staff_key(found.case.user_id))
    if case.organization_id is None:
        if found.place is None or not found.place.belongs:
            raise Conflict
        planned.check(staff_row, plan_store.unchanged_staff(found.place))
        return
    # Whoever got a place at the plan meanwhile is confirmed by the plan.
    if found.place is not None and found.place.belongs:
        raise Conflict
    planned.check(staff_row, plan_store.not_of_plan())
    membership, roster = found.membership, found.roster
    if membership is None or roster is None or not statuses.may_have_password_reset(membership):
        raise Conflict
    key = accounts_store.membership_key(case.organization_id, membership.id)
    planned.check(accounts_store.MembershipRow(*key), accounts_store.MembershipRow.epoch == membership.epoch)
    planned.check(rosters.RosterRow(*rosters.key(case.organization_id)), rosters.unchanged(roster))


def decline(actor: Member | Staff, case_id: str, now: datetime) -> CaseView:
    """Say that it is not ok; the case ends. Raises NotFound, Forbidden `own_case`, Conflict `case_<state>`."""
    found = dossiers.dossier(case_id, now)
    cases.require_decider(actor, found.case, found.needs)
    return _ended(actor, found, "decline", now)


def withdraw(actor: Staff, case_id: str, now: datetime) -> CaseView:
    """The helpdesk ends a case, and with it a link that was mailed. Raises NotFound, Conflict `case_<state>`."""
    return _ended(actor, dossiers.dossier(case_id, now), "withdraw", now)


def _ended(actor: Member | Staff, found: Dossier, move: cases.Move, now: datetime) -> CaseView:
    before = found.case
    after = cases.moved(before, move)
    planned = Change(actor, _entry(f"reset_case.{after.state}", after), now)
    planned.put(store.row(after), store.unchanged(before))
    unlist(planned, after)
    planned.commit(None)
    return dossiers.view(msgspec.structs.replace(found, case=after), actor)


def expire(timer: timers.Timer, now: datetime) -> timers.Done | timers.Nothing | timers.Later:
    """Make visible that a case ended after 72 hours; it was worth nothing from that second on (CRD-5)."""
    before = store.case(timer.subject)
    if before is None or before.state not in cases.UNFINISHED:
        return timers.Nothing()
    if now < before.ends_at:
        return timers.Later(before.ends_at)
    after = cases.moved(before, "expire")
    planned = Change(access.system("housekeeping"), _entry("reset_case.expired", after), now)
    planned.put(store.row(after), store.unchanged(before))
    unlist(planned, after)
    timers.finish(planned, timer)
    planned.commit(None)
    return timers.Done()


def unlist(planned: Change, case: Case) -> None:
    """Plan that a case that ended is in no list any more, and that its user may have another."""
    planned.delete(reset_cases.of_plan(_listed(case)))
    if case.organization_id is not None:
        planned.delete(reset_cases.of_organization(_listed(case)))
    planned.delete(store.of_user_row(case), store.still(case))


def link(case_id: str, user: User, request_id: str, now: datetime) -> str | None:
    """A link to set oneself up again, for the mail alone: its token. None when the case doesn't stand any more.

    Minted again when a mail is sent again; the one before ends.
    """
    before = store.case(case_id)
    if before is None or not cases.allows(cases.as_of(before, now), "send"):
        return None
    after = cases.moved(before, "send")
    ends_at = cases.link_ends_at(after, now)
    planned = Change(access.system("notifications", request_id), _entry("reset_case.link_sent", after), now)
    token = links.issue(planned, "set_up_again", user.id, user.email, ends_at, {"case_id": after.id})
    planned.put(store.row(after), store.unchanged(before))
    planned.commit(None)
    return token


def look_up(actor: Staff, user_id: str, now: datetime) -> None:
    """Leave a record that the helpdesk looked somebody up (AUD-1)."""
    change.note(actor, Entry(action="person.looked_up", object_id=user_id), now)


def _listed(case: Case) -> OpenCase:
    return OpenCase(
        id=case.id,
        organization_id=case.organization_id,
        membership_id=case.membership_id,
        name=case.name,
        user_id=case.user_id,
        opened_by=case.opened_by,
        opener_membership_id=case.opener_membership_id,
        waits=case.state == "open",
        confirmed_by=frozenset(one.user_id for one in case.confirmations),
        ends_at=case.ends_at,
    )


def _timer(case: Case) -> timers.Timer:
    return timers.Timer(schedule="housekeeping", kind="reset_case", subject=case.id, due=case.ends_at)


def _entry(action: str, case: Case) -> Entry:
    return Entry(
        action=action,
        object_id=case.id,
        organization_id=case.organization_id,
        after={"state": case.state, "user_id": case.user_id, "confirmations": len(case.confirmations)},
    )
