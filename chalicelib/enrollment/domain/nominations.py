"""Nominations: a practice's chief executive names the local administrator in writing (ORG-1).

A nomination goes to and fro in rounds: a form that staff return starts the next one with a fresh link, and whatever
link of an earlier round is still about opens nothing. What was signed in a round is kept as it is.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from chalicelib.accounts.domain import normalised
from chalicelib.core.errors import Conflict, FieldError, Stale
from chalicelib.core.texts import LANGUAGES, Language
from chalicelib.organizations.domain import Organization

FORM_LIVES = timedelta(days=14)
"""How long the executive's link lives (ORG-1)."""
MOST_SENT = ((timedelta(hours=1), 4), (timedelta(days=1), 18))
"""How many forms a practice is sent by hand in an hour and in a day: fewer than its executive is mailed (S-MAIL-04).

Each ends the links before it, so the mail of each has to go, and one of a form that is returned besides.
"""
REMINDER_DAYS = (7, 12)
"""After how many days without an answer the executive is reminded (ORG-2)."""

NominationState = Literal["sent", "signed", "returned", "approved", "withdrawn"]
"""As it is kept. `sent`: a form is out. `returned`: staff gave it back, and a fresh form is out."""
ShownState = Literal["sent", "opened", "signed", "returned", "expired", "approved", "withdrawn"]
"""As people see it at a moment: `opened` and `expired` follow from instants."""
Place = Literal["to_verify", "out", "ended"]
"""Where a nomination stands on the list of enrollment."""
RoundEnd = Literal["returned", "sent_anew"]
"""Why a round was followed by another: staff gave the signed form back, or sent a fresh one before it was signed."""

CONSENT_VERSION = "1"
"""Of the words that an executive agrees to: `consent.nomination.<version>` in the catalogues."""


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
    language: Language
    signed_at: datetime
    address: str
    """IP address it came from."""


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """What enrollment found when they compared a signed form with what is known (ORG-1)."""

    tin_matches: bool
    npis_match: bool
    tin: str = ""
    npis: tuple[str, ...] = ()
    """What the form was compared with: the practice's number, and its NPIs in order."""
    by: str
    """User id."""
    by_name: str
    at: datetime


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """A round that is over, as it ended."""

    number: int
    executive_name: str
    executive_email: str
    sent_by: str
    sent_at: datetime
    ends_at: datetime
    opened_at: datetime | None = None
    signed_at: datetime | None = None
    form_sha256: str | None = None
    verification: Verification | None = None
    ended: RoundEnd
    reason: str = ""
    """Why staff returned it, verbatim."""
    by: str
    """User id of staff, or the name of the job."""
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
    sent_lately: tuple[datetime, ...] = ()
    """When forms went out to this practice in the last day, this one among them, whatever became of each."""
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
        return nomination.state
    if nomination.ends_at <= now:
        return "expired"
    if nomination.opened_at is not None:
        return "opened"
    return "returned" if nomination.state == "returned" else "sent"


def form_is_out(nomination: Nomination, now: datetime) -> bool:
    """Whether the executive can still sign."""
    return nomination.state in ("sent", "returned") and now < nomination.ends_at


def is_open(nomination: Nomination) -> bool:
    """Whether it is neither approved nor withdrawn: another can't begin beside it, but an expired form is sent anew."""
    return nomination.state in ("sent", "returned", "signed")


def place(nomination: Nomination) -> Place:
    """Where it stands on the list of enrollment."""
    if nomination.state == "signed":
        return "to_verify"
    return "out" if is_open(nomination) else "ended"


def canonical(form: SignedForm) -> str:
    """A signed form as it is kept: JSON with its names in order, so that the same form has the same bytes."""
    return msgspec.json.encode(msgspec.to_builtins(form), order="sorted").decode()


def sha256(kept: str) -> str:
    """The digest of a form as it is kept, in hexadecimal digits (ORG-1)."""
    return hashlib.sha256(kept.encode()).hexdigest()


def consent(language: Language) -> str:
    """The version of the words in one language, as a form that is signed names it."""
    return f"{CONSENT_VERSION}-{language}"


def consent_language(version: str) -> Language | None:
    """The language of the words that somebody read; None when they are not the present ones."""
    return next((language for language in LANGUAGES if consent(language) == version), None)


def check_consent(version: str, *, consented: bool) -> list[FieldError]:
    """What is wrong with an agreement: it is to the words as they are now, and it is given (ORG-1)."""
    errors = [] if consent_language(version) is not None else [FieldError("/consent_version", "consent_changed")]
    return errors if consented else [*errors, FieldError("/consented", "consent_required")]


def require_version(nomination: Nomination, version: int) -> None:
    """Raises Stale unless it is as it was shown."""
    if nomination.version != version:
        raise Stale


def require_signed(nomination: Nomination) -> None:
    """Raises Conflict `nomination_<state>` unless it waits to be verified and approved."""
    if nomination.state != "signed":
        raise Conflict(f"nomination_{nomination.state}")


def require_open(nomination: Nomination) -> None:
    """Raises Conflict `nomination_<state>` when it has ended."""
    if not is_open(nomination):
        raise Conflict(f"nomination_{nomination.state}")


def has_executive(organization: Organization) -> bool:
    """Whether it is known who may name the administrator, and where to write to."""
    return bool(organization.executive_email and organization.executive_name)


def still_leads(nomination: Nomination, organization: Organization) -> bool:
    """Whether the practice's executive is who the form of this round went to (S-AUTH-08)."""
    return normalised(organization.executive_email) == normalised(nomination.executive_email)


def sent(
    organization: Organization, before: Nomination | None, id_: str, by: str, now: datetime, *, successor: bool
) -> Nomination:
    """A form goes out: the next round of an open nomination, or the first one of a new one with that id (ORG-1).

    Raises Conflict `organization_closed`, `executive_unknown`, or `nomination_open` while a signed form waits.
    """
    if organization.closed:
        raise Conflict("organization_closed")
    if not has_executive(organization):
        raise Conflict("executive_unknown")
    if before is not None and before.state == "signed":
        raise Conflict("nomination_open")
    anew = before is not None and is_open(before)
    return Nomination(
        id=before.id if before is not None and anew else id_,
        organization_id=organization.id,
        successor=successor,
        state="sent",
        round=before.round + 1 if before is not None and anew else 1,
        executive_name=organization.executive_name,
        executive_email=organization.executive_email,
        sent_by=by,
        sent_at=now,
        ends_at=now + FORM_LIVES,
        sent_lately=(*_since(before, now - timedelta(days=1)), now),
        # Why it was given back is for whoever gets it again.
        return_reason=before.return_reason if before is not None and before.state == "returned" else "",
        version=before.version + 1 if before is not None and anew else 1,
    )


def require_room(before: Nomination | None, now: datetime) -> None:
    """Raises Conflict `form_sent_lately` when another form would end the links of one, and its mail be held back."""
    if any(len(_since(before, now - span)) >= most for span, most in MOST_SENT):
        raise Conflict("form_sent_lately")


def _since(before: Nomination | None, start: datetime) -> tuple[datetime, ...]:
    """When forms went out after an instant."""
    return () if before is None else tuple(at for at in before.sent_lately if at > start)


def returned(before: Nomination, organization: Organization, by: str, reason: str, now: datetime) -> Nomination:
    """Staff give a signed form back: the next round begins, with what the plan knows of the executive now (ORG-1).

    What was verified is verified anew. Raises Conflict as `sent` does.
    """
    require_signed(before)
    unsigned = msgspec.structs.replace(before, state="sent")
    after = sent(organization, unsigned, before.id, by, now, successor=before.successor)
    return msgspec.structs.replace(after, state="returned", return_reason=reason)


def ended_round(before: Nomination, ended: RoundEnd, by: str, reason: str, now: datetime) -> Round:
    """The round that another one follows."""
    return Round(
        number=before.round,
        executive_name=before.executive_name,
        executive_email=before.executive_email,
        sent_by=before.sent_by,
        sent_at=before.sent_at,
        ends_at=before.ends_at,
        opened_at=before.opened_at,
        signed_at=before.signed_at,
        form_sha256=before.form_sha256,
        verification=before.verification,
        ended=ended,
        reason=reason,
        by=by,
        at=now,
    )


def require_verified(nomination: Nomination, organization: Organization) -> Verification:
    """What staff found when they compared this very form with what is known by now (ORG-1).

    Raises Conflict `not_verified` unless TIN and NPIs matched, in this round, with the practice's of now.
    """
    found = nomination.verification
    if found is None or nomination.signed_at is None or found.at < nomination.signed_at:
        raise Conflict("not_verified")
    if not (found.tin_matches and found.npis_match):
        raise Conflict("not_verified")
    if found.tin != organization.tin or found.npis != npis(organization):
        raise Conflict("not_verified")
    return found


def npis(organization: Organization) -> tuple[str, ...]:
    """An organization's NPIs in order."""
    return tuple(sorted(organization.npis))


def names_differ(one: str, other: str) -> bool:
    """Whether two names are more apart than by case and spaces."""
    return _plainly(one) != _plainly(other)


def _plainly(text: str) -> str:
    return " ".join(text.casefold().split())


def reminder_due(nomination: Nomination, now: datetime) -> int | None:
    """The reminder that is due at `now`: of those whose days have passed the last, once; None when none is (ORG-2).

    None as well once the form is answered or its links have ended.
    """
    if not form_is_out(nomination, now):
        return None
    passed = [days for days in REMINDER_DAYS if nomination.sent_at + timedelta(days=days) <= now]
    return passed[-1] if passed and passed[-1] > nomination.reminded else None


def next_reminder(nomination: Nomination, now: datetime, days: Iterable[int] = REMINDER_DAYS) -> datetime | None:
    """When the next reminder of a form that is out is due; None when none follows (ORG-2)."""
    if not form_is_out(nomination, now):
        return None
    ahead = [nomination.sent_at + timedelta(days=one) for one in days if one > nomination.reminded]
    return next((at for at in ahead if at > now), None)
