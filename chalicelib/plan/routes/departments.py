"""The plan's departments (MSG-6)."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.core.access import Staff, staff
from chalicelib.core.fields import Id
from chalicelib.core.http import Routes
from chalicelib.plan import store
from chalicelib.plan.actions import departments as actions
from chalicelib.plan.actions.departments import DepartmentEdit
from chalicelib.plan.domain import Audience, Department

routes = Routes(__name__)

_LINE = {"characters": "line"}
DepartmentName = Annotated[str, msgspec.Meta(min_length=1, max_length=80, extra=_LINE)]
Category = Annotated[str, msgspec.Meta(min_length=1, max_length=80, extra=_LINE)]
Description = Annotated[str, msgspec.Meta(max_length=200, extra=_LINE)]
_ADMINISTRATORS = staff("plan_administrator")


class DepartmentView(msgspec.Struct):
    """A department as it is kept."""

    id: str
    name: str
    category: str
    description: str
    audience: Audience
    active: bool
    version: int


class DepartmentsView(msgspec.Struct):
    """All of them: a plan has tens."""

    items: list[DepartmentView]
    next_cursor: str | None = None


class NewDepartmentBody(msgspec.Struct):
    """A department to add (MSG-6)."""

    name: DepartmentName
    category: Category
    description: Description = ""
    audience: Audience = "everyone"


class DepartmentEditBody(msgspec.Struct):
    """What is to change; what is left out stays. `active` retires a department or brings it back."""

    name: DepartmentName | None = None
    category: Category | None = None
    description: Description | None = None
    audience: Audience | None = None
    active: bool | None = None


@routes.route("/departments", method="GET", who=_ADMINISTRATORS, summary="The plan's departments")
def list_departments() -> DepartmentsView:
    """By name; staff may be put into those that are active (ACC-11)."""
    return DepartmentsView([_department(one) for one in store.departments()])


@routes.route("/departments", method="POST", who=_ADMINISTRATORS, summary="Add a department", status=201, creates=True)
def add_department(actor: Staff, body: NewDepartmentBody, now: datetime) -> DepartmentView:
    """Its inbox is there at once; who works in it is set with the staff accounts."""
    wanted = DepartmentEdit(
        name=body.name, category=body.category, description=body.description, audience=body.audience
    )
    return _department(actions.add_department(actor, wanted, now))


@routes.route(
    "/departments/{department_id}",
    method="PATCH",
    who=_ADMINISTRATORS,
    summary="Change a department, retire it or bring it back",
    edits=True,
)
def change_department(
    actor: Staff, department_id: Id, version: int, body: DepartmentEditBody, now: datetime
) -> DepartmentView:
    """A retired one can't be written to; its agents still read, answer and close what is there."""
    wanted = DepartmentEdit(
        name=body.name,
        category=body.category,
        description=body.description,
        audience=body.audience,
        active=body.active,
    )
    return _department(actions.change_department(actor, department_id, version, wanted, now))


def _department(one: Department) -> DepartmentView:
    return DepartmentView(
        id=one.id,
        name=one.name,
        category=one.category,
        description=one.description,
        audience=one.audience,
        active=one.active,
        version=one.version,
    )
