"""How far the review of a practice has come: who is open, late, done (REV-1, REV-4)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo

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
    return max(_calls(clock), key=lambda one: one.at, default=None)


def due_at(of: Standing, clock: Clock) -> datetime:
    """When a member is to be verified again."""
    due = clocks.review_due_at(of.verified_at, clock.settings, clock.organization)
    assert due is not None  # only somebody who was never verified is never due
    return due


def open_until(clock: Clock, now: datetime) -> datetime:
    """Whoever was last verified at that instant or before is to be looked at: due within the first reminder, or called.

    Those who are late are among them.
    """
    first = timedelta(days=max(clock.settings.review_reminder_days, default=0))
    return max([now - timedelta(days=clock.settings.review_days) + first, *(_before(one.at) for one in _calls(clock))])


def late_until(clock: Clock, now: datetime) -> datetime:
    """Whoever was last verified at that instant or before is late, whether or not a job has run (REV-1)."""
    return clocks.due_if_verified_until(now, clock.settings, clock.organization)


def is_late(of: Standing, clock: Clock, now: datetime) -> bool:
    """Whether a member is late."""
    return of.suspended or of.verified_at <= late_until(clock, now)


def is_open(of: Standing, clock: Clock, now: datetime) -> bool:
    """Whether it is time to look at a member."""
    return of.suspended or of.verified_at <= open_until(clock, now)


def progress(everyone: Sequence[Standing], clock: Clock, now: datetime) -> Progress:
    """How far a practice has come."""
    called = current_call(everyone, clock, now)
    since = called.at if called is not None else now - LATELY
    opens, ends = open_until(clock, now), late_until(clock, now)
    late = [one.suspended or one.verified_at <= ends for one in everyone]
    return Progress(
        open=sum(one.suspended or one.verified_at <= opens for one in everyone),
        late=sum(late),
        done=sum(one.verified_at >= since and not over for one, over in zip(everyone, late, strict=True)),
        everyone=len(everyone),
    )


def next_due_at(everyone: Iterable[Standing], clock: Clock, now: datetime) -> datetime | None:
    """The next deadline that is to come."""
    return min((due for one in everyone if (due := due_at(one, clock)) > now and not one.suspended), default=None)


class Wave(msgspec.Struct, frozen=True):
    """Those of a practice whose reviews are open and have the same last day, as the plan's calendar has it."""

    day: date
    people: int


def waves(everyone: Iterable[Standing], clock: Clock, now: datetime, zone: tzinfo) -> list[Wave]:
    """What is ahead of a practice, day by day; the late ones are in none."""
    days = (
        # What ends at midnight ends with the day before.
        _before(due_at(one, clock)).astimezone(zone).date()
        for one in everyone
        if is_open(one, clock, now) and not is_late(one, clock, now)
    )
    return [Wave(day, people) for day, people in sorted(Counter(days).items())]


def current_call(everyone: Iterable[Standing], clock: Clock, now: datetime) -> Called | None:
    """The plan's call, as long as its date is to come or somebody was not verified since."""
    called = call(clock)
    if called is None or (now >= called.by and all(one.verified_at >= called.at for one in everyone)):
        return None
    return called


def _calls(clock: Clock) -> list[Called]:
    return [
        Called(each.review_called_at, each.review_by)
        for each in (clock.settings, clock.organization)
        if each is not None and each.review_called_at is not None and each.review_by is not None
    ]


def _before(at: datetime) -> datetime:
    """The last instant before a call: whoever was verified at the call itself has been looked at."""
    return at - timedelta(microseconds=1)
