"""A new password for somebody who got back in: by themself, or set up again by the helpdesk (CRD-4, CRD-5)."""

from collections.abc import Iterable

from chalicelib.accounts import store as accounts_store
from chalicelib.core.change import Change
from chalicelib.core.errors import FieldError, LinkExpired
from chalicelib.core.journal import Entry
from chalicelib.core.tables import DirectoryRows
from chalicelib.credentials import passwords, reminders, throttles
from chalicelib.credentials import store as credentials
from chalicelib.credentials.places import Belongings
from chalicelib.organizations import store as organizations
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import PlanSettings


def names_around(own: Belongings) -> tuple[tuple[str, ...], PlanSettings]:
    """The names of a user's organizations, and the plan's settings: one batch."""
    ids = {organization_id for organization_id, _ in own.memberships}
    rows = DirectoryRows([plan_store.SETTINGS_KEY, *map(organizations.organization_key, ids)])
    names = tuple(organizations.organization_among(rows, id_).known_by for id_ in ids)
    return names, plan_store.settings_among(rows)


def errors(
    own: Belongings, password: str, names: Iterable[str], settings: PlanSettings, *, has_factor: bool
) -> list[FieldError]:
    """What is wrong with a new password (CRD-1). `names`: those of their organizations. Raises LinkExpired.

    `has_factor`: whether a second factor goes with it from now on.
    """
    if own.user is None or own.password is None:
        raise LinkExpired
    return passwords.errors(
        password, own.user, own.user.name, names, settings, has_factor=has_factor, former=own.password
    )


def plan(planned: Change, own: Belongings, password: str, settings: PlanSettings) -> None:
    """Plan the password: it counts from now on, every session ends, failures before are forgotten, they are told.

    `errors` has found none. The commit raises LinkExpired when the address changed meanwhile.
    """
    user, former = own.user, own.password
    if user is None or former is None:
        raise LinkExpired
    renewed = passwords.chosen(user.id, password, planned.now, former)
    planned.put(renewed, credentials.PasswordRow.encoded == former.encoded)
    reminders.arm(planned, user.id, settings)
    row = accounts_store.UserRow(*accounts_store.user_key(user.id))
    unchanged = (accounts_store.UserRow.email == user.email) & (accounts_store.UserRow.epoch == user.epoch)
    planned.update(row, [accounts_store.UserRow.epoch.add(1)], unchanged, LinkExpired())
    throttles.forget(planned, user.email)
    planned.record(Entry(action="password.changed", object_id=user.id))
    planned.emit("password.changed", user_id=user.id)
