"""How departments change (docs/data-model.md): one at a time, so that their names stay apart."""

from pynamodb.attributes import NumberAttribute

from chalicelib.core.change import Change
from chalicelib.core.errors import Stale
from chalicelib.core.outrun import Outrun
from chalicelib.core.tables import DirectoryRow
from chalicelib.plan.domain import Department
from chalicelib.plan.store import DepartmentRow, department_row

_KEY = ("PLAN", "DEPARTMENTS")


class DepartmentsRow(DirectoryRow, discriminator="departments"):
    """pk `PLAN`, sk `DEPARTMENTS`. Every change of a department writes it, so that changes wait for each other."""

    version = NumberAttribute()


def version() -> int:
    """How often departments have changed; 0 before the first time."""
    try:
        return int(DepartmentsRow.get(*_KEY, consistent_read=True).version)
    except DepartmentsRow.DoesNotExist:
        return 0


def plan(change: Change, before: Department | None, after: Department, read: int) -> None:
    """Plan a new department or the change of one.

    The commit raises Stale when it is no longer as `before` says, Outrun when another one changed since `read`.
    """
    if before is None:
        change.create(department_row(after))
    else:
        # Those of the set-up carry no version yet.
        known = (DepartmentRow.version == before.version) | DepartmentRow.version.does_not_exist()
        change.put(department_row(after), DepartmentRow.pk.exists() & known, Stale())
    unchanged = DepartmentsRow.version == read if read else DepartmentsRow.pk.does_not_exist()
    change.put(DepartmentsRow(*_KEY, version=read + 1), unchanged, Outrun())
