"""How far the practices are with their reviews, as the plan sees it: counted in the moment it is shown (REV-4).

Where something is open, late, or nobody administers any more stands in short lists that the job and the rosters keep;
so the plan finds them without looking at all of its practices.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.access_reviews import dossiers
from chalicelib.access_reviews.domain import standing
from chalicelib.access_reviews.domain.standing import Standing, Wave
from chalicelib.access_reviews.store import pace
from chalicelib.access_reviews.store import state as states
from chalicelib.accounts import store as accounts
from chalicelib.accounts.domain import Membership, clocks
from chalicelib.accounts.domain.clocks import Clock
from chalicelib.accounts.domain.roster import Roster
from chalicelib.accounts.store import reviewing, rosters
from chalicelib.core import cursors
from chalicelib.core.access import Role
from chalicelib.core.cursors import Page
from chalicelib.core.errors import NotFound
from chalicelib.core.tables import DirectoryRows
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import PlanSettings

PAGE = 10
MOST_PEOPLE = 100
# How many of a short list one request looks at; a page may come short.
_MOST_LOOKS = 100

State = Literal["late", "open", "without_administrator", "all"]


class Practice(msgspec.Struct, frozen=True, kw_only=True):
    """How a practice stands. `late` ones are `open` too."""

    organization: Organization
    open: int
    late: int
    next_due_at: datetime | None
    waves: list[Wave]
    without_administrator: bool
    suspect: bool
    """Whether decisions there were made too fast, and nobody has looked into it yet."""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody whose review is open."""

    id: str
    name: str
    role: Role
    due_at: datetime
    late: bool


class _Plan(msgspec.Struct, frozen=True):
    settings: PlanSettings
    suspects: frozenset[str]


def page(state: State, search: str, cursor: str | None, now: datetime, scope: tuple[str, ...]) -> Page[Practice]:
    """A page of practices: all by name, otherwise the late ones first. Those that no longer fit are left out."""
    plan = _Plan(plan_store.settings(), pace.suspect_organizations())
    scope = (*scope, state, search)
    if state == "all":
        named = organizations.page(search, cursor, PAGE, scope)
        return Page(list(_practices(plan, [one.id for one in named.items], search, now)), named.next_cursor)
    return _listed(plan, state, search, cursor, now, scope)


def _listed(
    plan: _Plan, state: State, search: str, cursor: str | None, now: datetime, scope: tuple[str, ...]
) -> Page[Practice]:
    after = cursors.open_(cursor, scope)["after"] if cursor else None
    found: list[Practice] = []
    for _ in range(_MOST_LOOKS // PAGE):
        keys = _LISTS[state](after, PAGE - len(found) + 1)
        # One more than there is room for tells whether there are more.
        looked = keys[: PAGE - len(found)]
        # While one moves between late and open it may be found under both.
        known = {one.organization.id for one in found}
        ids = [id_ for id_ in dict.fromkeys(id_ for _, id_ in looked) if id_ not in known]
        found += [one for one in _practices(plan, ids, search, now) if _FITS[state](one)]
        after = looked[-1][0] if looked else after
        if len(keys) == len(looked):
            return Page(found)
        if len(found) == PAGE:
            break
    return Page(found, cursors.seal({"after": after or ""}, scope))


def _marked(after: str | None, most: int) -> list[tuple[str, str]]:
    return [(id_, id_) for id_ in rosters.without_administrator(after, most)]


_LISTS: dict[State, Callable[[str | None, int], list[tuple[str, str]]]] = {
    "late": lambda after, most: states.listed("late", after, most),
    "open": lambda after, most: states.listed(None, after, most),
    "without_administrator": _marked,
}
_FITS: dict[State, Callable[[Practice], bool]] = {
    "late": lambda one: one.late > 0,
    "open": lambda one: one.open > 0,
    "without_administrator": lambda one: one.without_administrator,
}


def _practices(plan: _Plan, ids: list[str], search: str, now: datetime) -> Iterator[Practice]:
    """How practices stand: a batch, and a query for each that the search finds."""
    if not ids:
        return
    rows = DirectoryRows(key for id_ in ids for key in (organizations.organization_key(id_), rosters.key(id_)))
    for id_ in ids:
        organization = organizations.organization_among(rows, id_)
        # In one that has ended nobody is to be reviewed (ORG-9).
        if not organization.closed and organizations.finds(search, organization):
            yield _practice(plan, organization, rosters.among(rows, id_), now)


def _practice(plan: _Plan, organization: Organization, roster: Roster, now: datetime) -> Practice:
    clock = Clock(settings=plan.settings, organization=organization)
    looked = _looked(clock, organization.id, now)
    return Practice(
        organization=organization,
        open=sum(standing.is_open(one, clock, now) for one in looked),
        late=sum(standing.is_late(one, clock, now) for one in looked),
        next_due_at=standing.next_due_at(looked, clock, now) or _later(clock, organization, now),
        waves=standing.waves(looked, clock, now, ZoneInfo(plan.settings.time_zone)),
        without_administrator=not roster.active,
        suspect=organization.id in plan.suspects,
    )


def _looked(clock: Clock, organization_id: str, now: datetime) -> list[Standing]:
    """Everybody of a practice who may be open."""
    until = standing.open_until(clock, now)
    return [dossiers.standing(key) for key in reviewing.keys(organization_id, until)]


def _later(clock: Clock, organization: Organization, now: datetime) -> datetime | None:
    """The first deadline of a practice in which nothing is open yet."""
    first = reviewing.first_verified_at(organization.id, after=standing.open_until(clock, now))
    return clocks.review_due_at(first, clock.settings, organization)


def people(organization_id: str, now: datetime) -> list[Person]:
    """Whose reviews are open in a practice, the late ones first; so many at most. Raises NotFound."""
    rows = DirectoryRows([plan_store.SETTINGS_KEY, organizations.organization_key(organization_id)])
    try:
        organization = organizations.organization_among(rows, organization_id)
    except organizations.OrganizationRow.DoesNotExist:
        raise NotFound from None
    clock = Clock(settings=plan_store.settings_among(rows), organization=organization)
    open_ = [one for one in _looked(clock, organization_id, now) if standing.is_open(one, clock, now)]
    open_ = sorted(open_, key=lambda one: (standing.due_at(one, clock), one.id))[:MOST_PEOPLE]
    named = accounts.memberships_by_id(organization_id, [one.id for one in open_]) if open_ else {}
    return [_person(named[one.id], one, clock, now) for one in open_ if one.id in named]


def _person(membership: Membership, one: Standing, clock: Clock, now: datetime) -> Person:
    return Person(
        id=one.id,
        name=membership.name,
        role=membership.role,
        due_at=standing.due_at(one, clock),
        late=standing.is_late(one, clock, now),
    )
