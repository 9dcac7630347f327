"""What a password must be (CRD-1)."""

import re
import unicodedata
from collections.abc import Iterable

from chalicelib.core.errors import FieldError

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 128
"""Code points, both."""

# Shorter words of a name are in too many other words: Lee in sleep. The whole name counts however short it is.
_TELLING_WORD = 4


def password_errors(password: str, names: Iterable[str]) -> list[FieldError]:
    """What is wrong with a new password: every rule it breaks (CRD-1). Nothing of it is trimmed or folded.

    `names`: those of the person, their organizations and the plan, which it may not be made of.
    """
    errors = []
    if len(password) < SHORTEST_PASSWORD:
        errors.append(FieldError("/password", "password_too_short", SHORTEST_PASSWORD))
    if len(password) > LONGEST_PASSWORD:
        errors.append(FieldError("/password", "too_long", LONGEST_PASSWORD))
    if not any(map(str.isupper, password)):
        errors.append(FieldError("/password", "needs_upper_case"))
    if not any(map(str.islower, password)):
        errors.append(FieldError("/password", "needs_lower_case"))
    if all(map(str.isalnum, password)):
        errors.append(FieldError("/password", "needs_special_character"))
    if any(_made_of(password, name) for name in names):
        errors.append(FieldError("/password", "contains_name"))
    return errors


def _made_of(password: str, name: str) -> bool:
    words = [_letters(word) for word in re.split(r"[\W\d_]+", name)]
    telling = [word for word in words if len(word) >= _TELLING_WORD] + ["".join(words)]
    spelled = _letters(password)
    return any(word in spelled for word in telling if word)


def _letters(text: str) -> str:
    """The letters and digits of a text without case and accents: o'brien is in OBrien!"""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(filter(str.isalnum, apart))
