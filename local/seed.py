"""Putting a plan, practices and people into empty tables: for the demo and for tests.

Everything goes through the write door, by the name of the set-up. Later features bring people aboard as the product
does; this is the short way for a machine that stands alone.
"""

from collections.abc import Iterable
from datetime import datetime

from chalicelib.accounts import store as accounts
from chalicelib.accounts.actions import saving
from chalicelib.accounts.domain import Membership, User, roster
from chalicelib.accounts.store import rosters
from chalicelib.core import ids, sealing
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from chalicelib.core.tables import Row
from chalicelib.credentials import hashing
from chalicelib.credentials import store as credentials
from chalicelib.credentials.domain.factors import Factor
from chalicelib.credentials.domain.questions import Chosen
from chalicelib.credentials.store import factors, questions
from chalicelib.notifications import store as notifications
from chalicelib.notifications.domain import Preferences
from chalicelib.notifications.store import addresses
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan
from chalicelib.plan.domain import Department, PlanSettings, StaffMember, administrators_with
from chalicelib.plan.store import phases
from chalicelib.plan.store.phases import Scoped


def _create(action: str, object_id: str, rows: Iterable[Row], now: datetime) -> None:
    change = Change(system("set-up"), Entry(action=action, object_id=object_id), now)
    for row in rows:
        change.create(row)
    change.commit(None)


def _put(action: str, object_id: str, rows: Iterable[Row], now: datetime) -> None:
    change = Change(system("set-up"), Entry(action=action, object_id=object_id), now)
    for row in rows:
        change.put(row)
    change.commit(None)


def add_plan(settings: PlanSettings, departments: Iterable[Department], now: datetime) -> None:
    """The plan's settings and its departments."""
    rows: list[Row] = [plan.settings_row(settings)]
    rows += [plan.department_row(department) for department in departments]
    _create("plan.set_up", "plan", rows, now)


def add_phases(scoped: Scoped, now: datetime) -> None:
    """From when features are on, for the plan or somebody in it (ORG-8)."""
    change = Change(system("set-up"), Entry(action="phases.set_up", object_id=scoped.id or scoped.scope), now)
    phases.plan_edit(change, phases.scoped(scoped.scope, scoped.id), scoped)
    change.commit(None)


def add_organization(organization: Organization, now: datetime) -> None:
    """A practice with the claim of its TIN."""
    _create("organization.created", organization.id, organizations.rows(organization), now)


def add_user(user: User, password: str, preferences: Preferences, now: datetime, encoded: str | None = None) -> None:
    """A person who can sign in. `encoded` is the hash of the password where many share one."""
    rows: list[Row] = list(accounts.user_rows(user))
    rows.append(credentials.password_row(user.id, encoded or hashing.make(password), now))
    rows.append(notifications.preferences_row(user.id, preferences))
    if preferences.notice_address:
        rows.append(addresses.holder_row(preferences.notice_address, user.id))
    _create("user.created", user.id, rows, now)


def add_questions(user_id: str, chosen: Chosen, now: datetime) -> None:
    """A person's security questions, hashed: many may share them."""
    _put("questions.set", user_id, [questions.questions_row(user_id, chosen)], now)


def add_factor(user_id: str, seed: str, recovery_codes: Iterable[str], now: datetime) -> None:
    """A person's second factor, of a seed that is known."""
    factor = Factor(
        user_id=user_id,
        sealed=sealing.seal(seed, user_id),
        enrolled_at=now,
        recovery=frozenset(ids.digest(ids.read_code(code)) for code in recovery_codes),
    )
    _put("factor.enrolled", user_id, [factors.factor_row(factor)], now)


def add_member(membership: Membership, now: datetime) -> None:
    """A person's place in a practice; an administrator's shows on the roster.

    Their clocks run from `enabled_at` and `verified_at`; without those they have none.
    """
    change = Change(system("set-up"), Entry(action="membership.created", object_id=membership.id), now)
    for row in accounts.membership_rows(membership):
        change.put(row)
    if membership.role != "general_user":
        seen = roster.seen(rosters.roster(membership.organization_id), membership)
        change.put(rosters.row(seen))
    if membership.enabled_at is not None:
        saving.arm_inactivity(change, membership.user_id)
    if membership.verified_at is not None:
        saving.arm_review(change, membership.organization_id)
    change.commit(None)


def add_staff(member: StaffMember, now: datetime) -> None:
    """A person's place at the plan; clocks as with `add_member`."""
    before = plan.plan_administrators()
    after = administrators_with(before, member)
    change = Change(system("set-up"), Entry(action="staff.created", object_id=member.user_id), now)
    change.put(plan.staff_row(member))
    if after != before:
        change.put(plan.plan_administrators_row(after))
    if member.enabled_at is not None:
        saving.arm_inactivity(change, member.user_id)
    if member.verified_at is not None:
        saving.arm_staff_review(change)
    change.commit(None)
