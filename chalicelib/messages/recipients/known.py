"""Parties for ids that were picked a while ago: with names, and whether they can still be written to (MSG-2)."""

from collections.abc import Sequence

import msgspec

from chalicelib.accounts import counting
from chalicelib.accounts import domain as accounts
from chalicelib.core.access import Actor, Member
from chalicelib.messages.domain import Party
from chalicelib.messages.domain.groups import Group
from chalicelib.organizations import store as organizations
from chalicelib.plan import domain as plan
from chalicelib.plan import store as plan_store


class Known(msgspec.Struct, frozen=True):
    """What is known now of people and departments that were picked."""

    parties: dict[str, Party]
    reachable: frozenset[str]
    """Ids of those who can still be written to."""

    def party(self, id_: str) -> Party:
        """A party by its id; without a name where there is none any more, or none that the actor may know of."""
        unknown = Party(id_, "department" if id_.startswith("dep_") else "member", "")
        return self.parties.get(id_, unknown)


def look_up(actor: Actor, organization_id: str | None, ids: Sequence[str]) -> Known:
    """Members of the one organization and departments of the actor's audience, whatever became of them.

    `organization_id` is whom staff write to; a member only ever sees their own organization's.
    """
    practice = actor.organization_id if isinstance(actor, Member) else organization_id or ""
    members = counting.addressed(practice, {id_ for id_ in ids if id_.startswith("mem_")})
    departments = plan_store.departments_by_id({id_ for id_ in ids if id_.startswith("dep_")})
    parties = {id_: Party(id_, "member", one.name) for id_, one in members.items()}
    parties |= {
        id_: Party(id_, "department", one.name)
        for id_, one in departments.items()
        if plan.may_write_to(actor, msgspec.structs.replace(one, active=True))
    }
    reachable = {id_ for id_, one in members.items() if accounts.takes_messages(one)}
    reachable |= {id_ for id_, one in departments.items() if plan.may_write_to(actor, one)}
    return Known(parties, frozenset(reachable))


def group_parties(actor: Actor, groups: Sequence[Group]) -> tuple[Party, ...]:
    """Groups as parties, by the names of their organizations; none to a member."""
    if isinstance(actor, Member):
        return ()
    names = {group.organization_id: organizations.find(group.organization_id) for group in groups}
    return tuple(
        Party(found.id, group.kind, found.name)
        for group in groups
        if (found := names[group.organization_id]) is not None
    )
