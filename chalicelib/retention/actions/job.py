"""The nightly job that deletes what is old enough (MSG-10), in proportion to what is due.

It goes along the index of ages from where everything is dealt with to what is due now, and looks again at what a hold
kept that was lifted. It may run late, often, in several copies, and stop anywhere.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from chalicelib.core import log
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry as Record
from chalicelib.core.outrun import Outrun
from chalicelib.messages.store import ages
from chalicelib.messages.store.ages import Aged
from chalicelib.plan import store as plan_store
from chalicelib.retention import domain
from chalicelib.retention.actions import deleting
from chalicelib.retention.actions.deleting import JOB, Run
from chalicelib.retention.store import holds, places

# What was put aside a moment before its hold was lifted may not stand along the index yet.
_SETTLED_AFTER = timedelta(hours=1)

MayGoOn = Callable[[], bool]


class Worked(msgspec.Struct, kw_only=True):
    """What a run did."""

    deleted: int = 0
    held: int = 0
    """What it came upon that is due and held."""
    waits: int = 0
    failed: int = 0
    finished: bool = False
    """Whether it came to the end; the next run goes on where this one stopped."""


def delete_due(now: datetime, may_go_on: MayGoOn) -> Worked:
    """Delete what is due at `now`, oldest month first, as far as there is time."""
    worked = Worked()
    years = plan_store.settings().retention_years
    start, until = places.place(), domain.latest_due(years, now)
    run = deleting.begin(years, now)
    if until >= start and not _delete_between(run, start, until, worked, may_go_on):
        return worked
    for subject in list(run.holds.lifted):
        if not _look_again(run, subject, worked, may_go_on):
            return worked
    worked.finished = True
    return worked


def _delete_between(run: Run, start: datetime, until: datetime, worked: Worked, may_go_on: MayGoOn) -> bool:
    """Whether there was time for all of it. What could not be dealt with is looked for again by the next run."""
    dealt_with = until
    for aged in ages.between(start, until):
        if not may_go_on():
            return False
        if not _deal_with(run, aged, worked):
            dealt_with = min(dealt_with, aged.at)
    if dealt_with > start:
        places.keep(dealt_with)
    return True


def _look_again(run: Run, subject: str, worked: Worked, may_go_on: MayGoOn) -> bool:
    """Delete what the hold on a subject kept, unless it or another one keeps it now."""
    since = run.holds.lifted.get(subject)
    if since is None:
        # Another run was faster, or it is held again.
        return True
    settled = since <= run.now - _SETTLED_AFTER
    for aged in ages.kept_by(subject):
        if not may_go_on():
            return False
        # What waits after all, as the plan keeps messages for longer now, is found in no other place.
        settled &= _deal_with(run, aged, worked)
    if settled:
        read = holds.holds()
        record = Record(action="legal_hold.settled", object_id=subject.partition("#")[2])
        settling = Change(system(JOB), record, run.now)
        holds.replace_all(settling, read, holds.settled(read, subject, since), Outrun())
        try:
            settling.commit(None)
        except Outrun:
            # Somebody set or lifted another one at this moment: the next run looks again.
            return True
        deleting.look_at_holds(run)
    return True


def _deal_with(run: Run, aged: Aged, worked: Worked) -> bool:
    """Whether it is deleted or put aside."""
    try:
        outcome = deleting.deal_with(run, aged)
    except Exception as error:  # one that can't be deleted must not keep the others
        log.error("deletion_failed", job=JOB, error=type(error).__name__)
        worked.failed += 1
        return False
    worked.deleted += outcome == "deleted"
    worked.held += outcome == "held"
    worked.waits += outcome == "waits"
    return outcome != "waits"
