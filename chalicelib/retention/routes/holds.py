"""Legal holds, for plan administrators and auditors, who set and lift them together (MSG-10)."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.accounts import store as accounts
from chalicelib.core.access import Staff, staff
from chalicelib.core.answers import Named
from chalicelib.core.cursors import Page, PageQuery
from chalicelib.core.errors import NotFound
from chalicelib.core.fields import Id
from chalicelib.core.http import Routes
from chalicelib.organizations import store as organizations
from chalicelib.retention.actions import holding as actions
from chalicelib.retention.domain import holds as domain
from chalicelib.retention.domain.holds import Hold, Kind, Move, State, Step, Subject
from chalicelib.retention.store import holds as store

routes = Routes(__name__)

DECIDERS = staff("plan_administrator", "auditor")
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=500, extra={"characters": "lines"})]


class SubjectBody(msgspec.Struct):
    """What is to be held: a person by id or sign-in address, an organization by id or TIN, a thread by id."""

    kind: Kind
    id: Annotated[str, msgspec.Meta(min_length=1, max_length=254, extra={"characters": "line"})]


class HoldBody(msgspec.Struct):
    """What is to be held, and why."""

    subject: SubjectBody
    reason: Reason


class HoldMoveBody(msgspec.Struct):
    """What to do with a hold; `reason` for `ask_to_lift` alone."""

    move: Move
    reason: Reason | None = None


class SubjectView(msgspec.Struct):
    """What is held; `name` of a user or organization. A thread has none: its subject line is not for those who hold."""

    kind: Kind
    id: str
    name: str


class HoldView(msgspec.Struct):
    """A legal hold; `moves` are those that are open to whoever looks."""

    id: str
    subject: SubjectView
    state: State
    reason: str
    asked_by: Named
    asked_at: datetime
    confirmed_by: Named | None
    confirmed_at: datetime | None
    lift_reason: str
    lift_asked_by: Named | None
    lift_asked_at: datetime | None
    ended_by: Named | None
    ended_at: datetime | None
    moves: list[Move]
    version: int


@routes.route(
    "/legal-holds", method="GET", who=DECIDERS, summary="Legal holds, newest first", errors=((400, "bad_cursor"),)
)
def list_holds(actor: Staff, query: PageQuery) -> Page[HoldView]:
    """Those that hold, those that wait for a second person, and those that have ended."""
    page = store.page(actor.id, query.cursor)
    return Page(_views(actor, page.items), page.next_cursor)


@routes.route(
    "/legal-holds",
    method="POST",
    who=DECIDERS,
    step_up=True,
    summary="Ask that something be held",
    status=201,
    creates=True,
    errors=((409, "too_many_holds"),),
)
def ask_for_hold(actor: Staff, body: HoldBody, now: datetime) -> HoldView:
    """It holds from when somebody else with the other role confirms it."""
    hold = actions.ask(actor, Subject(body.subject.kind, body.subject.id), body.reason, now)
    return _views(actor, [hold])[0]


@routes.route("/legal-holds/{hold_id}", method="GET", who=DECIDERS, summary="One legal hold")
def show_hold(actor: Staff, hold_id: Id) -> HoldView:
    """Whatever became of it."""
    found = store.hold(hold_id)
    if found is None:
        raise NotFound
    return _views(actor, [found])[0]


@routes.route(
    "/legal-holds/{hold_id}/moves",
    method="POST",
    who=DECIDERS,
    step_up=True,
    summary="Confirm, refuse, ask to lift, confirm that, or keep a legal hold",
    edits=True,
    errors=(
        (403, "second_person"),
        (409, "asker_gone"),
        (409, "too_many_holds"),
        *((409, f"hold_{state}") for state in ("asked", "active", "lift_asked", "lifted", "refused")),
    ),
)
def move_hold(actor: Staff, hold_id: Id, version: int, body: HoldMoveBody, now: datetime) -> HoldView:
    """What one asked for, another one with the other role confirms; until a lift is confirmed, it holds."""
    after = actions.move(actor, hold_id, version, body.move, body.reason or "", now)
    return _views(actor, [after])[0]


def _views(actor: Staff, holds: list[Hold]) -> list[HoldView]:
    """Names of what is held are read together."""
    of_kind = {kind: [one.subject.id for one in holds if one.subject.kind == kind] for kind in ("user", "organization")}
    names = {**organizations.names(of_kind["organization"]), **accounts.names(of_kind["user"])}
    return [_view(actor, one, names.get(one.subject.id, "")) for one in holds]


def _view(actor: Staff, one: Hold, name: str) -> HoldView:
    return HoldView(
        id=one.id,
        subject=SubjectView(one.subject.kind, one.subject.id, name),
        state=one.state,
        reason=one.reason,
        asked_by=Named(one.asked.user_id, one.asked.name),
        asked_at=one.asked.at,
        confirmed_by=_named(one.confirmed),
        confirmed_at=_at(one.confirmed),
        lift_reason=one.lift_reason,
        lift_asked_by=_named(one.lift_asked),
        lift_asked_at=_at(one.lift_asked),
        ended_by=_named(one.ended),
        ended_at=_at(one.ended),
        moves=domain.open_moves(one, actor),
        version=one.version,
    )


def _named(step: Step | None) -> Named | None:
    return Named(step.user_id, step.name) if step is not None else None


def _at(step: Step | None) -> datetime | None:
    return step.at if step is not None else None
