"""When administrators are reminded of the reviews of their organization (REV-4). To the second.

An organization is reminded of the first deadline that is ahead of it; the mail counts everybody whose review is open.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from chalicelib.accounts.domain import stages
from chalicelib.plan.domain import PlanSettings

Standing = Literal["late", "open"]
"""What makes an organization one that the plan looks at: somebody is suspended for want of a review, or one is open."""

_LOOK_AGAIN = timedelta(days=7)


class ReviewState(msgspec.Struct, frozen=True, kw_only=True):
    """What an organization was told of its reviews, so that nothing is told twice."""

    organization_id: str
    told_at: datetime | None = None
    """When its administrators were last reminded, or told of a call."""
    told_due_at: datetime | None = None
    """The deadline that they were told of."""
    overdue_until: datetime | None = None
    """Deadlines up to this instant were told as over."""
    listed: Standing | None = None
    """As what the plan finds it."""
    sole: bool = False
    """Whether the review of its only administrator is open: two of the plan make it (REV-2)."""
    version: int = 0


def reminder(state: ReviewState, due_at: datetime, settings: PlanSettings, now: datetime) -> int | None:
    """Days of the reminder that is due now for the first deadline; None when there is none, or they had it.

    Of several that have passed since the last run it is the last one. A deadline before the one that they know is told
    at its stage whatever they heard of the other.
    """
    days = stages.stage(due_at, settings.review_reminder_days, now)
    if days is None or state.told_at is None:
        return days
    came_since = state.told_at < due_at - timedelta(days=days)
    sooner = state.told_due_at is not None and due_at < state.told_due_at
    return days if came_since or sooner else None


def tells_overdue(state: ReviewState, deadlines: Iterable[datetime]) -> bool:
    """Whether one of some deadlines that are over has not been told as that."""
    return any(state.overdue_until is None or at > state.overdue_until for at in deadlines)


def opens_at(due_at: datetime, settings: PlanSettings) -> datetime:
    """When a review of that deadline becomes one that is open: with the first reminder."""
    return due_at - timedelta(days=max(settings.review_reminder_days, default=0))


def look_next(state: ReviewState, due_at: datetime | None, settings: PlanSettings, now: datetime) -> datetime | None:
    """When to look at an organization again: at the next reminder, at the deadline; weekly while the plan finds it."""
    at = [now + _LOOK_AGAIN] if state.listed is not None else []
    if due_at is not None:
        at.append(stages.next_stage_at(due_at, settings.review_reminder_days, now) or due_at)
    return min(at, default=None)
