"""The two clocks of a membership: unused for too long (INA-1), not verified in time (REV-1). To the second.

A day is 24 hours; a deadline is over from its instant on. Jobs only make visible what these functions say.
"""

from datetime import datetime, timedelta

import msgspec

from chalicelib.accounts.domain import Membership
from chalicelib.organizations.domain import Organization
from chalicelib.plan.domain import PlanSettings


class Activity(msgspec.Struct, frozen=True, kw_only=True):
    """When a user was last there."""

    last_sign_in: datetime | None = None
    enabled_at: datetime | None = None
    """When any membership or place of theirs was last enabled."""
    cut_at: datetime | None = None
    """Whatever was enabled at or before this instant had lapsed when the user's clock started again: it stays inactive
    until it is enabled itself, whether or not a job ever ran (INA-3)."""
    warned_for: datetime | None = None
    """The instant of the last warning that they were given (INA-2)."""


NEVER = Activity()
# The next smaller instant.
_LEAST = timedelta(microseconds=1)


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """What decides the deadlines of a membership beside itself."""

    settings: PlanSettings
    organization: Organization | None = None
    """None where a call of the plan for this practice needn't be known."""
    activity: Activity | None = None
    """Of the user; None where they are known to have signed in lately, as by a session that lives."""


def used_at(activity: Activity, enabled_at: datetime | None) -> datetime | None:
    """When a user's clock started last: at the later of the last sign-in and the last enabling (INA-1)."""
    known = [at for at in (activity.last_sign_in, activity.enabled_at, enabled_at) if at is not None]
    return max(known) if known else None


def inactive_at(activity: Activity, enabled_at: datetime | None, settings: PlanSettings) -> datetime | None:
    """When a membership (or place) that was enabled then is unused for too long, or was; None without any use."""
    if activity.cut_at is not None and enabled_at is not None and enabled_at <= activity.cut_at:
        return activity.cut_at
    used = used_at(activity, enabled_at)
    return None if used is None else used + timedelta(days=settings.inactivity_days)


def started_again(activity: Activity, settings: PlanSettings, now: datetime) -> datetime | None:
    """The `cut_at` after a sign-in or an enabling at `now` starts the user's clock again."""
    ago = now - timedelta(days=settings.inactivity_days)
    used = used_at(activity, None)
    return ago if used is None or used <= ago else activity.cut_at


def review_due_at(
    verified_at: datetime | None, settings: PlanSettings, organization: Organization | None = None
) -> datetime | None:
    """When a membership that was verified then is to be verified again (REV-1); None for one that never is.

    Earlier when the plan called a review since then, of everybody or of the practice.
    """
    if verified_at is None:
        return None
    due = [verified_at + timedelta(days=settings.review_days)]
    for called in (settings, organization):
        if called is not None and called.review_called_at is not None and verified_at < called.review_called_at:
            due += [called.review_by] if called.review_by is not None else []
    return min(due)


def due_if_verified_until(at: datetime, settings: PlanSettings, organization: Organization | None = None) -> datetime:
    """The other way round: a membership's review is due at `at` if it was last verified at or before this instant."""
    until = [at - timedelta(days=settings.review_days)]
    for called in (settings, organization):
        if called is not None and called.review_called_at is not None:
            ended = called.review_by is not None and called.review_by <= at
            until += [called.review_called_at - _LEAST] if ended else []
    return max(until)


def is_called(membership: Membership, clock: Clock) -> bool:
    """Whether the plan called a review of somebody since they were last verified."""
    verified_at = membership.verified_at
    return verified_at is not None and called_since(verified_at, clock.settings, clock.organization)


def called_since(verified_at: datetime, settings: PlanSettings, organization: Organization | None = None) -> bool:
    """Whether the plan called a review since an instant, of everybody or of the practice."""
    return any(
        called is not None and called.review_called_at is not None and verified_at < called.review_called_at
        for called in (settings, organization)
    )
