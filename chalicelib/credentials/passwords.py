"""Choosing a new password (CRD-1): one place for all who set one."""

from collections.abc import Iterable

from chalicelib.accounts.domain import User
from chalicelib.core.errors import FieldError
from chalicelib.credentials.domain.passwords import password_errors


def errors(password: str, user: User, name: str, organizations: Iterable[str], plan: str) -> list[FieldError]:
    """Why a user may not have this password; none when they may. `name` is what they call themselves from now on."""
    names = {user.name, name, plan, *organizations}
    # What needs data joins here: the list of common and breached passwords, and the last five (CRD-1).
    return password_errors(password, names)
