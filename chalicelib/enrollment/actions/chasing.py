"""Practices that have no backup administrator, or no users, are chased by mail (ORG-3).

A timer of a practice only says when to look. What was told is kept in the practice's place on the lists, in the change
that tells it: nobody is told twice, and a job that was away tells only the last of what has passed.
"""

from datetime import datetime

import msgspec

from chalicelib.core import timers
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.outrun import until_kept
from chalicelib.enrollment.actions import standing
from chalicelib.enrollment.domain import daytime
from chalicelib.enrollment.domain import standing as rules

_JOB = system("enrollment_clock")


def look(timer: timers.Timer, now: datetime) -> timers.Done | timers.Nothing | timers.Later:
    """Look at a practice anew, chase it if it is time, and say when to look again."""
    return until_kept(lambda: _look(timer, now))


def _look(timer: timers.Timer, now: datetime) -> timers.Done | timers.Nothing | timers.Later:
    looked = standing.look(timer.subject, now)
    if looked is None:
        return timers.Nothing()
    days = rules.chase_due(looked.after, looked.zone, now)
    if days is not None and not daytime.is_day(now, looked.zone):
        # The job comes late, and at night.
        return timers.Later(daytime.by_day(now, looked.zone))
    # With 21 days, the mail of 7 that nobody sent is not sent any more.
    after = looked.after if days is None else msgspec.structs.replace(looked.after, chased=days)
    if after == looked.before or (looked.before is None and after.lacks == "closed"):
        return timers.Nothing()
    action = "onboarding.chased" if days is not None else "onboarding.listed"
    planned = Change(_JOB, standing.entry(action, looked, after), now)
    timers.finish(planned, timer)
    standing.plan(planned, looked, after)
    if days is not None:
        planned.emit("onboarding.chased", organization_id=after.organization_id, lack=after.lacks, days=str(days))
    planned.commit(None)
    return timers.Done()
