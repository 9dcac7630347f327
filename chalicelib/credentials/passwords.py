"""Choosing a new password (CRD-1, CRD-2): one place for all who set one.

The list of common passwords is read when first used: few cold starts are for somebody who chooses one.
"""

import functools
from collections.abc import Iterable
from datetime import datetime

from chalicelib.accounts.domain import User
from chalicelib.core.errors import FieldError
from chalicelib.credentials import hashing, store
from chalicelib.credentials.domain.passwords import NOT_AGAIN, password_errors, shortest_password
from chalicelib.plan.domain import PlanSettings

_PORTAL = "Portico"


@functools.cache
def _common() -> frozenset[str]:
    """The passwords that are tried first, in lower case; nothing is asked of the network (S-AUTH-03)."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # noqa: PLC0415 - see above

    return frozenset(FREQUENCY_LISTS["passwords"])


def errors(
    password: str,
    user: User,
    name: str,
    organizations: Iterable[str],
    settings: PlanSettings,
    *,
    has_factor: bool,
    former: store.PasswordRow | None,
) -> list[FieldError]:
    """Why a user may not have this password; none when they may.

    `name`: what they call themselves from now on. `organizations`: what each of theirs is known by. `has_factor`:
    whether a second factor goes with it. `former`: the present one, where there is one.
    """
    names = {user.name, name, user.email.partition("@")[0], settings.name, _PORTAL, *organizations}
    shortest = shortest_password(settings.shortest_without_factor, has_factor=has_factor)
    found = password_errors(password, names, _common(), shortest)
    # Only one that could be taken is worth what comparing costs.
    if not found and former is not None and _used_before(password, former):
        found.append(FieldError("/password", "password_used_before"))
    return found


def chosen(user_id: str, password: str, now: datetime, former: store.PasswordRow | None = None) -> store.PasswordRow:
    """The item of a password from `now` on. It knows those that can't come back; `errors` has found nothing."""
    return store.password_row(user_id, hashing.make(password), now, _newest(former)[: NOT_AGAIN - 1] if former else ())


def _used_before(password: str, former: store.PasswordRow) -> bool:
    return any(hashing.matches(encoded, password) for encoded in _newest(former))


def _newest(row: store.PasswordRow) -> list[str]:
    return [row.encoded, *map(str, row.former or [])][:NOT_AGAIN]
