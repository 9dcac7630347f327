"""Runs of long works (core/work.py): a run takes a work up, does chunk after chunk, and leaves the rest to the next.

Runs may die anywhere, start twice and come late. The last one that took a work up has it: its name is part of the
condition under which a chunk counts. What another run did in between makes a run go away quietly.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

import msgspec

from chalicelib.core import change, clock, ids, log
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.errors import Forbidden, Unauthenticated
from chalicelib.core.work import (
    ATTEMPTS,
    Chunk,
    Kinds,
    Overtaken,
    Stopped,
    Work,
    WorkRow,
    entry,
    find,
    is_held,
    moves,
    row,
)
from chalicelib.core.work_ends import end


def carry_on(owner: str, work_id: str, kinds: Kinds, request_id: str, may_go_on: Callable[[], bool]) -> None:
    """Take a work up where it stands; at least one chunk is tried, then `may_go_on` is asked before each.

    At a no the rest is left to a next run. Whatever a step raises passes through, so that the queue offers the work
    again; after ATTEMPTS the work fails instead.
    """
    work = _take_up(owner, work_id, request_id)
    while work is not None:
        work = _one_chunk(work, kinds, request_id)
        if work is not None and not may_go_on():
            _leave(work, request_id)
            return


def _take_up(owner: str, work_id: str, request_id: str) -> Work | None:
    """The work as this run has it; None when there is nothing to do, or another run was faster."""
    found, now = find(owner, work_id), clock.now()
    if found is None or not found.is_under_way or found.expires_at <= now:
        return None
    if found.attempts >= ATTEMPTS and found.must_finish:
        log.error("work_waits", job=found.kind, count=found.attempts)
        return None
    if found.attempts >= ATTEMPTS:
        _end(found, "failed", "failed_repeatedly", request_id)
        return None
    taken = msgspec.structs.replace(found, state="running", runner=ids.new("run"), attempts=found.attempts + 1)
    actions = [
        WorkRow.state.set("running"),
        WorkRow.runner.set(taken.runner),
        WorkRow.attempts.set(taken.attempts),
    ]
    return _written(taken, change.touch(row(found), actions, is_held(found) & (WorkRow.attempts == found.attempts)))


def _one_chunk(work: Work, kinds: Kinds, request_id: str) -> Work | None:
    """Do the chunk at the work's position. The work as it then stands; None when it is over or another run has it."""
    now = clock.now()
    try:
        chunk = kinds[work.kind](work, now)
        return _counted(work, chunk, now, request_id)
    except Overtaken:
        return None
    except Stopped as stopped:
        _end(work, "stopped", stopped.code, request_id)
    except (Unauthenticated, Forbidden):
        # Guards of the actor whom the step acts for (S-AZ-08).
        _end(work, "stopped", "access_ended", request_id)
    except Exception as error:
        log.error("chunk_failed", job=work.kind, count=work.attempts, error=type(error).__name__)
        if work.attempts < ATTEMPTS:
            raise
        if not work.must_finish:
            _end(work, "failed", "failed_repeatedly", request_id)
    return None


def _counted(work: Work, chunk: Chunk, now: datetime, request_id: str) -> Work | None:
    """Let a chunk count that its step did not record itself. The work after it, or None when it is over or lost."""
    if chunk.position == work.position and not chunk.finished:
        raise ValueError(f"{work.kind}: a chunk that does not move")
    after = _after(work, chunk, now)
    if chunk.recorded:
        return after if after.is_open else None
    if chunk.finished:
        last = Change(system("work", request_id), entry("work.finished", after), now)
        last.update(row(work), moves(chunk, now), is_held(work), Overtaken())
        last.commit(None)
        return None
    return _written(after, change.touch(row(work), moves(chunk, now), is_held(work)))


def _after(work: Work, chunk: Chunk, now: datetime) -> Work:
    return msgspec.structs.replace(
        work,
        state="finished" if chunk.finished else "running",
        position=chunk.position,
        done=work.done + chunk.done,
        problems=work.problems + chunk.problems,
        total=work.total if chunk.total is None else chunk.total,
        result_key=chunk.result_key or work.result_key,
        updated_at=now,
        attempts=1,
    )


def _written(work: Work, held: bool) -> Work | None:  # noqa: FBT001 - the answer of `touch`
    """The work as this run has it, if it does: a write whose answer got lost fails when it is tried again."""
    if held:
        return work
    stored = find(work.owner, work.id)
    mine = stored is not None and (stored.runner, stored.position) == (work.runner, work.position)
    return stored if mine and stored is not None and stored.is_under_way else None


def _leave(work: Work, request_id: str) -> None:
    """Call for a next run; only the run that has the work does so, or runs would multiply."""
    change_ = Change(system("work", request_id), entry("work.continued", work), clock.now())
    change_.update(row(work), [WorkRow.attempts.set(0)], is_held(work), Overtaken())
    change_.emit("work.continued", followed=False, owner=work.owner, work_id=work.id)
    _unless_overtaken(change_)


def _end(work: Work, state: Literal["stopped", "failed"], reason: str, request_id: str) -> None:
    ending = Change(system("work", request_id), entry(f"work.{state}", work, reason), clock.now())
    end(ending, work, state, reason, is_held(work))
    _unless_overtaken(ending)


def _unless_overtaken(planned: Change) -> None:
    try:
        planned.commit(None)
    except Overtaken:
        return
