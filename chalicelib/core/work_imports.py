"""Imports of CSV files: a dry run of a file, then the run over the same file (PLT-3).

Both are long works (core/work.py) of the same owner. A feature names the two, does their steps, and has the routes.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.core import csv_files, texts, work, work_files, work_problems
from chalicelib.core.access import Actor
from chalicelib.core.change import Change
from chalicelib.core.csv_files import Line
from chalicelib.core.errors import Conflict, Invalid, NotFound
from chalicelib.core.journal import Entry
from chalicelib.core.texts import Language
from chalicelib.core.work import Chunk, Started, Work
from chalicelib.core.work_problems import Problem


class Kinds(msgspec.Struct, frozen=True):
    """The two works of an import of one kind of thing."""

    check: str
    run: str


class ImportBody(msgspec.Struct):
    """The file that is to be sent: a CSV of at most 10 MiB, and its SHA-256 in base64."""

    size: int
    sha256: Annotated[str, msgspec.Meta(max_length=64)]


class AnnouncedImport(msgspec.Struct, frozen=True):
    """A dry run that waits for its file, and the form to send it with; then `POST /work/{work_id}/begin`."""

    work_id: str
    url: str
    fields: dict[str, str]


class ProblemView(msgspec.Struct):
    """One wrong cell; `row` counts as a spreadsheet does, and is 0 for what is wrong with the whole file."""

    row: int
    column: str
    code: str
    detail: str


class ProblemsView(msgspec.Struct):
    """A page of problems, in the order of the file."""

    items: list[ProblemView]
    next_cursor: str | None


def announce(actor: Actor, kinds: Kinds, body: ImportBody, now: datetime) -> AnnouncedImport:
    """Begin with the dry run of a file. Raises Invalid."""
    errors = work_files.check_input(body.size, body.sha256)
    if errors:
        raise Invalid(fields=tuple(errors))
    planned = Change(actor, Entry(action="import.announced", after={"size": body.size}), now)
    made = work.start(planned, kinds.check, input_sha256=body.sha256)
    work_id = planned.commit(made.id)
    # Asked again, it is the one of the first time.
    of = made if work_id == made.id else work.own(actor, work_id, now)
    form = work_files.input_form(of, body.size, body.sha256)
    return AnnouncedImport(work_id, form.url, form.fields)


def run(actor: Actor, kinds: Kinds, check_id: str, now: datetime) -> Started:
    """Import what the dry run found good. Raises NotFound, Conflict `import_not_checked`."""
    checked = own(actor, kinds, check_id, now)
    if checked.kind != kinds.check or checked.state != "finished" or not checked.total:
        raise Conflict("import_not_checked")
    planned = Change(actor, Entry(action="import.started", object_id=check_id), now)
    made = work.start(planned, kinds.run, parameters={"check": check_id}, total=checked.total)
    return planned.commit(Started(made.id))


def own(actor: Actor, kinds: Kinds, work_id: str, now: datetime) -> Work:
    """An actor's dry run or import. Raises NotFound for anything else."""
    found = work.own(actor, work_id, now)
    if found.kind not in (kinds.check, kinds.run):
        raise NotFound
    return found


def lines(of: Work, required: Sequence[str], optional: Sequence[str], most: int) -> list[Line]:
    """The rows of a work's file. Raises Unreadable, Stopped."""
    return csv_files.lines(work_files.read_input(of), required, optional, most=most)


def refuse(of: Work, actor: Actor, problem: Problem, now: datetime) -> Chunk:
    """End the dry run of a file that can't be read as a whole, with what is wrong with it."""
    planned = Change(actor, Entry(action="import.unreadable", object_id=of.id), now)
    planned.put(work_problems.row(of.id, 0, [problem], of.expires_at))
    chunk = work.advance(planned, of, Chunk(position="0", problems=1, total=0, finished=True))
    planned.commit(None)
    return chunk


def problems(of: Work, cursor: str | None, scope: tuple[str, ...], language: Language) -> ProblemsView:
    """A page of what is wrong with the rows, in words; pages differ in length."""
    page = work_problems.page(of.id, cursor, scope)
    return ProblemsView([_view(problem, language) for problem in page.items], page.next_cursor)


def _view(problem: Problem, language: Language) -> ProblemView:
    places = {} if problem.limit is None else {"limit": problem.limit}
    detail = texts.text(language, f"field.{problem.code}", **places)
    return ProblemView(problem.row, problem.column, problem.code, detail)
