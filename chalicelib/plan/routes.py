"""What everybody may know about the plan."""

import msgspec

from chalicelib.core.access import PUBLIC, staff
from chalicelib.core.http import Routes
from chalicelib.plan import store
from chalicelib.plan.domain import Contact

routes = Routes(__name__)


class Helpdesk(msgspec.Struct):
    """How to reach the helpdesk."""

    phone: str
    hours: str


class PlanView(msgspec.Struct):
    """The plan as every page shows it (PLT-6)."""

    name: str
    time_zone: str
    helpdesk: Helpdesk
    contacts: tuple[Contact, ...]
    confidentiality_notice: str
    sharing_notice: str


@routes.route("/plan", method="GET", who=PUBLIC, summary="The plan: name, helpdesk, contacts, notices")
def show_plan() -> PlanView:
    """The same for everybody."""
    plan = store.settings()
    return PlanView(
        name=plan.name,
        time_zone=plan.time_zone,
        helpdesk=Helpdesk(plan.helpdesk_phone, plan.helpdesk_hours),
        contacts=plan.contacts,
        confidentiality_notice=plan.confidentiality_notice,
        sharing_notice=plan.sharing_notice,
    )


class DepartmentView(msgspec.Struct):
    """A department to choose."""

    id: str
    name: str
    category: str
    active: bool


class DepartmentsView(msgspec.Struct):
    """All of them: a plan has tens."""

    items: list[DepartmentView]
    next_cursor: str | None = None


@routes.route("/departments", method="GET", who=staff("plan_administrator"), summary="The plan's departments")
def list_departments() -> DepartmentsView:
    """By name; staff may be put into those that are active (ACC-11)."""
    return DepartmentsView([DepartmentView(one.id, one.name, one.category, one.active) for one in store.departments()])
