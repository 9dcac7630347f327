"""A row of an imported file as a practice, and what keeps it from being a new one (ORG-2)."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from chalicelib.core import bodies
from chalicelib.core.csv_files import DELIMITERS, Line
from chalicelib.core.errors import FieldError, Invalid
from chalicelib.core.work_problems import Problem
from chalicelib.enrollment.actions import organizations as actions
from chalicelib.enrollment.actions.organizations import NewOrganization
from chalicelib.enrollment.domain import organizations as rules
from chalicelib.enrollment.domain.waves import Wave
from chalicelib.enrollment.store import waves as wave_store
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization

REQUIRED = ("name", "tin", "npis", "executive_name", "executive_email")
OPTIONAL = ("relations_contact", "entitlements", "wave")
_LOST_ZERO = re.compile(r"[0-9]{7,8}")
_SCIENTIFIC = re.compile(r"[0-9]+([.,][0-9]*)?[eE]\+?[0-9]+")
# Stand for what has no right form, while the rest of a row is looked at.
_GOOD: dict[str, object] = {"name": "-", "tin": "000000001", "npis": [], "entitlements": []}
_BETWEEN = re.compile(r"[;,|\s]+")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the file: a practice, or what keeps it from being one."""

    number: int
    tin: str
    """As it is kept, of whatever stands in the cell."""
    new: NewOrganization | None = None
    wave: str = ""
    """The name of its wave."""
    problems: tuple[Problem, ...] = ()
    is_known: bool = False
    """Whether there is a practice of just these facts: nothing is to be done."""


class Known:
    """What is known of the practices and waves in some rows: for thousands of them a few batches."""

    def __init__(self, rows: Sequence[Row]) -> None:
        asked = [row for row in rows if row.new is not None]
        tins = {row.tin for row in asked}
        ids = organizations.ids_of(tins) if tins else {}
        found = organizations.by_id(ids.values())
        self._organizations: Mapping[str, Organization] = {tin: found[id_] for tin, id_ in ids.items() if id_ in found}
        self._waves = wave_store.by_name({row.wave for row in rows if row.wave})

    def organization(self, row: Row) -> Organization | None:
        """The practice that has the row's TIN."""
        return self._organizations.get(row.tin)

    def wave(self, row: Row) -> Wave | None:
        """The wave that the row names."""
        return self._waves.get(row.wave)


def read(line: Line) -> Row:
    """A row's cells, each converted as the form's field of that name."""
    cells = {name: cell.strip() for name, cell in line.cells.items()}
    tin = rules.tin_of(cells.get("tin", ""))
    if _is_other_delimiter(line):
        return _wrong(Row(number=line.number, tin=""), [FieldError("/", "wrong_delimiter")])
    errors = [FieldError("/", "surplus_cells")] if line.surplus else []
    errors += _spoiled_tin(cells.get("tin", ""))
    data: dict[str, object] = {name: cells.get(name, "") for name in (*REQUIRED, "relations_contact")}
    data["npis"] = _parts(cells.get("npis", ""))
    errors += [FieldError("/npis", "scientific") for npi in _parts(cells.get("npis", "")) if _SCIENTIFIC.fullmatch(npi)]
    data["entitlements"] = [part.casefold().replace("-", "_") for part in _levels(cells.get("entitlements", ""))]
    new, wrong = _converted(data)
    row = Row(number=line.number, tin=tin, new=None if wrong else new, wave=cells.get("wave", ""))
    return _wrong(row, errors + wrong)


def _converted(data: dict[str, object]) -> tuple[NewOrganization | None, list[FieldError]]:
    """A practice, and all that is wrong with it: what has no right form keeps nothing else from being looked at."""
    try:
        new = bodies.convert(data, NewOrganization)
    except Invalid as refusal:
        wrong = {_column(error) for error in refusal.fields}
        try:
            rest = bodies.convert({**data, **{name: _GOOD.get(name, "") for name in wrong}}, NewOrganization)
        except Invalid:
            return None, list(refusal.fields)
        return None, [*refusal.fields, *(error for error in actions.check(rest) if _column(error) not in wrong)]
    return new, actions.check(new)


def _column(error: FieldError) -> str:
    return error.pointer.split("/")[1]


def _parts(cell: str) -> list[str]:
    return [part for part in _BETWEEN.split(cell) if part]


def _levels(cell: str) -> list[str]:
    """Levels as people write them: `health records; claims`."""
    return ["_".join(part.split()) for part in re.split(r"[;,|]", cell) if part.strip()]


def _spoiled_tin(cell: str) -> list[FieldError]:
    """What is wrong with a number that a spreadsheet had: zeros in front are gone, long ones are rounded."""
    if not cell:
        return [FieldError("/tin", "required")]
    if _LOST_ZERO.fullmatch(cell):
        return [FieldError("/tin", "tin_lost_zero")]
    return [FieldError("/tin", "scientific")] if _SCIENTIFIC.fullmatch(cell) else []


def _is_other_delimiter(line: Line) -> bool:
    """Whether the whole row stands in its first cell, parted by something else than the header's cells are."""
    first, *others = line.cells.values()
    return not any(map(str.strip, others)) and any(first.count(each) >= len(REQUIRED) - 1 for each in DELIMITERS)


def checked(row: Row, known: Known, earlier: set[str], now: datetime) -> Row:
    """A row with all that is wrong with it beside what others say: rows before it, and the practices there are."""
    if row.tin and row.tin in earlier:
        row = _wrong(row, [FieldError("/tin", "twice_in_file")])
    before, wave = known.organization(row), known.wave(row)
    if row.wave and wave is None:
        row = _wrong(row, [FieldError("/wave", "no_such_wave")])
    if row.new is None:
        return row
    if before is not None:
        row = _wrong(row, _differences(row.new, before, wave))
        return row if row.problems else msgspec.structs.replace(row, is_known=True)
    return _wrong(row, [FieldError("/wave", "wave_ended")] if wave is not None and wave.ends_at <= now else [])


def _differences(new: NewOrganization, known: Organization, wave: Wave | None) -> list[FieldError]:
    """Where a row says other than what is known; an empty cell says nothing."""
    said: dict[str, tuple[object, object]] = {
        "name": (new.name, known.name),
        "npis": (frozenset(new.npis), known.npis),
        "executive_name": (new.executive_name, known.executive_name),
        "executive_email": (new.executive_email.casefold(), known.executive_email.casefold()),
        "relations_contact": (new.relations_contact, known.relations_contact),
        "entitlements": (frozenset(new.entitlements), known.entitlements),
        "wave": (wave.id if wave is not None else None, known.wave_id),
    }
    return [FieldError(f"/{name}", "differs_from_known") for name, (is_, was) in said.items() if is_ and is_ != was]


def _wrong(row: Row, errors: Sequence[FieldError]) -> Row:
    """A row with more that is wrong with it; each column says the first thing."""
    problems = list(row.problems)
    for error in errors:
        column = _column(error)
        if all(problem.column != column for problem in problems):
            problems.append(Problem(row.number, column, error.code, error.limit))
    return msgspec.structs.replace(row, problems=tuple(problems))


def unreadable(error: FieldError) -> Problem:
    """What is wrong with the file as a whole."""
    return Problem(0, _column(error), error.code, error.limit)
