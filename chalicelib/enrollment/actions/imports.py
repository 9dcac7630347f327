"""Import of organizations from a CSV (ORG-2): a dry run that finds every problem, then the run that does the rest.

Both are long works over the same file (core/work.py). The dry run changes nothing. The run makes each practice in a
change of its own, together with the work's move to the next row: stopped anywhere it goes on there, and repeated it
finds those that are known already.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from chalicelib.accounts import work_actors
from chalicelib.core import work, work_imports, work_problems
from chalicelib.core.access import Staff
from chalicelib.core.change import Change
from chalicelib.core.csv_files import Line, Unreadable
from chalicelib.core.errors import Conflict, Invalid
from chalicelib.core.journal import Entry
from chalicelib.core.outrun import Outrun, until_kept
from chalicelib.core.work import Chunk, Overtaken, Stopped, Work
from chalicelib.core.work_problems import Problem
from chalicelib.enrollment.actions import import_rows, waves
from chalicelib.enrollment.actions import organizations as actions
from chalicelib.enrollment.actions.import_rows import Known, Row
from chalicelib.enrollment.domain import organizations as rules

KINDS = work_imports.Kinds(check="organizations_check", run="organizations_import")
MOST_ROWS = 50_000
# The whole file is read for each step, so there are few of them: seconds for so many rows.
_CHECKED_AT_ONCE = 2_000
_RUN_AT_ONCE = 250
# Rows whose problems stand in one item.
_TOLD_TOGETHER = 100


def check_step(of: Work, now: datetime) -> Chunk:
    """Look at the next rows of the dry run and keep what is wrong with them."""
    actor = work_actors.staff_of(of, "enrollment", now)
    try:
        lines = _lines(of)
    except Unreadable as unreadable:
        return work_imports.refuse(of, actor, import_rows.unreadable(unreadable.error), now)
    start = int(of.position or 0)
    end = min(start + _CHECKED_AT_ONCE, len(lines))
    rows = [import_rows.read(line) for line in lines[start:end]]
    taken = _judged(rows, Known(rows), _tins(lines[:start]), now)
    bad = [row for row in taken if row.problems]
    chunk = Chunk(position=str(end), done=len(taken), problems=len(bad), total=len(lines), finished=end == len(lines))
    planned = Change(actor, Entry(action="import.checked", object_id=of.id, after={"rows": len(taken)}), now)
    for first in range(0, len(bad), _TOLD_TOGETHER):
        _plan_problems(planned, of, bad[first : first + _TOLD_TOGETHER])
    counted = work.advance(planned, of, chunk)
    planned.commit(None)
    return counted


def _judged(rows: Sequence[Row], known: Known, earlier: set[str], now: datetime) -> list[Row]:
    """Rows as they stand beside each other and what is known; their TINs join the `earlier` ones."""
    judged = []
    for row in rows:
        judged.append(import_rows.checked(row, known, earlier, now))
        earlier.add(row.tin)
    return judged


def _tins(lines: Sequence[Line]) -> set[str]:
    return {rules.tin_of(line.cells.get("tin", "").strip()) for line in lines}


class _Passed:
    """Rows that change nothing: counted, and what is wrong with them told, with the next change there is."""

    def __init__(self) -> None:
        self.rows = 0
        self.bad: list[Row] = []

    def plan(self, planned: Change, at: Work, position: int, *, made: int, finished: bool) -> Work:
        """Plan the work's move past them and a row that is made; the work after it."""
        if self.bad:
            _plan_problems(planned, at, self.bad)
        done = self.rows + made
        chunk = Chunk(position=str(position), done=done, problems=len(self.bad), finished=finished)
        work.advance(planned, at, chunk)
        return msgspec.structs.replace(at, position=chunk.position)

    def take(self, row: Row) -> None:
        """One more."""
        self.rows += 1
        if row.problems:
            self.bad.append(row)


def run_step(of: Work, now: datetime) -> Chunk:
    """Make the practices of the next rows, each in its own change together with the work's move past it."""
    actor = work_actors.staff_of(of, "enrollment", now)
    checked = work.find(of.owner, of.parameters["check"])
    if checked is None:
        raise Stopped("input_missing")
    lines = _lines(checked)
    start = int(of.position or 0)
    rows = [import_rows.read(line) for line in lines[start : start + _RUN_AT_ONCE]]
    end = start + len(rows)
    run_ = _Run(actor, of, Known(rows), now, last=len(lines))
    earlier = _tins(lines[:start])
    for position, row in enumerate(rows, start=start + 1):
        run_.pass_(row, rows[position - start - 1 :], earlier, position)
        earlier.add(row.tin)
    run_.end(end)
    return Chunk(position=str(end), done=len(rows), problems=run_.problems, finished=end == len(lines), recorded=True)


class _Run:
    """One step of the run, row by row."""

    def __init__(self, actor: Staff, of: Work, known: Known, now: datetime, *, last: int) -> None:
        self.actor, self.at, self.known, self.now, self.last = actor, of, known, now, last
        self.passed = _Passed()
        self.problems = 0

    def pass_(self, row: Row, following: Sequence[Row], earlier: set[str], position: int) -> None:
        """Make a practice, or keep why not. Raises Overtaken, Forbidden when the actor lost the right (S-AZ-08)."""

        def tried() -> Row:
            judged = import_rows.checked(row, self.known, earlier, self.now)
            if not judged.problems and not judged.is_known:
                self._make(judged, following, position)
            return judged

        judged = until_kept(tried)
        if judged.problems or judged.is_known:
            self.passed.take(judged)
            self.problems += bool(judged.problems)

    def _make(self, row: Row, following: Sequence[Row], position: int) -> None:
        assert row.new is not None
        wave = self.known.wave(row)
        made = actions.made(row.new)
        planned = Change(
            self.actor,
            Entry(
                action="organization.imported",
                object_id=made.id,
                organization_id=made.id,
                after=actions.facts(msgspec.structs.replace(made, wave_id=wave.id if wave is not None else None)),
            ),
            self.now,
        )
        actions.plan_create(planned, msgspec.structs.replace(made, wave_id=wave.id if wave is not None else None))
        if wave is not None:
            waves.plan_join(planned, made, wave)
        at = self.passed.plan(planned, self.at, position, made=1, finished=position == self.last)
        try:
            planned.commit(None)
        except Overtaken:
            raise
        except (Conflict, Invalid):
            # Somebody was faster with this practice, or the wave began: all is looked at as it is now.
            self.known = Known(following)
            raise Outrun from None
        self.at, self.passed = at, _Passed()

    def end(self, position: int) -> None:
        """Count the rows behind the last practice that was made."""
        if not self.passed.rows:
            return
        entry = Entry(action="import.rows_passed", object_id=self.at.id, after={"rows": self.passed.rows})
        planned = Change(self.actor, entry, self.now)
        self.passed.plan(planned, self.at, position, made=0, finished=position == self.last)
        planned.commit(None)


def _plan_problems(planned: Change, of: Work, bad: Sequence[Row]) -> None:
    told: list[Problem] = [problem for row in bad for problem in row.problems]
    planned.put(work_problems.row(of.id, bad[0].number, told, of.expires_at))


def _lines(of: Work) -> list[Line]:
    return work_imports.lines(of, import_rows.REQUIRED, import_rows.OPTIONAL, MOST_ROWS)
