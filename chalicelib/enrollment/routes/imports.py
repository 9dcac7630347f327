"""Organizations as CSV: dry run, import. How far they have come is told by `/work/{work_id}` (ORG-2)."""

from datetime import datetime

from chalicelib.core import work_imports
from chalicelib.core.access import Staff, staff
from chalicelib.core.cursors import PageQuery
from chalicelib.core.fields import Id
from chalicelib.core.http import Routes
from chalicelib.core.texts import Language
from chalicelib.core.work import Started
from chalicelib.core.work_imports import AnnouncedImport, ImportBody, ProblemsView
from chalicelib.enrollment.actions import imports

routes = Routes(__name__)

ENROLLMENT = staff("enrollment")


@routes.route(
    "/organization-imports",
    method="POST",
    who=ENROLLMENT,
    summary="Announce a CSV of organizations for a dry run",
    status=201,
)
def announce_organizations(actor: Staff, body: ImportBody, now: datetime) -> AnnouncedImport:
    """Send the file with the form, then `POST /work/{work_id}/begin`. The dry run changes nothing."""
    return work_imports.announce(actor, imports.KINDS, body, now)


@routes.route(
    "/organization-imports/{work_id}/problems",
    method="GET",
    who=ENROLLMENT,
    summary="What is wrong with the rows of a dry run or an import",
    errors=((400, "bad_cursor"),),
)
def list_organization_problems(
    actor: Staff, work_id: Id, query: PageQuery, language: Language, now: datetime
) -> ProblemsView:
    """In the order of the file; pages differ in length."""
    of = work_imports.own(actor, imports.KINDS, work_id, now)
    return work_imports.problems(of, query.cursor, ("organization_import", actor.id), language)


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
def run_organizations(actor: Staff, work_id: Id, now: datetime) -> Started:
    """A long work. Run again, it finds those that are known already and makes nothing twice."""
    return work_imports.run(actor, imports.KINDS, work_id, now)
