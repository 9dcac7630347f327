"""Nominations: a practice's chief executive names the local administrator in writing (ORG-1).

A nomination goes to and fro in rounds: a form that staff return starts the next one with a fresh link, and whatever
link of an earlier round is still about opens nothing. What was signed in a round is kept as it is.
"""

from datetime import datetime, timedelta
from typing import Literal

import msgspec

FORM_LIVES = timedelta(days=14)
"""How long the executive's link lives (ORG-1)."""
REMINDER_DAYS = (7, 12)
"""After how many days without an answer the executive is reminded (ORG-2)."""

NominationState = Literal["sent", "signed", "returned", "approved", "withdrawn"]
"""As it is kept. `sent`: a form is out. `returned`: staff gave it back, and a fresh form is out."""
ShownState = Literal["sent", "opened", "signed", "returned", "expired", "approved", "withdrawn"]
"""As people see it at a moment: `opened` and `expired` follow from instants."""


class SignedForm(msgspec.Struct, frozen=True, kw_only=True):
    """What an executive signed, verbatim; kept once and never changed."""

    practice_name: str
    tin: str
    npis: tuple[str, ...]
    executive_name: str
    executive_email: str
    administrator_name: str
    administrator_email: str
    administrator_phone: str
    authority: str
    """In which capacity they sign, as they state it."""
    signature: str
    """Their name, typed."""
    consent_version: str
    consent_text: str
    """The words they agreed to, in the language they read."""
    language: str
    signed_at: datetime
    address: str
    """IP address it came from."""


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """What enrollment found when they compared a signed form with what is known (ORG-1)."""

    tin_matches: bool
    npis_match: bool
    by: str
    """User id."""
    by_name: str
    at: datetime


class Nomination(msgspec.Struct, frozen=True, kw_only=True):
    """One nomination of one organization; there is one open at a time."""

    id: str
    organization_id: str
    successor: bool = False
    """Whether somebody sat in the seat before: their approval makes the predecessor a general user (ORG-4)."""
    state: NominationState
    round: int = 1
    executive_name: str
    executive_email: str
    """As they were when the form of this round went out."""
    sent_by: str
    """User id of staff, or the name of the job."""
    sent_at: datetime
    ends_at: datetime
    """When the form's links end."""
    opened_at: datetime | None = None
    reminded: int = 0
    """The longest of REMINDER_DAYS that the executive was reminded of in this round."""
    signed_at: datetime | None = None
    form_sha256: str | None = None
    """Digest of the signed form of this round, as the audit record has it too."""
    verification: Verification | None = None
    return_reason: str = ""
    """Why staff gave it back, for the executive; verbatim."""
    decided_by: str = ""
    decided_at: datetime | None = None
    membership_id: str | None = None
    """Whom the approval invited or seated."""
    version: int = 1


def shown_state(nomination: Nomination, now: datetime) -> ShownState:
    """How a nomination stands at `now` (ORG-1): a form that nobody signed in time has expired, to the second."""
    if nomination.state in ("signed", "approved", "withdrawn"):
        return nomination.state  # type: ignore[return-value]  # a part of the same words
    if nomination.ends_at <= now:
        return "expired"
    if nomination.opened_at is not None:
        return "opened"
    return "returned" if nomination.state == "returned" else "sent"


def form_is_out(nomination: Nomination, now: datetime) -> bool:
    """Whether the executive can still sign."""
    return nomination.state in ("sent", "returned") and now < nomination.ends_at


def is_open(nomination: Nomination) -> bool:
    """Whether it is neither approved nor withdrawn: another one can't begin beside it, but an expired form is sent anew."""
    return nomination.state in ("sent", "returned", "signed")
