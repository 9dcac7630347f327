"""What people are told of their own access that ends: unused for too long (INA-2), a password a year old (CRD-2).

At once and to where they sign in, as it concerns their security; also to whom nothing else is mailed any more. It is
looked at anew in the moment of sending (S-MAIL-05): who signed in or changed their password meanwhile hears nothing,
and of several warnings that come late together only the last one goes out.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.accounts import plan_places
from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.domain import Membership, User, clocks, may_act, statuses
from chalicelib.accounts.domain.clocks import Activity, Clock
from chalicelib.accounts.domain.stages import stage
from chalicelib.accounts.store import activities
from chalicelib.core.events import Event
from chalicelib.core.tables import DirectoryRows
from chalicelib.credentials import store as credentials_store
from chalicelib.credentials.domain import password_ends_at
from chalicelib.notifications import dates, mail
from chalicelib.notifications.actions import security, sending
from chalicelib.organizations import store as organizations
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import PlanSettings, StaffMember


class _Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody and what they have, as it counts at this moment."""

    user: User
    settings: PlanSettings
    activity: Activity
    memberships: list[Membership]
    staff: StaffMember | None

    @property
    def comes_in(self) -> bool:
        """Whether signing in opens anything."""
        return any(map(may_act, self.memberships)) or (self.staff is not None and self.staff.active)


def warn_of_inactivity(event: Event, now: datetime) -> None:
    """Warn somebody who has not signed in for long; hears `inactivity.warned`."""
    person = _person(event, now)
    ends_at = _lapses_at(person, now)
    if ends_at is not None and _is_due(event, ends_at, person.settings.inactivity_warning_days, now):
        _tell(event, person, "inactivity_warned", ends_at, now)


def tell_of_lapse(event: Event, now: datetime) -> None:
    """Tell somebody that they were away for too long (INA-1); hears `inactivity.lapsed`."""
    person = _person(event, now)
    away = [one for one in person.memberships if "inactive" in statuses.causes_of(one)]
    if any(map(statuses.may_have_password_reset, away)) and not any(map(may_act, person.memberships)):
        _tell(event, person, "inactivity_lapsed", None, now)


def tell_of_staff_lapse(event: Event, now: datetime) -> None:
    """Tell one of the staff that their place opens nothing any more (ACC-11); hears `staff.lapsed`."""
    person = _person(event, now)
    if person.staff is not None and person.staff.status in ("inactive", "suspended"):
        _tell(event, person, "staff_lapsed", None, now)


def remind_of_password(event: Event, now: datetime) -> None:
    """Remind somebody to change their password while it still lets them in (CRD-2); hears `password.expiring`."""
    person = _person(event, now)
    password = credentials_store.password_of(person.user.id)
    if password is None or not person.comes_in:
        return
    ends_at = password_ends_at(password.changed_at, person.settings)
    if _is_due(event, ends_at, person.settings.password_reminder_days, now):
        _tell(event, person, "password_expiring", ends_at, now)


def _person(event: Event, now: datetime) -> _Person:
    user_id = event.ids["user_id"]
    found = accounts_store.memberships_of(user_id)
    of = {one.organization_id for one in found}
    keys = [plan_store.SETTINGS_KEY, plan_store.staff_key(user_id), activities.key(user_id)]
    rows = DirectoryRows([*keys, *map(organizations.organization_key, of)])
    settings, activity = plan_store.settings_among(rows), activities.among(rows, user_id)
    clocks_ = {
        id_: Clock(settings=settings, organization=organizations.organization_among(rows, id_), activity=activity)
        for id_ in of
    }
    row = rows.get(plan_store.StaffRow, plan_store.staff_key(user_id))
    staff = None if row is None else plan_store.staff_from_row(row)
    return _Person(
        user=accounts_store.user(user_id),
        settings=settings,
        activity=activity,
        memberships=[statuses.as_of(one, now, clocks_[one.organization_id]) for one in found],
        staff=None if staff is None else plan_places.counting(staff, activity, settings, now),
    )


def _lapses_at(person: _Person, now: datetime) -> datetime | None:
    """When the first of what opens for them does no more unless they sign in; None where nothing does."""
    enabled = [one.enabled_at for one in person.memberships if may_act(one)]
    enabled += [person.staff.enabled_at] if person.staff is not None and person.staff.active else []
    ends = (clocks.inactive_at(person.activity, at, person.settings) for at in enabled)
    return min((at for at in ends if at is not None and at > now), default=None)


def _is_due(event: Event, ends_at: datetime, days: Iterable[int], now: datetime) -> bool:
    """Whether the stage that the event is about is the last that has come."""
    return str(stage(ends_at, days, now)) == event.ids["days"]


def _tell(event: Event, person: _Person, template: str, ends_at: datetime | None, now: datetime) -> None:
    sending.once(security.notice(event, person.user), partial(_send, person, template, ends_at), now)


def _send(person: _Person, template: str, ends_at: datetime | None) -> None:
    user, plan = person.user, person.settings
    by = "" if ends_at is None else dates.deadline(user.language, ends_at, ZoneInfo(plan.time_zone))
    mail.send(user.email, user.language, template, plan=plan.name, helpdesk=plan.helpdesk_phone, deadline=by)
