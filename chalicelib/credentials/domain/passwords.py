"""What a password must be (CRD-1)."""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator

from chalicelib.core.errors import FieldError

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 128
"""Code points, both."""
NOT_AGAIN = 5
"""As many of the newest passwords, the present one among them, can't be chosen (S-AUTH-05)."""

# Shorter words of a name are in too many other words: Lee in sleep. The whole name counts however short it is.
_TELLING_WORD = 4
# As many digits of a number, such as a TIN, are no chance.
_TELLING_NUMBER = 6
# What is left of a common password without its ending; shorter ones are in too many others.
_SHORTEST_STEM = 4
# Signs that stand for letters. Both sides are folded alike, so that one sign may stand for two letters: 1 for i and l.
_SIGNS = str.maketrans("013456789@$!|+(l", "oieasgtbgasiitci")


def shortest_password(without_factor: int, *, has_factor: bool) -> int:
    """How many code points a password must have at least: more where it is all there is, when the plan says so (D1)."""
    return SHORTEST_PASSWORD if has_factor else max(SHORTEST_PASSWORD, without_factor)


def password_errors(
    password: str, names: Iterable[str], common: Container[str] = (), shortest: int = SHORTEST_PASSWORD
) -> list[FieldError]:
    """What is wrong with a new password: every rule it breaks (CRD-1). Nothing of it is trimmed or folded.

    `names`: those of the person, their organizations and the plan, and numbers, which it may not be made of. `common`:
    passwords that are tried first, without upper case.
    """
    errors = []
    if len(password) < shortest:
        errors.append(FieldError("/password", "password_too_short", shortest))
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
    if any(form in common for form in _forms(password)):
        errors.append(FieldError("/password", "too_common"))
    return errors


def _forms(password: str) -> Iterator[str]:
    """How the list may hold a password: without case, and without digits and specials that people append."""
    folded = password.casefold()
    yield folded
    stem = re.sub(r"[\W\d_]+\Z", "", folded)
    # What was appended may begin anywhere in them: abc123-2026.
    yield from (folded[:end] for end in range(max(len(stem), _SHORTEST_STEM), len(folded)))


def _made_of(password: str, name: str) -> bool:
    words = [_letters(word) for word in re.split(r"[\W\d_]+", name)]
    telling = [word for word in words if len(word) >= _TELLING_WORD] + ["".join(words)]
    numbers = [number for number in re.findall(r"\d+", name) if len(number) >= _TELLING_NUMBER]
    spelled, read = _letters(password), _read(password)
    return any(word in spelled or _read(word) in read for word in telling if word) or any(
        number in spelled for number in numbers
    )


def _read(text: str) -> str:
    """The letters that a text means to whoever reads its signs as letters: m4p1e is maple."""
    return _letters(text.casefold().translate(_SIGNS))


def _letters(text: str) -> str:
    """The letters and digits of a text without case and accents: o'brien is in OBrien!"""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(filter(str.isalnum, apart))
