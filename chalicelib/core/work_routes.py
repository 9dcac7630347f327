"""Long works as their owners see them (core/work.py): how far they are, stopping them, their results."""

from datetime import datetime

import msgspec

from chalicelib.core import presigned, work, work_ends, work_files
from chalicelib.core.access import Actor, members, staff
from chalicelib.core.cursors import Page, PageQuery
from chalicelib.core.fields import Id
from chalicelib.core.http import Routes
from chalicelib.core.work import State, Work

routes = Routes(__name__)

OWNERS = members() | staff()


class WorkView(msgspec.Struct):
    """A long work and how far it has come."""

    id: str
    kind: str
    state: State
    done: int
    total: int | None
    """How many there are in all, once that is known."""
    problems: int
    """How many of those done could not be done as asked."""
    reason: str | None
    """Why it was stopped or has failed."""
    created_at: datetime
    updated_at: datetime
    result_name: str
    result_until: datetime | None
    """Until when the result can be downloaded; null when there is none."""
    must_finish: bool
    """Whether it was promised, so that it can't be stopped."""


class Link(msgspec.Struct):
    """An address that is good for a minute."""

    url: str
    expires_in: int


@routes.route(
    "/work", method="GET", who=OWNERS, summary="One's long works, newest first", errors=((400, "bad_cursor"),)
)
def list_work(actor: Actor, query: PageQuery, now: datetime) -> Page[WorkView]:
    """Of the membership that is open, or of the member of staff; for thirty days."""
    page = work.page(actor, query.cursor, now)
    return Page([_view(found) for found in page.items], page.next_cursor)


@routes.route("/work/{work_id}", method="GET", who=OWNERS, summary="How far a long work has come")
def show_work(actor: Actor, work_id: Id, now: datetime) -> WorkView:
    """Only to its owner."""
    return _view(work.own(actor, work_id, now))


@routes.route(
    "/work/{work_id}/begin",
    method="POST",
    who=OWNERS,
    summary="Tell that the file of an import has been sent",
    errors=((409, "input_missing"),),
)
def begin_work(actor: Actor, work_id: Id, now: datetime) -> WorkView:
    """Asked again it answers how far the work has come."""
    return _view(work_files.begin_with_input(actor, work_id, now))


@routes.route(
    "/work/{work_id}/stop", method="POST", who=OWNERS, summary="Stop a long work", errors=((409, "work_must_finish"),)
)
def stop_work(actor: Actor, work_id: Id, now: datetime) -> WorkView:
    """What is done stays done; one that has ended stays as it is."""
    return _view(work_ends.stop(actor, work_id, now))


@routes.route(
    "/work/{work_id}/result",
    method="GET",
    who=OWNERS,
    summary="A link to the result of a long work",
    errors=((409, "result_missing"),),
)
def download_result(actor: Actor, work_id: Id, now: datetime) -> Link:
    """For a minute. Each link leaves an audit record."""
    return Link(work_files.link(actor, work_id, now), presigned.LINK_SECONDS)


def _view(of: Work) -> WorkView:
    return WorkView(
        id=of.id,
        kind=of.kind,
        state=of.state,
        done=of.done,
        total=of.total,
        problems=of.problems,
        reason=of.reason,
        created_at=of.created_at,
        updated_at=of.updated_at,
        result_name=of.result_name,
        result_until=work_files.result_until(of),
        must_finish=of.must_finish,
    )
