"""Import of members from a CSV (ACC-2, ORG-2): a dry run that finds every problem, then the run that does the rest.

Both are long works over the same file (core/work.py). The dry run changes nothing. The run makes each account in a
change of its own, together with the work's move to the next row: stopped anywhere it goes on there, and repeated it
finds those that are members already.
"""

from datetime import datetime

import msgspec

from chalicelib.accounts import actors, store
from chalicelib.accounts.actions import members, saving
from chalicelib.accounts.actions.members import NewMember
from chalicelib.accounts.domain import roster as rosters
from chalicelib.accounts.domain.roster import Roster
from chalicelib.accounts.store import phones
from chalicelib.accounts.store import problems as problem_store
from chalicelib.accounts.store import rosters as roster_store
from chalicelib.accounts.store.problems import Problem
from chalicelib.core import bodies, csv_files, work, work_files
from chalicelib.core.access import Actor, Member
from chalicelib.core.change import Change
from chalicelib.core.csv_files import Line, Unreadable
from chalicelib.core.errors import Conflict, FieldError, Invalid, NotFound
from chalicelib.core.journal import Entry
from chalicelib.core.presigned import Form
from chalicelib.core.work import Chunk, Overtaken, Stopped, Work
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization

CHECK, RUN = "members_check", "members_import"
REQUIRED = ("name", "email", "phone")
OPTIONAL = ("role", "access_levels", "providers", "one_person")
# An export has them too; they are not for a file to say.
IGNORED = ("status", "last_sign_in", "created", "verified")
MOST_ROWS = 10_000
_YES = frozenset({"yes", "y", "true", "1", "x", "sí", "si"})
# How many rows a step looks at before the work's progress shows.
_AT_ONCE = 100


class AnnouncedImport(msgspec.Struct, frozen=True):
    """A dry run that waits for its file, and the form to send it with; then `POST /work/{work_id}/begin`."""

    work_id: str
    url: str
    fields: dict[str, str]


class Started(msgspec.Struct, frozen=True):
    """A long work that is under way."""

    work_id: str


class _Row(msgspec.Struct, frozen=True):
    """One row of the file: somebody to invite, or what keeps it from being that."""

    number: int
    new: NewMember | None
    problems: list[Problem]


def announce(actor: Member, size: int, sha256: str, now: datetime) -> AnnouncedImport:
    """Begin with the dry run of a file of `size` bytes. Raises Invalid."""
    errors = work_files.check_input(size, sha256)
    if errors:
        raise Invalid(fields=tuple(errors))
    planned = Change(actor, Entry(action="import.announced", after={"size": size}), now)
    made = work.start(planned, CHECK, input_sha256=sha256)
    work_id = planned.commit(made.id)
    # Asked again, it is the one of the first time.
    form = _form(made if work_id == made.id else work.own(actor, work_id, now), size, sha256)
    return AnnouncedImport(work_id, form.url, form.fields)


def _form(of: Work, size: int, sha256: str) -> Form:
    return work_files.input_form(of, size, sha256)


def run(actor: Member, check_id: str, now: datetime) -> Started:
    """Import what the dry run found good. Raises NotFound, Conflict `import_not_checked`."""
    checked = checked_import(actor, check_id, now)
    if checked.kind != CHECK or checked.state != "finished" or not checked.total:
        raise Conflict("import_not_checked")
    planned = Change(actor, Entry(action="import.started", object_id=check_id), now)
    made = work.start(planned, RUN, parameters={"check": check_id}, total=checked.total)
    return planned.commit(Started(made.id))


def checked_import(actor: Actor, work_id: str, now: datetime) -> Work:
    """An actor's dry run or import. Raises NotFound for anything else."""
    found = work.own(actor, work_id, now)
    if found.kind not in (CHECK, RUN):
        raise NotFound
    return found


def check_step(of: Work, now: datetime) -> Chunk:
    """Look at the next rows of the dry run and keep what is wrong with them."""
    actor = actors.administrator_of(of)
    try:
        lines = _lines(of)
    except Unreadable as unreadable:
        return _unreadable(of, actor, unreadable, now)
    start = int(of.position or 0)
    taken = lines[start : start + _AT_ONCE]
    organization = organizations.organization(actor.organization_id)
    roster = roster_store.roster(actor.organization_id)
    earlier = {line.cells.get("email", "").strip().casefold() for line in lines[:start]}
    found: list[_Row] = []
    for line in taken:
        row = _read(line, organization)
        email = line.cells.get("email", "").strip().casefold()
        if email and email in earlier:
            row = _wrong(row, FieldError("/email", "twice_in_file"))
        earlier.add(email)
        if row.new is not None:
            row = _wrong(row, *_refused(row.new, roster, now))
        found.append(row)
    wrong = [row for row in found if row.problems]
    ended = start + len(taken)
    chunk = Chunk(
        position=str(ended),
        done=len(taken),
        problems=len(wrong),
        total=len(lines),
        finished=ended == len(lines),
    )
    planned = Change(actor, Entry(action="import.checked", object_id=of.id, after={"rows": len(taken)}), now)
    if wrong:
        told = [problem for row in wrong for problem in row.problems]
        planned.put(problem_store.row(of.id, taken[0].number, told, of.expires_at))
    counted = work.advance(planned, of, chunk)
    planned.commit(None)
    return counted


def run_step(of: Work, now: datetime) -> Chunk:
    """Make the accounts of the next rows, each in its own change together with the work's move past it."""
    checked = work.find(of.owner, of.parameters["check"])
    if checked is None:
        raise Stopped("input_missing")
    lines = _lines(checked)
    start = int(of.position or 0)
    office = _office(of)
    problems, at = 0, of
    for index in range(start, min(start + _AT_ONCE, len(lines))):
        one = Chunk(position=str(index + 1), done=1, finished=index + 1 == len(lines))
        row = _import_row(at, lines[index], one, office, now)
        problems += bool(row.problems)
        at = msgspec.structs.replace(at, position=one.position)
        if row.new is not None and rosters.is_administrator(row.new.role):
            office = _office(of)
    done = int(at.position) - start
    return Chunk(
        position=at.position, done=done, problems=problems, finished=int(at.position) == len(lines), recorded=True
    )


class _Office(msgspec.Struct, frozen=True):
    """Who imports, and into what: read once for many rows, since each row's change finds out what is no longer so."""

    actor: Member
    organization: Organization
    roster: Roster


def _office(of: Work) -> _Office:
    actor = actors.administrator_of(of)
    organization = organizations.organization(actor.organization_id)
    return _Office(actor, organization, roster_store.roster(organization.id))


def _import_row(at: Work, line: Line, one: Chunk, office: _Office, now: datetime) -> _Row:
    """Invite one person, or keep why not. Raises Overtaken, and Forbidden when the actor lost the right (S-AZ-08)."""
    row = _read(line, office.organization)
    if row.new is not None:
        row = _wrong(row, *_refused(row.new, office.roster, now))
    if row.new is not None and not row.problems:
        try:
            _invite(at, row.new, one, office, now)
        except Overtaken:
            raise
        except Conflict:
            # Somebody was faster with this person, or with the administrators: look at it as it is now.
            return _import_row(at, line, one, _office(at), now)
        return row
    entry = Entry(action="import.row_refused", object_id=at.id, after={"row": line.number})
    planned = Change(office.actor, entry, now)
    planned.put(problem_store.row(at.id, line.number, row.problems, at.expires_at))
    work.advance(planned, at, msgspec.structs.replace(one, problems=1))
    planned.commit(None)
    return row


def _invite(at: Work, new: NewMember, one: Chunk, office: _Office, now: datetime) -> None:
    user = members.known_or_new(new, "en")
    membership = members.newcomer(office.organization.id, user, new, now)
    entry = Entry(action="member.imported", object_id=membership.id, after=saving.facts(membership))
    planned = Change(office.actor, entry, now)
    members.plan_newcomer(planned, office.roster, user, membership)
    work.advance(planned, at, one)
    planned.commit(None)


def _lines(of: Work) -> list[Line]:
    lines = csv_files.lines(work_files.read_input(of), REQUIRED, (*OPTIONAL, *IGNORED))
    if len(lines) > MOST_ROWS:
        raise Unreadable(FieldError("/", "too_many_rows", MOST_ROWS))
    return lines


def _unreadable(of: Work, actor: Member, unreadable: Unreadable, now: datetime) -> Chunk:
    planned = Change(actor, Entry(action="import.unreadable", object_id=of.id), now)
    planned.put(problem_store.row(of.id, 0, [_problem(0, unreadable.error)], of.expires_at))
    chunk = work.advance(planned, of, Chunk(position="0", problems=1, total=0, finished=True))
    planned.commit(None)
    return chunk


def _read(line: Line, organization: Organization) -> _Row:
    """A row as a person to invite, checked as the form checks it."""
    cells = {name: cell.strip() for name, cell in line.cells.items()}
    data: dict[str, object] = {name: cells.get(name, "") for name in REQUIRED}
    if cells.get("role"):
        data["role"] = cells["role"].casefold().replace(" ", "_")
    for name in ("access_levels", "providers"):
        parts = cells.get(name, "").replace("|", ";").replace(",", ";").split(";")
        data[name] = [part.strip().casefold().replace(" ", "_") for part in parts if part.strip()]
    data["confirmed_person"] = cells.get("one_person", "").casefold() in _YES
    errors = [FieldError("/", "surplus_cells")] if line.surplus else []
    try:
        new = bodies.convert(data, NewMember)
    except Invalid as refusal:
        return _Row(line.number, None, [_problem(line.number, error) for error in (*errors, *refusal.fields)])
    sharing = 0 if new.confirmed_person else phones.members_with(organization.id, new.phone)
    errors += members.check_new(organization, new, sharing)
    return _Row(line.number, new, [_problem(line.number, error) for error in errors])


def _problem(number: int, error: FieldError) -> Problem:
    return Problem(number, error.pointer.split("/")[1], error.code, error.limit)


def _refused(new: NewMember, roster: Roster, now: datetime) -> list[FieldError]:
    """Why a good row can't be done as things stand."""
    if not rosters.may_add(roster, new.role, now):
        return [FieldError("/role", "backup_comes_first")]
    user_id = store.user_id_of(new.email)
    if user_id is not None and store.is_member(roster.organization_id, user_id):
        return [FieldError("/email", "already_member")]
    return []


def _wrong(row: _Row, *errors: FieldError) -> _Row:
    return msgspec.structs.replace(row, problems=[*row.problems, *(_problem(row.number, error) for error in errors)])
