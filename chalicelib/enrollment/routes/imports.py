"""Organizations as CSV: dry run, import. How far they have come is told by `/work/{work_id}` (ORG-2)."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.accounts.store import problems
from chalicelib.core import texts
from chalicelib.core.access import Staff, staff
from chalicelib.core.cursors import PageQuery
from chalicelib.core.fields import Id
from chalicelib.core.http import Routes
from chalicelib.core.texts import Language
from chalicelib.enrollment.actions import imports
from chalicelib.enrollment.actions.imports import AnnouncedOrganizations, StartedOrganizations

routes = Routes(__name__)

ENROLLMENT = staff("enrollment")


class OrganizationsFileBody(msgspec.Struct):
    """The file that is to be sent: a CSV of at most 10 MiB, and its SHA-256 in base64."""

    size: int
    sha256: Annotated[str, msgspec.Meta(max_length=64)]


class OrganizationProblemView(msgspec.Struct):
    """One wrong cell; `row` counts as a spreadsheet does, and is 0 for what is wrong with the whole file."""

    row: int
    column: str
    code: str
    detail: str


class OrganizationProblemsView(msgspec.Struct):
    """A page of problems, in the order of the file."""

    items: list[OrganizationProblemView]
    next_cursor: str | None


@routes.route(
    "/organization-imports",
    method="POST",
    who=ENROLLMENT,
    summary="Announce a CSV of organizations for a dry run",
    status=201,
)
def announce_organizations(actor: Staff, body: OrganizationsFileBody, now: datetime) -> AnnouncedOrganizations:
    """Send the file with the form, then `POST /work/{work_id}/begin`. The dry run changes nothing."""
    return imports.announce(actor, body.size, body.sha256, now)


@routes.route(
    "/organization-imports/{work_id}/problems",
    method="GET",
    who=ENROLLMENT,
    summary="What is wrong with the rows of a dry run or an import",
    errors=((400, "bad_cursor"),),
)
def list_organization_problems(
    actor: Staff, work_id: Id, query: PageQuery, language: Language, now: datetime
) -> OrganizationProblemsView:
    """In the order of the file; pages differ in length."""
    imports.checked_import(actor, work_id, now)
    page = problems.page(work_id, query.cursor, ("organization_import", actor.id))
    return OrganizationProblemsView([_view(problem, language) for problem in page.items], page.next_cursor)


@routes.route(
    "/organization-imports/{work_id}/run",
    method="POST",
    who=ENROLLMENT,
    summary="Import the good rows of a dry run",
    step_up=True,
    status=202,
    creates=True,
    errors=((409, "import_not_checked"),),
)
def run_organizations(actor: Staff, work_id: Id, now: datetime) -> StartedOrganizations:
    """A long work. Run again, it finds those that are known already and makes nothing twice."""
    return imports.run(actor, work_id, now)


def _view(problem: problems.Problem, language: Language) -> OrganizationProblemView:
    places = {} if problem.limit is None else {"limit": problem.limit}
    detail = texts.text(language, f"field.{problem.code}", **places)
    return OrganizationProblemView(problem.row, problem.column, problem.code, detail)
