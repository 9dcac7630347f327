"""Deadlines that a job makes visible (INA-4): a sparse index of what is due, by schedule, day and shard.

A timer is one row that says: look at this subject then. It is cheap to be wrong about: whoever fires it looks at the
subject anew, and may put the timer off (someone signed in meanwhile), so nothing that traffic does touches timers.
Rules compare their deadlines when they are read; timers only make the result visible (house rule 4).

The work of a schedule costs in proportion to what is due: a query for each day and shard since it was last done.
"""

import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import msgspec
from pynamodb.attributes import UnicodeAttribute

from chalicelib.core import change, log
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict
from chalicelib.core.tables import ShortLivedRow

# Spreads the writes of a busy day; every one of them costs a query a day.
SHARDS = 4
# How far back a schedule looks that has never been worked.
_FIRST_LOOK_BACK = timedelta(days=30)
# A change that began before midnight may arm a timer for the day before a little later.
_SETTLED_AFTER = timedelta(hours=1)

Schedule = Literal["housekeeping", "notices", "inactivity_lockout", "revalidation_reminders", "enrollment"]


class Timer(msgspec.Struct, frozen=True, kw_only=True):
    """Look at `subject` at `due`. One timer of a kind, subject and instant is one row, however often it is armed."""

    schedule: Schedule
    kind: str
    subject: str
    """Ids that the kind's function understands, parts separated by `/`."""
    due: datetime


class Done(msgspec.Struct, frozen=True):
    """The kind's function finished the timer in its own change."""


class Nothing(msgspec.Struct, frozen=True):
    """There was nothing to do; the timer goes."""


class Later(msgspec.Struct, frozen=True):
    """It isn't due yet after all; the timer moves."""

    due: datetime


Fire = Callable[[Timer, datetime], Done | Nothing | Later]
"""Looks at the timer's subject as it is at `now` and does what is due.

What it changes goes into one `Change` that also takes `finish` (or `move`), so that it happens exactly once however
often the timer fires; if another run was faster, that change fails with `Gone`, which the worker takes as done.
"""

Kinds = Mapping[str, Fire]


class Gone(Conflict):
    """Another run finished this timer."""


class Worked(msgspec.Struct, kw_only=True):
    """What a run of a schedule did."""

    done: int = 0
    nothing: int = 0
    later: int = 0
    failed: int = 0
    finished: bool = False
    """Whether it came to the end; the next run goes on where this one stopped."""


class TimerRow(ShortLivedRow, discriminator="timer"):
    """pk `DUE#<schedule>#<day>#<shard>`, sk `<due>#<kind>#<subject>`. Has no TTL: it goes when it is worked."""


class PositionRow(ShortLivedRow, discriminator="timer_position"):
    """The first day that may hold unworked timers: pk `DUE#<schedule>`, sk `POSITION`."""

    day = UnicodeAttribute()


def arm(planned: Change, timer: Timer) -> None:
    """Plan a timer with the change that makes it necessary. One that is due already fires with the next run."""
    # Days before today may have been worked off already and are not looked at again.
    planned.put_once(_row(msgspec.structs.replace(timer, due=max(timer.due, planned.now))))


def finish(planned: Change, timer: Timer) -> None:
    """Plan that the timer goes with what it made necessary. The commit raises Gone when it is gone already."""
    planned.delete(_row(timer), TimerRow.pk.exists(), Gone())


def move(planned: Change, timer: Timer, due: datetime) -> None:
    """Plan that the timer fires again at `due`, together with what was done now."""
    finish(planned, timer)
    arm(planned, msgspec.structs.replace(timer, due=due))


def work(schedule: Schedule, kinds: Kinds, now: datetime, may_go_on: Callable[[], bool]) -> Worked:
    """Fire what is due of a schedule, oldest day first.

    May be run late, twice or by several at once. `may_go_on` is asked before each timer; at a no the run stops.
    A timer that fails is logged, stays, and is tried in the next run; the others go on.
    """
    worked = Worked()
    today = now.astimezone(UTC).date()
    settled = (now - _SETTLED_AFTER).astimezone(UTC).date()
    for day in _days(_position(schedule, now), today):
        for timer in _due(schedule, day, now):
            if not may_go_on():
                return worked
            _fire(timer, kinds, now, worked)
        # Never past a day with one that failed: it would not be looked at again.
        if day < settled and not worked.failed:
            _advance(schedule, day + timedelta(days=1))
    worked.finished = True
    return worked


def _fire(timer: Timer, kinds: Kinds, now: datetime, worked: Worked) -> None:
    try:
        outcome = kinds[timer.kind](timer, now)
        if isinstance(outcome, Later):
            later = max(outcome.due, now + timedelta(seconds=1))
            change.swap(_row(timer), _row(msgspec.structs.replace(timer, due=later)))
            worked.later += 1
        elif isinstance(outcome, Nothing):
            change.swap(_row(timer), None)
            worked.nothing += 1
        else:
            worked.done += 1
    except Gone:
        worked.done += 1
    except Exception as error:  # one bad timer must not hold up the others
        log.error("timer_failed", job=timer.schedule, event=timer.kind, error=type(error).__name__)
        worked.failed += 1


def _row(timer: Timer) -> TimerRow:
    due = timer.due.astimezone(UTC)
    shard = zlib.crc32(timer.subject.encode()) % SHARDS
    return TimerRow(_pk(timer.schedule, due.date(), shard), f"{_instant(due)}#{timer.kind}#{timer.subject}")


def _pk(schedule: str, day: date, shard: int) -> str:
    return f"DUE#{schedule}#{day.isoformat()}#{shard}"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _due(schedule: Schedule, day: date, now: datetime) -> Iterator[Timer]:
    """Timers of a day that are due at `now`; those later today are not read."""
    for shard in range(SHARDS):
        # `$` sorts right behind `#`: everything up to and including `now`.
        rows = TimerRow.query(_pk(schedule, day, shard), TimerRow.sk <= f"{_instant(now)}$", page_size=200)
        for row in rows:
            due, kind, subject = row.sk.split("#", 2)
            yield Timer(schedule=schedule, kind=kind, subject=subject, due=datetime.fromisoformat(due))


def _days(first: date, last: date) -> Iterator[date]:
    for ahead in range((last - first).days + 1):
        yield first + timedelta(days=ahead)


def _position(schedule: Schedule, now: datetime) -> date:
    try:
        return date.fromisoformat(PositionRow.get(f"DUE#{schedule}", "POSITION", consistent_read=True).day)
    except PositionRow.DoesNotExist:
        return (now - _FIRST_LOOK_BACK).astimezone(UTC).date()


def _advance(schedule: Schedule, day: date) -> None:
    further = PositionRow.pk.does_not_exist() | (PositionRow.day < day.isoformat())
    change.touch(PositionRow(f"DUE#{schedule}", "POSITION"), [PositionRow.day.set(day.isoformat())], further)
