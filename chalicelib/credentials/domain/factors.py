"""The second factor: codes of an authenticator app (TOTP, RFC 6238) and recovery codes (CRD-9, S-AUTH-14)."""

from datetime import datetime
from typing import Literal

import msgspec

from chalicelib.core.access import Role


class Factor(msgspec.Struct, frozen=True, kw_only=True):
    """A user's enrolled second factor. The seed is sealed; of recovery codes only hashes are known."""

    user_id: str
    sealed: str
    """The seed, sealed for this user (core/sealing.py)."""
    enrolled_at: datetime
    last_step: int = 0
    """The newest time step whose code was used: it and those before don't work again."""
    recovery: frozenset[str] = frozenset()
    """Hashes of the recovery codes that are left."""
    version: int = 1


def factor_wanted(setting: Literal["administrators_and_staff", "nobody"], place: Role | Literal["staff"]) -> bool:
    """Whether who has this role must enroll a second factor before any other request (CRD-9)."""
    return setting == "administrators_and_staff" and place != "general_user"
