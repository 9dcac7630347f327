"""Accounts that look shared (ACC-2, S-SHARE-02): a hint that asks, never a refusal."""

import re

from chalicelib.core.errors import FieldError

# Words for a place or a task at a practice. Somebody may be called Office; the administrator then confirms it.
_PLACES = frozenset(
    re.findall(
        r"\w+",
        """
        admin administration administrator account accounts appointments assistant auth authorizations billing biller
        claims clinic coder coding contact credentialing dept desk doctor doctors eligibility enrollment fax front
        frontdesk general group hello help helpdesk hr info inbox intake mail main manager medical nurse nurses nursing
        office operations patient patients practice provider providers reception receptionist referral referrals records
        scheduler scheduling secretary shared staff support team temp user recepcion oficina facturacion citas
        consultorio enfermeria
        """,
    )
)
_WORDS = re.compile(r"[^\W\d_]+")
# So many people with one number look like one number for many (S-SHARE-02).
SAME_PHONE = 3


def looks_shared(name: str, email: str, people_with_phone: int) -> list[FieldError]:
    """The fields that look as if several people were to use the account.

    `people_with_phone` counts the other members who gave the same number.
    """
    errors = []
    words = _WORDS.findall(name.casefold())
    short = len(words) < 2 and not any(_is_syllabic(letter) for letter in name)
    if short or set(words) <= _PLACES:
        errors.append(FieldError("/name", "looks_shared"))
    if set(_WORDS.findall(email.rpartition("@")[0].casefold())) & _PLACES:
        errors.append(FieldError("/email", "looks_shared"))
    if people_with_phone >= SAME_PHONE - 1:
        errors.append(FieldError("/phone", "looks_shared"))
    return errors


def _is_syllabic(letter: str) -> bool:
    """Whether a letter is one of a script that writes a whole name in a few of them (Chinese, Japanese, Korean)."""
    return "\u3040" <= letter <= "\u30ff" or "\u3400" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3"
