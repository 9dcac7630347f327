"""Import of members from a CSV (ACC-2, ORG-2): a dry run that finds every problem, then the run that does the rest.

Both are long works over the same file (core/work.py). The dry run changes nothing. The run makes each account in a
change of its own, together with the work's move to the next row: stopped anywhere it goes on there, and repeated it
finds those that are members already.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from chalicelib.accounts import work_actors
from chalicelib.accounts.actions import import_rows, newcomers, saving
from chalicelib.accounts.actions.import_rows import People, Row
from chalicelib.accounts.actions.newcomers import NewMember
from chalicelib.accounts.domain import roster as rosters
from chalicelib.accounts.domain.roster import Roster
from chalicelib.accounts.store import rosters as roster_store
from chalicelib.core import work, work_imports, work_problems
from chalicelib.core.access import Member
from chalicelib.core.change import Change
from chalicelib.core.csv_files import Line, Unreadable
from chalicelib.core.errors import Conflict, FieldError
from chalicelib.core.journal import Entry
from chalicelib.core.work import Chunk, Overtaken, Stopped, Work
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization

KINDS = work_imports.Kinds(check="members_check", run="members_import")
MOST_ROWS = 10_000
# How many rows a step looks at before the work's progress shows.
_AT_ONCE = 100


def check_step(of: Work, now: datetime) -> Chunk:
    """Look at the next rows of the dry run and keep what is wrong with them."""
    office = _office(of, now)
    try:
        lines = _lines(of)
    except Unreadable as unreadable:
        (problem,) = import_rows.wrong(Row(0, None, []), unreadable.error).problems
        return work_imports.refuse(of, office.actor, problem, now)
    start = int(of.position or 0)
    taken = _checked(office, lines[:start], lines[start : start + _AT_ONCE], now)
    bad = [row for row in taken if row.problems]
    ended = start + len(taken)
    chunk = Chunk(
        position=str(ended),
        done=len(taken),
        problems=len(bad),
        total=len(lines),
        finished=ended == len(lines),
    )
    planned = Change(office.actor, Entry(action="import.checked", object_id=of.id, after={"rows": len(taken)}), now)
    if bad:
        told = [problem for row in bad for problem in row.problems]
        planned.put(work_problems.row(of.id, taken[0].number, told, of.expires_at))
    counted = work.advance(planned, of, chunk)
    planned.commit(None)
    return counted


def _checked(office: "_Office", before: Sequence[Line], lines: Sequence[Line], now: datetime) -> list[Row]:
    """The next rows of a dry run; their addresses and numbers may stand in a row `before` them too."""
    rows = [import_rows.read(line) for line in lines]
    people = People(office.organization.id, rows)
    earlier = {_address(line) for line in before}
    for line in before:
        people.add(line.cells.get("phone", ""))
    found: list[Row] = []
    for line, row in zip(lines, rows, strict=True):
        errors = [FieldError("/email", "twice_in_file")] if _address(line) in earlier - {""} else []
        found.append(import_rows.wrong(_judged(office, people, row, now), *errors))
        earlier.add(_address(line))
        people.add(line.cells.get("phone", ""))
    return found


def _address(line: Line) -> str:
    return line.cells.get("email", "").strip().casefold()


def run_step(of: Work, now: datetime) -> Chunk:
    """Make the accounts of the next rows, each in its own change together with the work's move past it."""
    checked = work.find(of.owner, of.parameters["check"])
    if checked is None:
        raise Stopped("input_missing")
    lines = _lines(checked)
    start = int(of.position or 0)
    rows = [import_rows.read(line) for line in lines[start : start + _AT_ONCE]]
    office = _office(of, now)
    people = People(office.organization.id, rows)
    problems, at = 0, of
    for index, row in enumerate(rows, start=start + 1):
        one = Chunk(position=str(index), done=1, finished=index == len(lines))
        try:
            done = _import_row(at, row, one, office, people, now)
        except Overtaken:
            raise
        except Conflict:
            # Somebody was faster with this person, or with the administrators: look at it as it is now.
            office, people = _office(of, now), People(office.organization.id, rows)
            done = _import_row(at, row, one, office, people, now)
        problems += bool(done.problems)
        at = msgspec.structs.replace(at, position=one.position)
        if row.new is not None and rosters.is_administrator(row.new.role):
            office = _office(of, now)
    return Chunk(
        position=at.position, done=len(rows), problems=problems, finished=int(at.position) == len(lines), recorded=True
    )


class _Office(msgspec.Struct, frozen=True):
    """Who imports, and into what: read once for many rows, since each row's change finds out what is no longer so."""

    actor: Member
    organization: Organization
    roster: Roster


def _office(of: Work, now: datetime) -> _Office:
    actor = work_actors.administrator_of(of, now)
    organization = organizations.organization(actor.organization_id)
    return _Office(actor, organization, roster_store.roster(organization.id))


def _judged(office: _Office, people: People, row: Row, now: datetime) -> Row:
    backup_first = not rosters.has_backup(office.roster, now)
    return import_rows.checked(row, office.organization, people, backup_first=backup_first)


def _import_row(at: Work, row: Row, one: Chunk, office: _Office, people: People, now: datetime) -> Row:
    """Invite one person, or keep why not.

    Raises Overtaken, Conflict when things are not as they were read, Forbidden when the actor lost the right (S-AZ-08).
    """
    row = _judged(office, people, row, now)
    if row.new is not None and not row.problems:
        _invite(at, row.new, one, office, people, now)
        return row
    entry = Entry(action="import.row_refused", object_id=at.id, after={"row": row.number})
    planned = Change(office.actor, entry, now)
    planned.put(work_problems.row(at.id, row.number, row.problems, at.expires_at))
    work.advance(planned, at, msgspec.structs.replace(one, problems=1))
    planned.commit(None)
    return row


def _invite(at: Work, new: NewMember, one: Chunk, office: _Office, people: People, now: datetime) -> None:
    user = people.user(new)
    membership = newcomers.newcomer(office.organization.id, user, new, now)
    entry = Entry(action="member.imported", object_id=membership.id, after=saving.facts(membership))
    planned = Change(office.actor, entry, now)
    newcomers.plan_newcomer(planned, office.roster, user, membership)
    work.advance(planned, at, one)
    planned.commit(None)
    people.add(new.phone)


def _lines(of: Work) -> list[Line]:
    optional = (*import_rows.OPTIONAL, *import_rows.IGNORED)
    return work_imports.lines(of, import_rows.REQUIRED, optional, MOST_ROWS)
