"""How far the review of a practice has come: who is open, late, done (REV-1, REV-4)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from chalicelib.accounts.domain import clocks
from chalicelib.accounts.domain.clocks import Clock

LATELY = timedelta(days=14)
"""Whoever was verified within that time counts as done, unless the plan called a review since then."""


class Standing(msgspec.Struct, frozen=True):
    """A member who has a review to come, as the index of them tells it."""

    id: str
    verified_at: datetime
    suspended: bool
    """Whether the clock has made it visible that they are late."""


class Progress(msgspec.Struct, frozen=True):
    """How many there are: `late` ones are `open` too."""

    open: int
    late: int
    done: int
    everyone: int


class Called(msgspec.Struct, frozen=True):
    """When the plan called a review, and when it ends."""

    at: datetime
    by: datetime


def call(clock: Clock) -> Called | None:
    """The plan's last call for this practice, of everybody or of it alone; None when there was none."""
    calls = [
        Called(each.review_called_at, each.review_by)
        for each in (clock.settings, clock.organization)
        if each is not None and each.review_called_at is not None and each.review_by is not None
    ]
    return max(calls, key=lambda one: one.at, default=None)


def due_at(of: Standing, clock: Clock) -> datetime:
    """When a member is to be verified again."""
    due = clocks.review_due_at(of.verified_at, clock.settings, clock.organization)
    assert due is not None  # only somebody who was never verified is never due
    return due


def is_late(of: Standing, clock: Clock, now: datetime) -> bool:
    """Whether the deadline is over, whether or not a job has run (REV-1)."""
    return of.suspended or due_at(of, clock) <= now


def is_open(of: Standing, clock: Clock, now: datetime) -> bool:
    """Whether it is time to look at a member: late, within the first reminder, or the plan called since then."""
    first = timedelta(days=max(clock.settings.review_reminder_days, default=0))
    return is_late(of, clock, now) or due_at(of, clock) - first <= now or _is_called(of, clock)


def progress(everyone: Sequence[Standing], clock: Clock, now: datetime) -> Progress:
    """How far a practice has come."""
    called = current_call(everyone, clock, now)
    since = called.at if called is not None else now - LATELY
    return Progress(
        open=sum(is_open(one, clock, now) for one in everyone),
        late=sum(is_late(one, clock, now) for one in everyone),
        done=sum(one.verified_at >= since and not is_late(one, clock, now) for one in everyone),
        everyone=len(everyone),
    )


def next_due_at(everyone: Iterable[Standing], clock: Clock, now: datetime) -> datetime | None:
    """The next deadline that is to come."""
    return min((due for one in everyone if (due := due_at(one, clock)) > now and not one.suspended), default=None)


def current_call(everyone: Iterable[Standing], clock: Clock, now: datetime) -> Called | None:
    """The plan's call, as long as its date is to come or somebody was not verified since."""
    called = call(clock)
    if called is None or (now >= called.by and all(one.verified_at >= called.at for one in everyone)):
        return None
    return called


def _is_called(of: Standing, clock: Clock) -> bool:
    return any(
        each is not None and each.review_called_at is not None and of.verified_at < each.review_called_at
        for each in (clock.settings, clock.organization)
    )
