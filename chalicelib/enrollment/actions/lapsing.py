"""What one of enrollment proposed and nobody confirmed in time is forgotten (ORG-9).

It counts no more from its end on, whether or not a job came; forgotten, it takes no place on the list of all any more.
"""

from datetime import datetime

from chalicelib.core import timers
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from chalicelib.core.outrun import Outrun, until_kept
from chalicelib.core.tables import DirectoryRows
from chalicelib.enrollment.domain.changes import KINDS, Proposal
from chalicelib.enrollment.store import changes as store

_JOB = system("enrollment_clock")


def arm(planned: Change, made: Proposal) -> None:
    """Plan that a proposal is looked at when its time is over, with the change that makes it."""
    subject = f"{made.organization_id}/{made.kind}"
    timers.arm(planned, timers.Timer(schedule="enrollment", kind="proposal", subject=subject, due=made.ends_at))


def forget(timer: timers.Timer, now: datetime) -> timers.Done | timers.Nothing:
    """Forget a proposal whose time is over; one that was made since has a timer of its own."""
    return until_kept(lambda: _forget(timer, now))


def _forget(timer: timers.Timer, now: datetime) -> timers.Done | timers.Nothing:
    organization_id, _, named = timer.subject.partition("/")
    kind = next(one for one in KINDS if one == named)
    before = store.among(DirectoryRows([store.key(organization_id, kind)]), organization_id, kind)
    if before is None or now < before.ends_at:
        return timers.Nothing()
    entry = Entry(
        action="organization.change_lapsed",
        object_id=organization_id,
        organization_id=organization_id,
        after={"kind": kind, "into": before.into},
    )
    planned = Change(_JOB, entry, now)
    timers.finish(planned, timer)
    store.plan(planned, before, None, Outrun())
    planned.commit(None)
    return timers.Done()
