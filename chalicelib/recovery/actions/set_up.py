"""Somebody sets themself up again by the link that a confirmed case of the helpdesk sent (CRD-5, S-AUTH-12).

Password, security questions and second factor all come anew, in one transaction that spends the link and ends the case.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.domain import User, may_come_back
from chalicelib.core import access, links
from chalicelib.core.change import Change
from chalicelib.core.errors import FieldError, Invalid, LinkExpired
from chalicelib.core.journal import Entry
from chalicelib.core.links import Link
from chalicelib.core.tables import DirectoryRows
from chalicelib.credentials import factors, places, questions
from chalicelib.credentials.domain.factors import factor_wanted
from chalicelib.credentials.domain.questions import Given
from chalicelib.credentials.factors import Offer
from chalicelib.credentials.places import Belongings
from chalicelib.organizations import store as organizations
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import PlanSettings
from chalicelib.recovery import renewal
from chalicelib.recovery.actions import cases as actions
from chalicelib.recovery.domain import cases
from chalicelib.recovery.domain.cases import Case
from chalicelib.recovery.store import cases as store
from chalicelib.recovery.store import recoveries


class Returning(msgspec.Struct, frozen=True, kw_only=True):
    """What a live link stands for: who may set themself up again, and what they belong to."""

    link: Link
    case: Case
    own: Belongings
    settings: PlanSettings
    organizations: tuple[str, ...]
    """Names of those they belong to: a password may not be made of them."""
    factor_required: bool
    """Whether one of their places asks for a second factor (CRD-9)."""

    @property
    def user(self) -> User:
        """Who it is."""
        assert self.own.user is not None
        return self.own.user


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What they enter."""

    password: str
    questions: Sequence[Given]
    code: str | None
    """Of the offered factor; None for none, where none is required."""


def look(token: str, now: datetime) -> Returning:
    """For whom a link is; spends nothing (S-MAIL-02). Raises LinkExpired, also when the case ended or was withdrawn."""
    link = links.look(token, "set_up_again", now)
    case = store.case(link.subject["case_id"])
    own = places.belongings(link.user_id)
    if case is None or not cases.allows(cases.as_of(case, now), "complete"):
        raise LinkExpired
    if own.user is None or own.password is None:
        raise LinkExpired
    link.require_address(own.user.email)
    return _around(link, case, own)


def _around(link: Link, case: Case, own: Belongings) -> Returning:
    staff_key = plan_store.staff_key(link.user_id)
    keys = [plan_store.SETTINGS_KEY, staff_key]
    for organization_id, membership_id in own.memberships:
        keys += places.membership_keys(organization_id, membership_id)
    rows = DirectoryRows(dict.fromkeys(keys))
    settings, place = plan_store.settings_among(rows), rows.get(plan_store.StaffRow, staff_key)
    memberships = [accounts_store.membership_among(rows, *ids) for ids in own.memberships]
    roles = {one.role for one in memberships if one is not None and may_come_back(one)}
    works_here = place is not None and plan_store.staff_from_row(place).belongs
    required = any(factor_wanted(settings.factor_required, role) for role in roles)
    return Returning(
        link=link,
        case=case,
        own=own,
        settings=settings,
        organizations=tuple(
            {organizations.organization_among(rows, organization_id).known_by for organization_id, _ in own.memberships}
        ),
        factor_required=required or (works_here and factor_wanted(settings.factor_required, "staff")),
    )


def offer_factor(token: str, origin: access.Origin, now: datetime) -> Offer:
    """A candidate seed for the holder of a link, the same whenever they ask (CRD-9). Raises LinkExpired."""
    found = look(token, now)
    person = access.LinkHolder(id=found.user.id, origin=origin)
    user, ends_at = found.user, found.link.ends_at
    return factors.offer(person, found.link.hash, user.id, user.email, found.settings.name, ends_at, now)


def complete(token: str, choices: Choices, origin: access.Origin, now: datetime) -> tuple[str, ...]:
    """Set all of it; the case is done, every session of theirs ends, and they are told by mail (CRD-10).

    Returns the recovery codes of the new factor, or none. Raises LinkExpired, Invalid naming every wrong field,
    Conflict when the case was withdrawn at the same moment.
    """
    found = look(token, now)
    user = found.user
    person = access.LinkHolder(id=user.id, origin=origin)
    done = cases.moved(found.case, "complete")
    entry = Entry(action="reset_case.completed", object_id=done.id, organization_id=done.organization_id)
    planned = Change(person, entry, now)
    errors = [
        *renewal.errors(
            found.own, choices.password, found.organizations, found.settings, has_factor=choices.code is not None
        )
    ]
    errors += questions.errors(choices.questions, [user.name], user.email, lambda text: text == choices.password)
    if choices.code is None and found.factor_required:
        errors.append(FieldError("/code", "required"))
    codes: tuple[str, ...] = ()
    try:
        codes = _factor(planned, found, choices.code, now)
    except Invalid as refusal:
        errors += refusal.fields
    if errors:
        raise Invalid(fields=tuple(errors))
    links.spend(planned, found.link)
    planned.put(store.row(done), store.unchanged(found.case), LinkExpired())
    actions.unlist(planned, done)
    renewal.plan(planned, found.own, choices.password, found.settings)
    questions.plan_questions(planned, user.id, choices.questions)
    # Wrong answers to the questions before count no more.
    planned.delete(recoveries.RecoveryRow(*recoveries.key(user.id)))
    planned.emit("questions.changed", user_id=user.id)
    if choices.code is not None or found.own.factor is not None:
        planned.emit("factor.changed", user_id=user.id)
    planned.commit(None)
    return codes


def _factor(planned: Change, found: Returning, code: str | None, now: datetime) -> tuple[str, ...]:
    """Plan the new factor, or that there is none any more: the one before is lost, or somebody else's."""
    if code is None:
        factors.remove(planned, found.user.id)
        return ()
    return factors.enroll(planned, factors.candidate_of(found.link.hash, now), code)
