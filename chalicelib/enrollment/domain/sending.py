"""Which practices of a wave get a form, and when a chief executive is reminded (ORG-2)."""

from datetime import datetime, timedelta

from chalicelib.enrollment.domain.nominations import (
    REMINDER_DAYS,
    Nomination,
    form_is_out,
    has_executive,
    is_open,
    still_leads,
)
from chalicelib.enrollment.domain.waves import Place, Wave
from chalicelib.organizations.domain import Organization


def gets_form(
    wave: Wave, place: Place | None, organization: Organization, current: Nomination | None, now: datetime
) -> bool:
    """Whether an organization is to get the form of its wave at `now`.

    Not when it ended, left, has no executive to write to, or has a nomination that is signed, approved or out. What
    came of a form before the wave is no reason not to; since it began, or the organization came in, one is enough.
    A form that went to another executive is none.
    """
    if organization.closed or place is None or organization.wave_id != wave.id or wave.ends_at <= now:
        return False
    if not has_executive(organization) or wave.started_at is None:
        return False
    if current is None or (is_open(current) and current.state != "signed" and not still_leads(current, organization)):
        return True
    if current.state in ("signed", "approved") or form_is_out(current, now):
        return False
    return current.sent_at < max(wave.started_at, place.joined_at)


def reminder(nomination: Nomination, now: datetime) -> int | None:
    """The stage that an executive is to be reminded of at `now`: of several that have passed only the last."""
    passed = [days for days in REMINDER_DAYS if nomination.sent_at + timedelta(days=days) <= now]
    return max(passed) if passed and max(passed) > nomination.reminded else None


def next_reminder(nomination: Nomination, now: datetime) -> datetime | None:
    """When the next stage comes after `now`, if one does."""
    ahead = [at for days in REMINDER_DAYS if (at := nomination.sent_at + timedelta(days=days)) > now]
    return min(ahead, default=None)


def is_let_be(nomination: Nomination, wave: Wave | None, now: datetime) -> bool:
    """Whether nobody is reminded for now: the form's wave is over. It may be given more time."""
    return wave is not None and nomination.sent_at < wave.ends_at <= now
