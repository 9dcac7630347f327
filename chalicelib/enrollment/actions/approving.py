"""Enrollment approves a signed nomination: who is named gets the seat, now or when they register (ORG-1, ORG-4, ORG-7).

Nobody of the staff seats themself or anybody at their own practice (S-AZ-06, S-AZ-07). While the predecessor acts, the
seat is promised, which nobody at the practice can take back, and moves when the successor registers; a predecessor who
doesn't act becomes a general user at once. Whom the plan seats acts for all providers.
"""

from datetime import datetime

import msgspec

from chalicelib.accounts import counting
from chalicelib.accounts import store as accounts
from chalicelib.accounts.actions import facts, newcomers, saving
from chalicelib.accounts.actions.newcomers import NewMember
from chalicelib.accounts.domain import Membership, User, may_act, statuses
from chalicelib.accounts.domain import roster as rosters
from chalicelib.accounts.domain.roster import Roster
from chalicelib.accounts.store import rosters as roster_store
from chalicelib.core import ids
from chalicelib.core.access import AccessLevel, Role, Staff
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, FieldError, Invalid
from chalicelib.core.journal import Entry
from chalicelib.credentials.domain.factors import factor_wanted
from chalicelib.credentials.store import factors
from chalicelib.enrollment import impartial
from chalicelib.enrollment.domain import nominations as rules
from chalicelib.enrollment.domain.nominations import Nomination, SignedForm
from chalicelib.enrollment.nomination_dossiers import Dossier, dossier
from chalicelib.enrollment.store import nominations as store
from chalicelib.organizations import store as organizations
from chalicelib.plan import store as plan_store

_SEAT: Role = "local_administrator"
# Members whom an approval invites anew, or moves to the seat.
_TAKEN_OVER = ("verification_pending", "unverified", "active")


class _Case(msgspec.Struct, frozen=True, kw_only=True):
    """What is approved, and whoever is concerned, as they were read."""

    found: Dossier
    form: SignedForm
    user: User
    """Who is named, or a user who is to be created."""
    before: Membership | None
    """What they are in this practice already."""
    levels: frozenset[AccessLevel] | None
    roster: Roster
    former: Membership | None
    """Whoever sits in the seat, as stored; None while it is vacant, and for the nominee themself."""
    former_acts: bool

    @property
    def granted(self) -> frozenset[AccessLevel]:
        """The access levels that they have then (ORG-7)."""
        if self.levels is not None:
            return self.levels - {"manage_account"}
        return self.before.access_levels if self.before is not None else frozenset()


def approve(
    actor: Staff,
    organization_id: str,
    nomination_id: str,
    version: int,
    levels: frozenset[AccessLevel] | None,
    now: datetime,
) -> Dossier:
    """Approve a signed form that was verified: invite the administrator, or seat them if they are active (ORG-1).

    `levels`: their own access levels (ORG-7); None grants nothing to somebody new and leaves those of a member.

    Raises NotFound, Stale, Forbidden `own_account` and `of_organization`, Invalid for levels beyond the entitlements,
    Conflict `nomination_<state>`, `organization_closed`, `not_verified`, `form_not_intact`, `nominee_is_staff`,
    `status_<status>` for a member who is shut out.
    """
    case = _case(dossier(organization_id, nomination_id, now), version, levels, now)
    membership_id = case.before.id if case.before is not None else ids.new("mem")
    planned = Change(actor, _entry(case, membership_id), now)
    _require_impartial(planned, case, actor)
    if case.before is not None and may_act(case.before):
        _seat(planned, case, case.before)
    else:
        _invite(planned, case, membership_id)
    after = _plan_decided(planned, case, membership_id)
    planned.commit(None)
    return msgspec.structs.replace(case.found, nomination=after)


def _case(found: Dossier, version: int, levels: frozenset[AccessLevel] | None, now: datetime) -> _Case:
    form = _approvable(found, version)
    if (levels or frozenset()) - found.organization.entitlements - {"manage_account"}:
        raise Invalid(fields=(FieldError("/access_levels", "not_entitled"),))
    before = found.membership
    if before is not None and before.status not in _TAKEN_OVER:
        raise Conflict(f"status_{before.status}")
    roster = roster_store.roster(found.organization.id)
    own = before is not None and roster.seat == before.id
    former = accounts.membership(roster.organization_id, roster.seat) if roster.seat is not None and not own else None
    return _Case(
        found=found,
        form=form,
        user=newcomers.user_or_new(found.nominee_id, _person(form), form.language),
        before=before,
        levels=levels,
        roster=roster,
        former=former,
        former_acts=former is not None and may_act(counting.counting([former], now)[0]),
    )


def _approvable(found: Dossier, version: int) -> SignedForm:
    """What was signed, when it can be approved."""
    rules.require_version(found.nomination, version)
    rules.require_signed(found.nomination)
    if found.organization.closed:
        raise Conflict("organization_closed")
    rules.require_verified(found.nomination, found.organization)
    if found.form is None or not found.intact:
        raise Conflict("form_not_intact")
    if found.is_staff:
        raise Conflict("nominee_is_staff")
    return found.form.form


def _require_impartial(planned: Change, case: _Case, actor: Staff) -> None:
    """Neither who approves nor who verified has anything to gain by it, and nobody of the plan is seated."""
    impartial.require(planned, case.found, actor)
    verification = case.found.nomination.verification
    if verification is not None and verification.by != actor.id:
        impartial.require_user(planned, case.found, verification.by)
    row = plan_store.StaffRow
    planned.check(row(*plan_store.staff_key(case.user.id)), plan_store.not_of_plan(), Conflict("nominee_is_staff"))


def _seat(planned: Change, case: _Case, before: Membership) -> None:
    """Plan that an active member sits down now; whoever sat there becomes a general user (ORG-4)."""
    after = msgspec.structs.replace(before, role=_SEAT, access_levels=case.granted, providers=frozenset())
    if after == before:
        saving.require_roster(planned, case.roster)
        return
    after = msgspec.structs.replace(after, epoch=before.epoch + 1)
    left = [(case.former, _left(case.former))] if case.former is not None else []
    # What was promised to somebody else is decided otherwise now.
    saving.plan_both(planned, rosters.without_handover(case.roster), *left, (before, after))
    planned.record(_changed("administrators.seated", before, after))
    if before.role != _SEAT:
        planned.emit("administrators.changed", organization_id=before.organization_id, membership_id=before.id)
        _require_factor(planned, case.user)


def _invite(planned: Change, case: _Case, membership_id: str) -> None:
    """Plan that somebody is invited for the seat: theirs at once, or promised while the predecessor acts (ORG-4)."""
    roster = rosters.without_handover(case.roster)
    if case.former is not None and not case.former_acts:
        left = _left(case.former)
        saving.plan_row(planned, case.former, left)
        planned.record(_changed("administrators.left", case.former, left))
        # A clock may have left nobody already, which no job has told yet; no action of a person does it here.
        roster = rosters.lapsed(roster, left)
        if case.roster.active and not roster.active:
            planned.emit("organization.without_administrator", organization_id=left.organization_id)
        planned.emit("administrators.changed", organization_id=left.organization_id, membership_id=left.id)
    membership = _invited(planned, case, membership_id)
    roster = rosters.lapsed(roster, membership)
    if case.former_acts:
        roster = rosters.decided(roster, membership)
    saving.plan_roster(planned, case.roster, roster)
    planned.emit("member.invited", organization_id=membership.organization_id, membership_id=membership.id)


def _invited(planned: Change, case: _Case, membership_id: str) -> Membership:
    """Plan the membership of who is named: a new one, or the one that waits for them already."""
    before, person = case.before, _person(case.form)
    if before is None:
        made = newcomers.newcomer(case.found.organization.id, case.user, person, planned.now)
        role = made.role if case.former_acts else _SEAT
        made = msgspec.structs.replace(made, id=membership_id, role=role, access_levels=case.granted)
        planned.record(_changed("member.created", None, made))
        newcomers.add(planned, case.user, made)
        return made
    pending = before.status == "verification_pending"
    moved = statuses.moved(before, "enable", planned.now) if pending else before
    after = msgspec.structs.replace(
        moved,
        name=person.name,
        email=person.email,
        phone=person.phone,
        role=moved.role if case.former_acts else _SEAT,
        access_levels=case.granted,
        providers=frozenset(),
        invitation_ends_at=planned.now + statuses.INVITATION,
        epoch=before.epoch + 1,
    )
    facts.count_number(planned, before, after)
    after = saving.plan_row(planned, before, after)
    saving.arm_unanswered(planned, after)
    planned.record(_changed("member.invited_again", before, after))
    return after


def _plan_decided(planned: Change, case: _Case, membership_id: str) -> Nomination:
    """Plan that the nomination is approved, and that the practice's TIN is verified (ORG-1)."""
    before, organization = case.found.nomination, case.found.organization
    after = msgspec.structs.replace(
        before,
        state="approved",
        decided_by=planned.actor.id,
        decided_at=planned.now,
        membership_id=membership_id,
        version=before.version + 1,
    )
    store.plan(planned, before, after)
    # Its number, NPIs and entitlements are those that were looked at.
    organizations.plan_edit(planned, organization, msgspec.structs.replace(organization, tin_verified=True))
    planned.emit(
        "nomination.approved", organization_id=after.organization_id, nomination_id=after.id, round=str(after.round)
    )
    return after


def _require_factor(planned: Change, user: User) -> None:
    """Whoever becomes an administrator without a second factor enrolls one before the seat opens anything (CRD-9).

    Their sessions end, as signing in asks for it.
    """
    wanted = factor_wanted(plan_store.settings().factor_required, _SEAT)
    if wanted and factors.factor_of(user.id) is None:
        row = accounts.UserRow
        planned.update(row(*accounts.user_key(user.id)), [row.epoch.add(1)], accounts.same_user(user))


def _left(former: Membership) -> Membership:
    return msgspec.structs.replace(former, role="general_user", epoch=former.epoch + 1)


def _person(form: SignedForm) -> NewMember:
    return NewMember(name=form.administrator_name, email=form.administrator_email, phone=form.administrator_phone)


def _entry(case: _Case, membership_id: str) -> Entry:
    """Who was approved, by which form, and in whose place (AUD-1)."""
    nomination = case.found.nomination
    return Entry(
        action="nomination.approved",
        object_id=nomination.id,
        organization_id=nomination.organization_id,
        before={"seat": case.roster.seat, "tin_verified": case.found.organization.tin_verified},
        after={
            "round": nomination.round,
            "form_sha256": nomination.form_sha256,
            "membership_id": membership_id,
            "user_id": case.user.id,
            "predecessor_acts": case.former_acts,
            "tin_verified": True,
        },
    )


def _changed(action: str, before: Membership | None, after: Membership) -> Entry:
    return Entry(
        action=action,
        object_id=after.id,
        organization_id=after.organization_id,
        before=saving.facts(before) if before is not None else {},
        after=saving.facts(after),
    )
