"""What the recipient picker offers (MSG-2): departments, people of one organization, and organizations to staff."""

from typing import Literal

import msgspec

from chalicelib.accounts import domain as accounts
from chalicelib.accounts.store import listing
from chalicelib.core import cursors
from chalicelib.core.access import Actor, Member
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Listed
from chalicelib.plan import domain as plan
from chalicelib.plan import store as plan_store

PAGE = 10
_MOST_COUNTED = 100

OfferedKind = Literal["member", "department", "organization"]


class Recipient(msgspec.Struct, frozen=True):
    """Somebody the picker offers; of an organization, staff pick groups or people."""

    id: str
    kind: OfferedKind
    name: str
    category: str
    """Of a department as it is called; of a member the role; of an organization its TIN."""
    description: str


class Offered(msgspec.Struct, frozen=True):
    """A page of the picker."""

    items: list[Recipient]
    next_cursor: str | None = None
    total: int | None = None
    """How many there are in all, where counting costs little."""


def departments(actor: Actor, search: str, cursor: str | None) -> Offered:
    """A page of the departments an actor may write to, by name."""
    wanted = search.casefold()
    found = [
        Recipient(department.id, "department", department.name, department.category, department.description)
        for department in plan_store.departments()
        if plan.may_write_to(actor, department)
        and (wanted in department.name.casefold() or wanted in department.category.casefold())
    ]
    scope = ("recipients", "department", actor.id, search)
    start = int(cursors.open_(cursor, scope)["from"]) if cursor else 0
    more = start + PAGE < len(found)
    following = cursors.seal({"from": str(start + PAGE)}, scope) if more else None
    return Offered(found[start : start + PAGE], following, len(found))


def members(actor: Actor, organization_id: str | None, search: str, cursor: str | None) -> Offered:
    """A page of the active members of an organization: to a member of their own, to staff of the one they name."""
    if isinstance(actor, Member):
        organization_id = actor.organization_id
    if organization_id is None:
        return Offered([], total=0)
    scope = ("recipients", "member", organization_id, actor.id, search)
    wanted = listing.Wanted(search=search, status="active", sort="name")
    page = listing.page(organization_id, wanted, cursor, PAGE, scope)
    counts = _counts(search, cursor, page.next_cursor)
    total = listing.count_up_to(organization_id, "active", _MOST_COUNTED) if counts else None
    return _told([_member(membership) for membership in page.items], page.next_cursor, cursor, total)


def all_organizations(actor: Actor, search: str, cursor: str | None) -> Offered:
    """A page of the plan's organizations by name, or of those whose name or TIN is sought; to staff alone.

    Those that have ended are left out, so it may come short (ORG-9).
    """
    if isinstance(actor, Member):
        return Offered([], total=0)
    scope = ("recipients", "organization", actor.id, search)
    page = organizations.page(search, cursor, PAGE, scope)
    total = organizations.count_up_to(_MOST_COUNTED) if _counts(search, cursor, page.next_cursor) else None
    there = [_organization(organization) for organization in page.items if not organization.closed]
    return _told(there, page.next_cursor, cursor, total)


def _counts(search: str, cursor: str | None, following: str | None) -> bool:
    """Whether they are to be counted: the first page tells for all, and what is sought would have to be found first."""
    return not search and cursor is None and following is not None


def _told(items: list[Recipient], following: str | None, cursor: str | None, total: int | None) -> Offered:
    on_one_page = following is None and cursor is None
    return Offered(items, following, len(items) if on_one_page else total)


def _member(membership: accounts.Membership) -> Recipient:
    return Recipient(membership.id, "member", membership.name, membership.role, "")


def _organization(organization: Listed) -> Recipient:
    return Recipient(organization.id, "organization", organization.name, organization.tin, "")
