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
# Letters of which none looks like another or like a digit; no vowels, so that they make no words.
_SPOKEN = "BCDFGHJKLMNPQRSTVWXZ"
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
    return f"{before(prefix, at)}{_letters(secrets.randbits(100), _CHANCE_LETTERS)}"


def before(prefix: str, at: datetime) -> str:
    """The text that sortable ids made earlier than the millisecond of `at` stand before, and no others."""
    # Whole numbers: as a float, one instant in two hundred would fall into the millisecond before.
    milliseconds = (at - _EPOCH) // timedelta(milliseconds=1)
    return f"{prefix}_{_letters(milliseconds, _TIME_LETTERS)}"


def time_of(id_: str) -> datetime:
    """The millisecond that a sortable id was made for."""
    number = 0
    for letter in id_.rpartition("_")[2][:_TIME_LETTERS]:
        number = number * 32 + _ALPHABET.index(letter)
    return _EPOCH + timedelta(milliseconds=number)


def letters(count: int) -> str:
    """Random capital letters that are hard to mishear or misread; 8 of them have 34 bits."""
    return "".join(secrets.choice(_SPOKEN) for _ in range(count))


def token() -> str:
    """A secret of 256 bits for a session or a link, URL-safe. Store only its `digest` (S-SESS-01, S-AUTH-08)."""
    return secrets.token_urlsafe(32)


def seed() -> str:
    """A secret of 160 bits for an authenticator app, in base32 (RFC 4226, section 4)."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def written_code() -> str:
    """A secret of 80 bits for people to write down, such as `q4fn-8x2c-0mzt-j7wd`. `read_code` undoes slips."""
    letters = _letters(secrets.randbits(80), 16)
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def read_code(typed: str) -> str:
    """A code as `written_code` made it, without dashes; case, spaces and letters that look like digits don't count."""
    letters = "".join(filter(str.isalnum, typed.lower()))
    return letters.translate(str.maketrans("oil", "011"))


def digest(text: str) -> str:
    """SHA-256 of a text in URL-safe base64 without padding, 43 characters."""
    return (
        base64.urlsafe_b64encode(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()).rstrip(b"=").decode()
    )


def jitter(ceiling: float) -> float:
    """A random number of seconds in [0, ceiling): not for secrets."""
    return random.random() * ceiling  # noqa: S311 - spreads retries, guards nothing
