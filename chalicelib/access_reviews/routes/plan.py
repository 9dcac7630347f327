"""The plan's side of access reviews: how far the practices are, calls, decisions that were made too fast."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated

import msgspec

from chalicelib.access_reviews import foreign, overview
from chalicelib.access_reviews.actions import calling, settling
from chalicelib.access_reviews.domain.calls import MOST_ORGANIZATIONS, Call
from chalicelib.access_reviews.domain.cards import Verdict
from chalicelib.access_reviews.domain.pace import Suspect
from chalicelib.access_reviews.domain.standing import Wave
from chalicelib.access_reviews.overview import Person, Practice, State
from chalicelib.access_reviews.store import calls, decisions, pace
from chalicelib.core.access import Actor, Staff, staff
from chalicelib.core.answers import Named
from chalicelib.core.cursors import Page, PageQuery
from chalicelib.core.fields import Cursor, Id, Search
from chalicelib.core.http import Routes
from chalicelib.organizations import store as organizations

routes = Routes(__name__)

OVERSEERS = staff("enrollment", "plan_administrator", "auditor")
CALLERS = staff("enrollment", "plan_administrator")
Finding = Annotated[str, msgspec.Meta(min_length=1, max_length=200, extra={"characters": "lines"})]
_SUSPECTS = 10


class OverviewQuery(msgspec.Struct):
    """Which practices; `search` in their names and numbers."""

    state: State = "all"
    search: Search = ""
    cursor: Cursor | None = None


class OverviewOrganization(msgspec.Struct):
    """A practice as the plan knows it."""

    id: str
    name: str
    tin: str


class OverviewView(msgspec.Struct):
    """How far a practice is: `late` ones are `open` too; `waves` are those ahead, by the last day they have."""

    organization: OverviewOrganization
    open: int
    late: int
    next_due_at: datetime | None
    waves: list[Wave]
    without_administrator: bool
    suspect: bool


class OpenPeopleView(msgspec.Struct):
    """Whose reviews are open in one practice."""

    items: list[Person]


class CallBody(msgspec.Struct):
    """Whom to call, null for everybody, and the last day they have."""

    organization_ids: Annotated[list[Id], msgspec.Meta(min_length=1, max_length=MOST_ORGANIZATIONS)] | None
    by: date


class CallView(msgspec.Struct):
    """A call: `until` is the last day, `ends_at` its end in the plan's zone; `organizations` null for everybody."""

    id: str
    at: datetime
    by_name: str
    until: date
    ends_at: datetime
    organizations: list[Named] | None


class SampleView(msgspec.Struct):
    """One of the decisions to look at."""

    id: str
    at: datetime
    member: str
    decision: Verdict
    reason: str


class SettledView(msgspec.Struct):
    """Who looked into it, and what they found."""

    name: str
    at: datetime
    finding: str


class SuspectView(msgspec.Struct):
    """Decisions of one reviewer that were made too fast, and a tenth of them to look at."""

    id: str
    reviewer: Named
    organization: Named
    from_: datetime = msgspec.field(name="from")
    to: datetime
    count: int
    sample: list[SampleView]
    settled: SettledView | None
    own: bool
    """Whether it is one's own or of a practice one belongs to: then it is for others."""


class FindingBody(msgspec.Struct):
    """What came of looking into it."""

    finding: Finding


@routes.route(
    "/review-overview",
    method="GET",
    who=OVERSEERS,
    summary="How far the practices are with their reviews",
    errors=((400, "bad_cursor"),),
)
def show_overview(actor: Actor, query: OverviewQuery, now: datetime) -> Page[OverviewView]:
    """Pages of 10, which may come short: those that the last run of the job found are counted anew."""
    page = overview.page(query.state, query.search, query.cursor, now, (actor.id, "review_overview"))
    return Page([_practice(one) for one in page.items], page.next_cursor)


@routes.route(
    "/review-overview/{organization_id}", method="GET", who=OVERSEERS, summary="Whose reviews are open in one practice"
)
def show_open_people(organization_id: Id, now: datetime) -> OpenPeopleView:
    """The late ones first, 100 at most."""
    return OpenPeopleView(overview.people(organization_id, now))


@routes.route(
    "/review-calls",
    method="GET",
    who=OVERSEERS,
    summary="Calls for reviews, newest first",
    errors=((400, "bad_cursor"),),
)
def list_calls(actor: Actor, query: PageQuery) -> Page[CallView]:
    """The last one counts, of everybody as well as of one practice."""
    page = calls.page(query.cursor, (actor.id, "review_calls"))
    return Page(_calls(page.items), page.next_cursor)


@routes.route(
    "/review-calls", method="POST", who=CALLERS, summary="Call a review of everybody, or of some practices",
    status=201, creates=True, step_up=True,
)  # fmt: skip
def call_review(actor: Staff, body: CallBody, now: datetime) -> CallView:
    """Who is not verified between now and the end of that day is suspended then. Their administrators are told."""
    return _calls([calling.call(actor, body.organization_ids, body.by, now)])[0]


@routes.route(
    "/suspect-reviews", method="GET", who=OVERSEERS, summary="Reviews that were decided too fast",
    errors=((400, "bad_cursor"),),
)  # fmt: skip
def list_suspects(actor: Actor, query: PageQuery) -> Page[SuspectView]:
    """Those that nobody has looked into, the oldest first; then the others, the newest first."""
    page = pace.page(query.cursor, _SUSPECTS, (actor.id, "suspect_reviews"))
    names = organizations.names({one.organization_id for one in page.items}) if page.items else {}
    own = foreign.own(actor.id, page.items)
    return Page([_suspect(one, names, own=one.id in own) for one in page.items], page.next_cursor)


@routes.route(
    "/suspect-reviews/{suspect_id}/settle",
    method="POST",
    who=CALLERS,
    summary="Say what came of looking into such a review",
    errors=((403, "of_organization"), (409, "review_settled")),
)
def settle_suspect(actor: Staff, suspect_id: Id, body: FindingBody, now: datetime) -> SuspectView:
    """Kept with who said it. What was decided stays decided."""
    after = settling.settle(actor, suspect_id, body.finding, now)
    return _suspect(after, organizations.names([after.organization_id]), own=False)


def _practice(one: Practice) -> OverviewView:
    of = one.organization
    return OverviewView(
        organization=OverviewOrganization(of.id, of.name, of.tin),
        open=one.open,
        late=one.late,
        next_due_at=one.next_due_at,
        waves=one.waves,
        without_administrator=one.without_administrator,
        suspect=one.suspect,
    )


def _calls(found: Iterable[Call]) -> list[CallView]:
    """Names of the practices are read together."""
    items = list(found)
    ids = {id_ for one in items for id_ in one.organizations or ()}
    names = organizations.names(ids) if ids else {}
    return [_call(one, names) for one in items]


def _call(one: Call, names: dict[str, str]) -> CallView:
    chosen = one.organizations
    return CallView(
        id=one.id,
        at=one.at,
        by_name=one.by.name,
        until=one.until,
        ends_at=one.ends_at,
        organizations=None if chosen is None else [Named(id_, names.get(id_, "")) for id_ in chosen],
    )


def _suspect(one: Suspect, names: dict[str, str], *, own: bool) -> SuspectView:
    sample = decisions.by_ids(one.organization_id, one.sample)
    return SuspectView(
        id=one.id,
        reviewer=Named(one.reviewer.id, one.reviewer.name),
        organization=Named(one.organization_id, names.get(one.organization_id, "")),
        from_=one.first_at,
        to=one.last_at,
        count=one.count,
        sample=[SampleView(each.id, each.at, each.member.name, each.decision, each.reason) for each in sample],
        settled=None if one.settled is None else SettledView(one.settled.by.name, one.settled.at, one.settled.finding),
        own=own,
    )
