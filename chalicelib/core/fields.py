"""Types of the fields that clients send: how long, which characters (S-IO-04, S-IO-05, S-IO-07).

Text is kept verbatim (house rule 6), so what may not be kept is refused, never repaired.
"""

import unicodedata
from typing import Annotated

import msgspec

_LINE = {"characters": "line"}
_LINES = {"characters": "lines"}
HIDDEN = {"characters": "line", "sent": "header"}
"""Of a parameter that may hold what somebody typed or is called (house rule 6).

It stands in a header, since a URL is kept and shown in many places.
"""

# In Python `$` also matches before a line break at the end; the look-ahead means the same in every dialect.
Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,4}_[0-9a-z]{10,40}$(?!\n)")]
"""An id of ours; anything else in its place is simply not there."""

Email = Annotated[str, msgspec.Meta(min_length=3, max_length=254, extra=_LINE)]
"""An address as typed at sign-in; whether it is one is decided by looking it up."""

Password = Annotated[str, msgspec.Meta(min_length=1, max_length=128)]
"""Verbatim, any characters (CRD-1); bounded because hashing costs."""

Answer = Annotated[str, msgspec.Meta(min_length=1, max_length=100, extra=_LINE)]
"""An answer to a security question, as typed (CRD-3)."""

QuestionId = Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{1,40}$(?!\n)")]
"""Id of a security question; whether there is one is the catalogue's to say."""

FactorCode = Annotated[str, msgspec.Meta(min_length=6, max_length=40, extra=_LINE)]
"""Six digits of an authenticator app, or a recovery code; spaces and dashes are for reading."""

Subject = Annotated[str, msgspec.Meta(min_length=1, max_length=200, extra=_LINE)]
Body = Annotated[str, msgspec.Meta(min_length=1, max_length=20_000, extra=_LINES)]
SubjectSoFar = Annotated[str, msgspec.Meta(max_length=200, extra=_LINE)]
Note = Annotated[str, msgspec.Meta(max_length=20_000, extra=_LINES)]
"""What goes along with something else, so it may be empty."""
PersonName = Annotated[str, msgspec.Meta(min_length=1, max_length=120, extra=_LINE)]
Phone = Annotated[str, msgspec.Meta(min_length=7, max_length=40, pattern=r"^[+().x \-]*([0-9][+().x \-]*){7,}$(?!\n)")]
"""As people write it; with seven digits at least."""
Tin = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{2}-?[0-9]{7}$(?!\n)")]
"""A tax identification number as people write it."""
LinkToken = Annotated[str, msgspec.Meta(min_length=1, max_length=200, extra=_LINE)]
"""The token of a one-time link; one that can't be a token is answered like an unknown one."""
Comment = Annotated[str, msgspec.Meta(max_length=2_000, extra=_LINES)]
"""Verbatim; how many characters a person counts is the rule of ACC-4."""
FileName = Annotated[str, msgspec.Meta(min_length=1, max_length=255, extra=_LINE)]
Search = Annotated[str, msgspec.Meta(max_length=200, extra=HIDDEN)]
Cursor = Annotated[str, msgspec.Meta(max_length=2_000, extra=HIDDEN)]

# Bidirectional overrides and isolates can make text read as something else (CVE-2021-42574).
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ZERO_WIDTH = frozenset("\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\ufff9\ufffa\ufffb")
# Letters and a symbol by their category, and yet nothing is seen of them.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_LINE_BREAKS = frozenset("\n\r\t")


def allowed_characters(text: str, characters: str) -> bool:
    """Whether a text holds only what its kind allows.

    `line` is one line without control, direction or zero-width characters, and something of it is seen; `lines` may
    also have tabs and line breaks. Joiners (U+200C, U+200D) are part of real names and emoji and stay allowed.
    """
    breaks = _LINE_BREAKS if characters == "lines" else frozenset()
    if text and not any(map(_is_seen, text)):
        return False
    return not any(
        character in _BIDI
        or character in _ZERO_WIDTH
        or (unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") and character not in breaks)
        for character in text
    )


def _is_seen(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS" and character not in _BLANK
