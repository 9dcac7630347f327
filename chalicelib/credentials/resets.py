"""A new password by the mailed link (CRD-4, D7). The questions and the second factor join these steps."""

from datetime import datetime

from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.domain import User
from chalicelib.core import access, links
from chalicelib.core.change import Change
from chalicelib.core.errors import FieldError, Invalid, LinkExpired
from chalicelib.core.journal import Entry
from chalicelib.core.tables import DirectoryRows
from chalicelib.credentials import hashing, passwords, places, store
from chalicelib.organizations import store as organizations
from chalicelib.plan import store as plan_store


def complete(token: str, password: str, origin: access.Origin, now: datetime) -> None:
    """Set a new password; every session of theirs ends, and they are told by mail (CRD-10).

    Raises LinkExpired, Invalid naming every wrong field.
    """
    link = links.look(token, "password_reset", now)
    own = places.belongings(link.user_id)
    user, former = own.user, own.password
    if user is None or former is None:
        raise LinkExpired
    link.require_address(user.email)
    errors = _wrong(user, {organization_id for organization_id, _ in own.memberships}, password)
    if errors:
        raise Invalid(fields=tuple(errors))
    person = access.LinkHolder(id=user.id, origin=origin)
    planned = Change(person, Entry(action="password.changed", object_id=user.id), now)
    links.spend(planned, link)
    renewed = store.password_row(user.id, hashing.make(password), now)
    planned.put(renewed, store.PasswordRow.encoded == former.encoded)
    _end_sessions(planned, user)
    planned.emit("password.changed", user_id=user.id)
    planned.commit(None)


def _wrong(user: User, organization_ids: set[str], password: str) -> list[FieldError]:
    rows = DirectoryRows([plan_store.SETTINGS_KEY, *map(organizations.organization_key, organization_ids)])
    names = [organizations.organization_among(rows, id_).name for id_ in organization_ids]
    return passwords.errors(password, user, user.name, names, plan_store.settings_among(rows).name)


def _end_sessions(planned: Change, user: User) -> None:
    row = accounts_store.UserRow(*accounts_store.user_key(user.id))
    unchanged = (accounts_store.UserRow.email == user.email) & (accounts_store.UserRow.epoch == user.epoch)
    planned.update(row, [accounts_store.UserRow.epoch.add(1)], unchanged)
