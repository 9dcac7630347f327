"""Identifiers, tokens and chance (architecture: the world door).

The only module that draws random numbers. Ids are never reused and can't be guessed (S-AUTH-01, S-AZ-02).
"""

import base64
import hashlib
import random
import secrets
from datetime import UTC, datetime, timedelta

# Crockford's alphabet keeps the order of the bits in the order of the letters and has no i, l, o, u to misread.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_TIME_LETTERS = 10
_CHANCE_LETTERS = 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _letters(number: int, count: int) -> str:
    return "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in reversed(range(count)))


def new(prefix: str) -> str:
    """A fresh id such as `usr_…`: 130 random bits behind a prefix that names the kind."""
    return f"{prefix}_{_letters(secrets.randbits(130), 26)}"


def sortable(prefix: str, at: datetime) -> str:
    """A fresh id whose text order is the order of `at` to the millisecond; 100 random bits follow the time."""
    # Whole numbers: as a float, one instant in two hundred would fall into the millisecond before.
    milliseconds = (at - _EPOCH) // timedelta(milliseconds=1)
    return f"{prefix}_{_letters(milliseconds, _TIME_LETTERS)}{_letters(secrets.randbits(100), _CHANCE_LETTERS)}"


def token() -> str:
    """A secret of 256 bits for a session or a link, URL-safe. Store only its `digest` (S-SESS-01, S-AUTH-08)."""
    return secrets.token_urlsafe(32)


def digest(text: str) -> str:
    """SHA-256 of a text in URL-safe base64 without padding, 43 characters."""
    return (
        base64.urlsafe_b64encode(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()).rstrip(b"=").decode()
    )


def jitter(ceiling: float) -> float:
    """A random number of seconds in [0, ceiling): not for secrets."""
    return random.random() * ceiling  # noqa: S311 - spreads retries, guards nothing
