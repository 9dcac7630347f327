"""From ids to parties: who may be written to, checked against the directory as it is now (MSG-1, S-AZ-10)."""

from collections.abc import Iterable

import msgspec

from chalicelib.accounts import domain as accounts
from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.store import listing
from chalicelib.core import cursors
from chalicelib.core.access import Actor, Member
from chalicelib.core.errors import FieldError, Invalid, NotFound
from chalicelib.messages.domain import Party, PartyKind
from chalicelib.plan import domain as plan
from chalicelib.plan import store as plan_store

PAGE = 10


class Recipient(msgspec.Struct, frozen=True):
    """Somebody the picker offers (MSG-2)."""

    id: str
    kind: PartyKind
    name: str
    category: str
    description: str


def mailbox(actor: Actor, mailbox_id: str) -> str:
    """The mailbox, when the actor works in it. Raises NotFound for any other (house rule 7)."""
    if mailbox_id not in actor.mailboxes:
        raise NotFound
    return mailbox_id


def sender(actor: Actor, mailbox_id: str) -> Party:
    """The party that writes from a mailbox: a member themself, staff their department (MSG-1)."""
    mailbox(actor, mailbox_id)
    departments = {} if isinstance(actor, Member) else plan_store.departments_by_id([mailbox_id])
    return _sender(actor, departments.get(mailbox_id))


def _sender(actor: Actor, department: plan.Department | None) -> Party:
    if isinstance(actor, Member):
        return Party(actor.membership_id, "member", actor.name)
    if department is None or not department.active:
        raise NotFound
    return Party(department.id, "department", department.name)


def resolve(
    actor: Actor, mailbox_id: str, to: list[str], cc: list[str]
) -> tuple[Party, tuple[Party, ...], tuple[Party, ...]]:
    """The party that writes, and those for the ids a person picked: departments of their audience, own members.

    Departments are read once. Raises NotFound for a mailbox that isn't the actor's, and Invalid without saying which id
    is wrong or why: it may be somebody else's.
    """
    mailbox(actor, mailbox_id)
    wanted = [*to, *cc]
    parties: dict[str, Party] = {}
    if isinstance(actor, Member):
        found = accounts_store.memberships_by_id(actor.organization_id, (id_ for id_ in wanted if _is(id_, "mem")))
        parties |= {
            id_: Party(id_, "member", membership.name)
            for id_, membership in found.items()
            if accounts.takes_messages(membership)
        }
    departments = plan_store.departments_by_id({id_ for id_ in (mailbox_id, *wanted) if _is(id_, "dep")})
    writer = _sender(actor, departments.get(mailbox_id))
    parties |= {
        id_: Party(id_, "department", department.name)
        for id_, department in departments.items()
        if id_ in wanted and plan.may_write_to(actor, department)
    }
    fields = tuple(
        FieldError(pointer, "unknown_recipient")
        for pointer, ids in (("/to", to), ("/cc", cc))
        if any(id_ not in parties for id_ in ids)
    )
    if fields:
        raise Invalid(fields=fields)
    return writer, tuple(parties[id_] for id_ in to), tuple(parties[id_] for id_ in cc)


def still_reachable(organization_id: str | None, parties: Iterable[Party]) -> frozenset[str]:
    """Ids of those parties of a thread that messages are still delivered to (MSG-7)."""
    parties = list(parties)
    members = [party.id for party in parties if party.kind == "member"]
    departments = [party.id for party in parties if party.kind == "department"]
    memberships = accounts_store.memberships_by_id(organization_id or "", members)
    reachable = {id_ for id_, membership in memberships.items() if accounts.takes_messages(membership)}
    found = plan_store.departments_by_id(departments)
    reachable |= {id_ for id_, department in found.items() if department.active}
    return frozenset(reachable)


def offer_departments(actor: Actor, search: str, cursor: str | None) -> tuple[cursors.Page[Recipient], int]:
    """A page of the departments an actor may write to, by name, and how many there are in all."""
    wanted = search.casefold()
    offered = [
        Recipient(department.id, "department", department.name, department.category, department.description)
        for department in plan_store.departments()
        if plan.may_write_to(actor, department)
        and (wanted in department.name.casefold() or wanted in department.category.casefold())
    ]
    scope = ("recipients", "department", actor.id, search)
    start = int(cursors.open_(cursor, scope)["from"]) if cursor else 0
    more = start + PAGE < len(offered)
    following = cursors.seal({"from": str(start + PAGE)}, scope) if more else None
    return cursors.Page(offered[start : start + PAGE], following), len(offered)


def offer_members(actor: Actor, search: str, cursor: str | None) -> cursors.Page[Recipient]:
    """A page of the active members of the actor's own organization; staff are offered none here."""
    if not isinstance(actor, Member):
        return cursors.Page([])
    scope = ("recipients", "member", actor.organization_id, actor.id, search)
    wanted = listing.Wanted(search=search, status="active", sort="name")
    page = listing.page(actor.organization_id, wanted, cursor, PAGE, scope)
    return cursors.Page([_offered(membership) for membership in page.items], page.next_cursor)


def _offered(membership: accounts.Membership) -> Recipient:
    return Recipient(membership.id, "member", membership.name, membership.role, "")


def _is(id_: str, prefix: str) -> bool:
    return id_.startswith(prefix + "_")
