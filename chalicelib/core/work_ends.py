"""What happens to a long work besides its chunks: it is begun, stopped, given up, and looked after (core/work.py)."""

from datetime import datetime, timedelta
from typing import Literal

import msgspec
from pynamodb.expressions.condition import Condition

from chalicelib.core import timers
from chalicelib.core.access import Actor, system
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict
from chalicelib.core.work import LOOK_EVERY, Overtaken, Work, WorkRow, entry, find, is_open, own, row

NO_PROGRESS = timedelta(hours=24)
"""A work that has not come further for so long has failed."""


def begin(actor: Actor, work_id: str, now: datetime) -> Work:
    """Let an announced work go, now that its input is there. Done twice it answers the same. Raises NotFound."""
    return begin_found(actor, own(actor, work_id, now), now)


def begin_found(actor: Actor, found: Work, now: datetime) -> Work:
    """Likewise, for a work that was just read."""
    if found.state != "announced":
        return found
    change = Change(actor, entry("work.begun", found), now)
    begun = [WorkRow.state.set("waiting"), WorkRow.updated_at.set(now.isoformat())]
    change.update(row(found), begun, WorkRow.state == "announced")
    change.emit("work.started", followed=False, owner=found.owner, work_id=found.id)
    if _commit_unless_taken(change):
        return msgspec.structs.replace(found, state="waiting", updated_at=now)
    return own(actor, found.id, now)


def stop(actor: Actor, work_id: str, now: datetime) -> Work:
    """The owner ends a work; what is done stays done. One that has ended stays as it is.

    Raises NotFound, Conflict `work_must_finish`.
    """
    found = own(actor, work_id, now)
    if not found.is_open:
        return found
    if found.must_finish:
        raise Conflict("work_must_finish")
    change = Change(actor, entry("work.stopped", found), now)
    end(change, found, "stopped", "by_owner", is_open())
    _commit_unless_taken(change)
    # How far it came meanwhile, since a run may have it.
    return own(actor, work_id, now)


def end(planned: Change, of: Work, state: Literal["stopped", "failed"], reason: str, condition: Condition) -> None:
    """Plan the end of a work before its last chunk, under a condition on its row. The commit raises Overtaken."""
    actions = [WorkRow.state.set(state), WorkRow.reason.set(reason), WorkRow.updated_at.set(planned.now.isoformat())]
    planned.update(row(of), actions, condition, Overtaken())


def renew(timer: timers.Timer, now: datetime) -> timers.Done | timers.Nothing | timers.Later:
    """Call for a run of a work that stands still, so that no lost message loses it; give it up after a day.

    One that must finish is not given up: it is called for with a new count of attempts each time.
    """
    owner, work_id = timer.subject.split("/")
    found = find(owner, work_id)
    if found is None or not found.is_open or found.expires_at <= now:
        return timers.Nothing()
    if found.updated_at + NO_PROGRESS <= now and not found.must_finish:
        reason = "no_progress" if found.is_under_way else "input_missing"
        failing = Change(system("housekeeping"), entry("work.failed", found, reason), now)
        end(failing, found, "failed", reason, is_open() & (WorkRow.updated_at == found.updated_at.isoformat()))
        timers.finish(failing, timer)
        failing.commit(None)
        return timers.Done()
    if not found.is_under_way or found.updated_at + LOOK_EVERY / 2 > now:
        return timers.Later(now + LOOK_EVERY)
    change = Change(system("housekeeping"), entry("work.renewed", found), now)
    if found.must_finish:
        change.update(row(found), [WorkRow.attempts.set(0)], is_open())
    change.emit("work.continued", followed=False, owner=owner, work_id=work_id)
    timers.move(change, timer, now + LOOK_EVERY)
    change.commit(None)
    return timers.Done()


def _commit_unless_taken(change: Change) -> bool:
    """Commit a step that somebody may have taken a moment ago: then whoever asked looks at the outcome."""
    try:
        change.commit(None)
    except Conflict:
        return False
    return True
