"""What belongs to somebody who signs in or is signed in, each in one call: their own items, and what is around them."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from chalicelib.accounts import plan_places
from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.domain import Membership, User, statuses
from chalicelib.accounts.domain.clocks import NEVER, Activity, Clock
from chalicelib.accounts.store import activities
from chalicelib.core.access import Actor, Member, Staff
from chalicelib.core.tables import DirectoryRow, DirectoryRows
from chalicelib.credentials import store
from chalicelib.credentials.domain.factors import Factor
from chalicelib.credentials.domain.questions import Chosen
from chalicelib.credentials.store import factors, questions
from chalicelib.organizations import store as organizations_store
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import Department, PlanSettings, StaffMember


class Belongings(msgspec.Struct, kw_only=True):
    """A user's own items; all empty for nobody."""

    user: User | None = None
    password: store.PasswordRow | None = None
    factor: Factor | None = None
    questions: Chosen | None = None
    activity: Activity = NEVER
    memberships: list[tuple[str, str]] = []
    """Organization and membership ids."""


class Around(msgspec.Struct, kw_only=True):
    """What a session shows and depends on besides who it is."""

    settings: PlanSettings
    user: User | None = None
    staff: StaffMember | None = None
    memberships: list[Membership] = []
    organizations: dict[str, Organization] = {}
    departments: list[Department] = []
    factor: bool = False
    """Whether the user has a second factor."""


def belongings(user_id: str) -> Belongings:
    """What signing in asks of a user, in one query: the same for somebody and nobody (S-AUTH-07)."""
    kinds = (
        accounts_store.UserRow,
        store.PasswordRow,
        factors.FactorRow,
        questions.QuestionsRow,
        accounts_store.MembershipOfUserRow,
        activities.ActivityRow,
    )
    rows = DirectoryRow.query(f"USER#{user_id}", filter_condition=DirectoryRow.cls.is_in(*kinds), consistent_read=True)
    found = Belongings()
    for row in rows:
        if isinstance(row, accounts_store.UserRow):
            found.user = accounts_store.user_from_row(row)
        elif isinstance(row, store.PasswordRow):
            found.password = row
        elif isinstance(row, factors.FactorRow):
            found.factor = factors.factor_from_row(row)
        elif isinstance(row, questions.QuestionsRow):
            found.questions = questions.questions_from_row(row)
        elif isinstance(row, accounts_store.MembershipOfUserRow):
            found.memberships.append((row.organization_id, row.sk.removeprefix("MEMBERSHIP#")))
        elif isinstance(row, activities.ActivityRow):
            found.activity = activities.from_row(row)
    return found


def around(own: Belongings, now: datetime) -> Around:
    """The plan's settings, and a user's place at the plan or memberships with their organizations, in one batch.

    They are as they count at `now`, whatever the jobs have made of them (INA-1, REV-1, ACC-11). Departments follow
    from the place, in another batch.
    """
    assert own.user is not None
    keys = [plan_store.staff_key(own.user.id), factors.factor_key(own.user.id)]
    for organization_id, membership_id in own.memberships:
        keys += membership_keys(organization_id, membership_id)
    found = _around(keys)
    found.user = own.user
    found.memberships = [_as_of(found, one, own.activity, now) for one in found.memberships]
    if found.staff is not None:
        found.staff = plan_places.counting(found.staff, own.activity, found.settings, now)
    if found.staff is not None and found.staff.active:
        found.departments = list(plan_store.departments_by_id(found.staff.departments).values())
    return found


def around_actor(actor: Actor) -> Around:
    """The plan's settings, the user, and the organization or the departments that they act for, in one batch."""
    keys = [accounts_store.user_key(actor.id), factors.factor_key(actor.id)]
    if isinstance(actor, Member):
        keys.append(organizations_store.organization_key(actor.organization_id))
    if isinstance(actor, Staff):
        keys += [plan_store.department_key(id_) for id_ in actor.departments]
    return _around(keys)


def _as_of(found: Around, membership: Membership, activity: Activity, now: datetime) -> Membership:
    organization = found.organizations[membership.organization_id]
    clock = Clock(settings=found.settings, organization=organization, activity=activity)
    return statuses.as_of(membership, now, clock)


def around_membership(user_id: str, membership_id: str, now: datetime) -> Around:
    """The plan's settings, the user, and one membership of theirs as of `now` with its organization: in two batches.

    The pointer to a membership has a key of its own, so the others are not read. No membership when it isn't theirs.
    """
    pointer_key = accounts_store.pointer_key(user_id, membership_id)
    factor_key = factors.factor_key(user_id)
    activity_key = activities.key(user_id)
    user_key = accounts_store.user_key(user_id)
    rows = DirectoryRows([plan_store.SETTINGS_KEY, user_key, pointer_key, factor_key, activity_key])
    activity = activities.among(rows, user_id)
    found = Around(settings=plan_store.settings_among(rows))
    found.factor = rows.get(factors.FactorRow, factor_key) is not None
    user = rows.get(accounts_store.UserRow, user_key)
    found.user = accounts_store.user_from_row(user) if user is not None else None
    pointer = rows.get(accounts_store.MembershipOfUserRow, pointer_key)
    if pointer is None:
        return found
    organization_id = pointer.organization_id
    rows = DirectoryRows(membership_keys(organization_id, membership_id))
    membership = accounts_store.membership_among(rows, organization_id, membership_id)
    found.organizations = {organization_id: organizations_store.organization_among(rows, organization_id)}
    found.memberships = [_as_of(found, membership, activity, now)] if membership is not None else []
    return found


def membership_keys(organization_id: str, membership_id: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Keys of a membership and of its organization."""
    return (
        accounts_store.membership_key(organization_id, membership_id),
        organizations_store.organization_key(organization_id),
    )


def _around(keys: Iterable[tuple[str, str]]) -> Around:
    rows = list(DirectoryRow.batch_get(list(dict.fromkeys([plan_store.SETTINGS_KEY, *keys])), consistent_read=True))
    settings = next(row for row in rows if isinstance(row, plan_store.SettingsRow))
    found = Around(settings=plan_store.settings_from_row(settings))
    for row in rows:
        if isinstance(row, accounts_store.UserRow):
            found.user = accounts_store.user_from_row(row)
        elif isinstance(row, factors.FactorRow):
            found.factor = True
        elif isinstance(row, plan_store.StaffRow):
            found.staff = plan_store.staff_from_row(row)
        elif isinstance(row, accounts_store.MembershipRow):
            found.memberships.append(accounts_store.membership_from_row(row))
        elif isinstance(row, organizations_store.OrganizationRow):
            organization = organizations_store.organization_from_row(row)
            found.organizations[organization.id] = organization
        elif isinstance(row, plan_store.DepartmentRow):
            found.departments.append(plan_store.department_from_row(row))
    return found
