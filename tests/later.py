"""What happens to people and departments later on, as coming features will do it; here by hand, by the write door."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from pynamodb.expressions.update import Action

from chalicelib.accounts import store as accounts
from chalicelib.accounts.domain import Status
from chalicelib.core import clock
from chalicelib.core.access import AccessLevel, Member, Role, system
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from chalicelib.core.tables import Row
from chalicelib.credentials import hashing, reminders, throttles
from chalicelib.credentials import store as credentials
from chalicelib.notifications import store as notifications
from chalicelib.notifications.domain import Category, Channel, Preferences
from chalicelib.notifications.store import addresses
from chalicelib.plan import store as plan
from chalicelib.plan.domain import Department, StaffMember
from tests.world import Account


def _update(row: Row, *actions: Action) -> None:
    _write(row, actions)


def _write(row: Row, actions: Sequence[Action] = ()) -> None:
    change = Change(system("later"), Entry(action="test.later"), clock.now())
    if actions:
        change.update(row, actions)
    else:
        change.put(row)
    change.commit(None)


def _membership(account: Account) -> accounts.MembershipRow:
    assert isinstance(account.actor, Member)
    return accounts.MembershipRow(*accounts.membership_key(account.actor.organization_id, account.actor.membership_id))


def set_status(account: Account, status: Status) -> None:
    """A membership changes its status."""
    row = accounts.MembershipRow
    _update(_membership(account), row.status.set(status), row.epoch.add(1))


def set_role(account: Account, role: Role) -> None:
    """A membership changes its role; its holder stays signed in."""
    row = accounts.MembershipRow
    _update(_membership(account), row.role.set(role), row.epoch.add(1))


def grant(account: Account, *levels: AccessLevel) -> None:
    """A membership holds these access levels."""
    row = accounts.MembershipRow
    _update(_membership(account), row.access_levels.set(set(levels)), row.epoch.add(1))


def end_sessions(account: Account) -> None:
    """A user's password changed, or they were locked out."""
    _update(accounts.UserRow(*accounts.user_key(account.user.id)), accounts.UserRow.epoch.add(1))


def deactivate(account: Account) -> None:
    """Somebody leaves the plan."""
    row = plan.StaffRow
    _update(row(*plan.staff_key(account.user.id)), row.status.set("disabled"), row.epoch.add(1))


def promote(account: Account) -> None:
    """Somebody of the plan gets one more role."""
    row = plan.StaffRow
    _update(row(*plan.staff_key(account.user.id)), row.roles.set({"department_agent", "auditor"}), row.epoch.add(1))


def demote(account: Account) -> None:
    """Somebody of the plan is nothing but of the helpdesk now."""
    row = plan.StaffRow
    _update(row(*plan.staff_key(account.user.id)), row.roles.set({"helpdesk"}), row.epoch.add(1))


def move(account: Account, *departments: Department) -> None:
    """An agent changes to other departments."""
    row = plan.StaffRow
    ids = {department.id for department in departments}
    _update(row(*plan.staff_key(account.user.id)), row.departments.set(ids), row.epoch.add(1))


def retire(department: Department) -> None:
    """A department is no longer written to."""
    row = plan.DepartmentRow
    _update(plan.department_row(department), row.active.set(False))


def choose(account: Account, channel: Channel, category: Category = "SECURE_MESSAGING") -> None:
    """Somebody saves their Communication Preferences."""
    _write(notifications.preferences_row(account.user.id, Preferences({category: channel})))


def set_notice_address(user_id: str, address: str) -> None:
    """Somebody has confirmed an address for notices."""
    change = Change(system("later"), Entry(action="test.later"), clock.now())
    addresses.set_address(change, user_id, notifications.preferences(user_id).notice_address, address)
    change.commit(None)


def set_enrollment_address(address: str) -> None:
    """The plan says where enrollment is told of administrators."""
    _write(plan.settings_row(msgspec.structs.replace(plan.settings(), enrollment_address=address)))


def set_privacy_address(address: str) -> None:
    """The plan says where it is told of messages that reached somebody in error."""
    _write(plan.settings_row(msgspec.structs.replace(plan.settings(), privacy_address=address)))


def ask_for_factors() -> None:
    """The plan asks administrators and staff for a second factor (CRD-9)."""
    _write(plan.settings_row(msgspec.structs.replace(plan.settings(), factor_required="administrators_and_staff")))


def ask_for_long_passwords(shortest: int) -> None:
    """The plan asks whoever has no second factor for longer passwords (D1)."""
    _write(plan.settings_row(msgspec.structs.replace(plan.settings(), shortest_without_factor=shortest)))


def forget_password(account: Account) -> None:
    """Somebody who has not registered yet: the world gives everybody a password."""
    change = Change(system("later"), Entry(action="test.later"), clock.now())
    change.delete(credentials.PasswordRow(f"USER#{account.user.id}", "PASSWORD"))
    change.commit(None)


def set_hash(account: Account, encoded: str) -> None:
    """A password hash of another time."""
    row = credentials.PasswordRow
    _update(row(f"USER#{account.user.id}", "PASSWORD"), row.encoded.set(encoded))


def change_address(account: Account, email: str) -> None:
    """Somebody signs in with another address."""
    _update(accounts.UserRow(*accounts.user_key(account.user.id)), accounts.UserRow.email.set(email))


def set_phone(account: Account, phone: str) -> None:
    """Somebody has a number on record."""
    _update(accounts.UserRow(*accounts.user_key(account.user.id)), accounts.UserRow.phone.set(phone))


def give_number(account: Account, phone: str) -> None:
    """A membership has this number."""
    _update(_membership(account), accounts.MembershipRow.phone.set(phone))


def hire(account: Account) -> None:
    """Somebody gets a place at the plan as well."""
    user = account.user
    _write(plan.staff_row(StaffMember(user_id=user.id, name=user.name, email=user.email, roles=frozenset({"auditor"}))))


def set_password(account: Account) -> None:
    """Somebody has the world's password again, which many share; no session of theirs ends."""
    row = credentials.PasswordRow
    _update(row(*credentials.password_key(account.user.id)), row.encoded.set(hashing.make("Quiet-Harbor-27")))


def age_password(account: Account, changed_at: datetime) -> None:
    """Somebody has had their password since then; the timer of its reminders is armed, as by whoever sets one."""
    change = Change(system("later"), Entry(action="test.later"), changed_at)
    row = credentials.PasswordRow
    change.update(row(*credentials.password_key(account.user.id)), [row.changed_at.set(changed_at)])
    reminders.arm(change, account.user.id, plan.settings())
    change.commit(None)


def call_review(by: datetime) -> None:
    """The plan calls a review of everybody."""
    _write(plan.settings_row(msgspec.structs.replace(plan.settings(), review_called_at=clock.now(), review_by=by)))


def forget_failures(account: Account) -> None:
    """Nobody guessed at this account."""
    change = Change(system("later"), Entry(action="test.later"), clock.now())
    throttles.forget(change, account.user.email)
    change.commit(None)


def change_contacts(account: Account) -> None:
    """Somebody has just changed their own address or number."""
    row = accounts.UserRow
    _update(row(*accounts.user_key(account.user.id)), row.contacts_changed_at.set(clock.now()))


def spoil(account: Account) -> None:
    """An item loses what no code writes without: whoever reads that organization fails."""
    _update(_membership(account), accounts.MembershipRow.name.remove())
