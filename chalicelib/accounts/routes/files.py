"""Members as CSV: export, dry run, import. How far they have come is told by `/work/{work_id}`."""

from datetime import datetime
from typing import Literal

import msgspec

from chalicelib.accounts.actions import exports, imports
from chalicelib.accounts.domain import Status
from chalicelib.accounts.store import listing
from chalicelib.core import work_imports
from chalicelib.core.access import AccessLevel, Member, Role, administrators
from chalicelib.core.cursors import PageQuery
from chalicelib.core.fields import Id
from chalicelib.core.http import Routes
from chalicelib.core.texts import Language
from chalicelib.core.work import Started
from chalicelib.core.work_imports import AnnouncedImport, ImportBody, ProblemsView

routes = Routes(__name__)


class ExportBody(msgspec.Struct):
    """Which members, in which order: the filters of the list. Not its search, whose text would have to be kept."""

    status: Status | None = None
    role: Role | None = None
    access_level: AccessLevel | None = None
    sort: listing.Sort = "status"
    order: Literal["asc", "desc"] = "asc"


@routes.route(
    "/members/exports",
    method="POST",
    who=administrators(),
    summary="Export members as CSV",
    step_up=True,
    status=202,
    creates=True,
)
def export_members(actor: Member, body: ExportBody, now: datetime) -> Started:
    """A long work: its result downloads through `/work/{work_id}/result`."""
    wanted = listing.Wanted(
        status=body.status,
        role=body.role,
        access_level=body.access_level,
        sort=body.sort,
        descending=body.order == "desc",
    )
    return exports.export(actor, wanted, now)


@routes.route(
    "/member-imports",
    method="POST",
    who=administrators(),
    summary="Announce a CSV of members for a dry run",
    status=201,
)
def announce_import(actor: Member, body: ImportBody, now: datetime) -> AnnouncedImport:
    """Send the file with the form, then `POST /work/{work_id}/begin`. The dry run changes nothing."""
    return work_imports.announce(actor, imports.KINDS, body, now)


@routes.route(
    "/member-imports/{work_id}/problems",
    method="GET",
    who=administrators(),
    summary="What is wrong with the rows of a dry run or an import",
    errors=((400, "bad_cursor"),),
)
def list_import_problems(
    actor: Member, work_id: Id, query: PageQuery, language: Language, now: datetime
) -> ProblemsView:
    """In the order of the file; pages differ in length."""
    of = work_imports.own(actor, imports.KINDS, work_id, now)
    return work_imports.problems(of, query.cursor, ("import", actor.membership_id), language)


@routes.route(
    "/member-imports/{work_id}/run",
    method="POST",
    who=administrators(),
    summary="Import the good rows of a dry run",
    step_up=True,
    status=202,
    creates=True,
    errors=((409, "import_not_checked"),),
)
def run_import(actor: Member, work_id: Id, now: datetime) -> Started:
    """A long work. Run again, it finds those that are members already and makes nobody twice."""
    return work_imports.run(actor, imports.KINDS, work_id, now)
