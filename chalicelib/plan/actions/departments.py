"""Plan administrators keep the departments (MSG-6, ACC-11)."""

from datetime import datetime

import msgspec

from chalicelib.core import ids
from chalicelib.core.access import Staff
from chalicelib.core.change import Change
from chalicelib.core.errors import FieldError, Invalid, NotFound, Stale
from chalicelib.core.journal import Entry, Facts
from chalicelib.core.outrun import until_kept
from chalicelib.core.writing import folded
from chalicelib.plan import store
from chalicelib.plan.domain import Audience, Department
from chalicelib.plan.store import department_changes as changes


class DepartmentEdit(msgspec.Struct, frozen=True, kw_only=True):
    """What a plan administrator says of a department; None leaves as it is."""

    name: str | None = None
    category: str | None = None
    description: str | None = None
    audience: Audience | None = None
    active: bool | None = None


def add_department(actor: Staff, wanted: DepartmentEdit, now: datetime) -> Department:
    """Add a department. Raises Invalid `name_taken` for the name of another one."""
    blank = Department(id=ids.new("dep"), name="", category="", description="")
    return until_kept(lambda: _saved(actor, None, _edited(blank, wanted), now))


def change_department(
    actor: Staff, department_id: str, version: int, wanted: DepartmentEdit, now: datetime
) -> Department:
    """Change a department, retire it or bring it back. Raises NotFound, Stale, Invalid `name_taken`."""

    def change() -> Department:
        before = store.departments_by_id([department_id]).get(department_id)
        if before is None:
            raise NotFound
        if before.version != version:
            raise Stale
        after = _edited(before, wanted)
        if after == before:
            return before
        return _saved(actor, before, msgspec.structs.replace(after, version=before.version + 1), now)

    return until_kept(change)


def _edited(before: Department, wanted: DepartmentEdit) -> Department:
    given = {name: value for name, value in msgspec.structs.asdict(wanted).items() if value is not None}
    return msgspec.structs.replace(before, **given)


def _saved(actor: Staff, before: Department | None, after: Department, now: datetime) -> Department:
    # In this order: a name that is taken after the second reading is noticed by the first.
    read = changes.version()
    others = [other for other in store.departments(strongly=True) if other.id != after.id]
    if folded(after.name) in {folded(other.name) for other in others}:
        raise Invalid(fields=(FieldError("/name", "name_taken"),))
    entry = Entry(
        action=_action(before, after),
        object_id=after.id,
        before=_facts(before) if before else {},
        after=_facts(after),
    )
    planned = Change(actor, entry, now)
    changes.plan(planned, before, after, read)
    return planned.commit(after)


def _action(before: Department | None, after: Department) -> str:
    if before is None:
        return "department.created"
    if before.active != after.active:
        return "department.brought_back" if after.active else "department.retired"
    return "department.changed"


def _facts(department: Department) -> Facts:
    """What a record tells: names of departments are the plan's own words, no text of users (AUD-4)."""
    return {"name": department.name, "audience": department.audience, "active": department.active}
