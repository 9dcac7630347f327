"""argon2id, the only hash of secrets that people choose (CRD-1, S-AUTH-04); parameters come from the settings.

argon2 is imported when first used: most cold starts are not for somebody who signs in.
"""

import base64
import functools
from typing import TYPE_CHECKING

from chalicelib.core import config

if TYPE_CHECKING:
    from argon2 import PasswordHasher


@functools.cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher  # noqa: PLC0415 - see above

    settings = config.current()
    return PasswordHasher(
        time_cost=settings.argon2_time_cost,
        memory_cost=settings.argon2_memory_kib,
        parallelism=settings.argon2_parallelism,
    )


@functools.cache
def _nobodys_hash() -> str:
    """What a password of an unknown account is compared with: nobody's hash, as dear as a real one (S-AUTH-07).

    Put together rather than made: hashing something first would give the first unknown address away.
    """
    hasher = _hasher()
    salt, digest = (_spelled(bytes(length)) for length in (hasher.salt_len, hasher.hash_len))
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${costs}${salt}${digest}"


def _spelled(raw: bytes) -> str:
    return base64.b64encode(raw).rstrip(b"=").decode()


def make(password: str) -> str:
    """The encoded hash of a password, parameters and salt inside. Nothing is trimmed or folded."""
    return _hasher().hash(password)


def matches(encoded: str | None, password: str) -> bool:
    """Whether the password is the one behind `encoded`; None takes as long and never matches."""
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415 - see above

    try:
        verified = _hasher().verify(encoded or _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return verified and encoded is not None


def outdated(encoded: str) -> bool:
    """Whether the parameters have risen since the hash was made."""
    return _hasher().check_needs_rehash(encoded)
