"""The second factor: codes of an authenticator app (TOTP, RFC 6238) and recovery codes (CRD-9, S-AUTH-14)."""

from datetime import datetime
from typing import Literal

import msgspec

from chalicelib.core.access import Role

STEP_SECONDS = 30
RECOVERY_CODES = 10


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


def open_steps(factor: Factor, now: datetime) -> range:
    """Time steps whose codes work: one before and one after the present one, none that was used or passed over."""
    present = int(now.timestamp()) // STEP_SECONDS
    return range(max(present - 1, factor.last_step + 1), present + 2)


def step_used(factor: Factor, step: int) -> Factor:
    """The factor after the code of a time step was used: once, and none before it any more."""
    return msgspec.structs.replace(factor, last_step=step, version=factor.version + 1)


def recovery_used(factor: Factor, hash_: str) -> Factor:
    """The factor after a recovery code was used, which then is gone."""
    return msgspec.structs.replace(factor, recovery=factor.recovery - {hash_}, version=factor.version + 1)


def factor_wanted(setting: Literal["administrators_and_staff", "nobody"], place: Role | Literal["staff"]) -> bool:
    """Whether who has this role must enroll a second factor before any other request (CRD-9)."""
    return setting == "administrators_and_staff" and place != "general_user"
