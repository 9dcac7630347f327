"""Who is in a group when it is sent to (MSG-1): read whole and strongly from the directory."""

from collections.abc import Iterable

import msgspec

from chalicelib.accounts import domain as accounts
from chalicelib.accounts.store import members
from chalicelib.messages.domain import Party, groups
from chalicelib.messages.domain.groups import GroupKind


class Expanded(msgspec.Struct, frozen=True):
    """The members of some groups of one organization, by name."""

    reached: tuple[Party, ...] = ()
    left: tuple[Party, ...] = ()
    """Those it is not delivered to: they are disabled (MSG-7)."""


def expand(organization_id: str, kinds: Iterable[GroupKind]) -> Expanded:
    """Everybody in groups of an organization, as they are now; nothing is read where there are no groups.

    Raises Invalid when they are more than one send reaches, or nobody at all.
    """
    kinds = list(kinds)
    if not kinds:
        return Expanded()
    found = [
        membership
        for membership in members.everybody(organization_id)
        if any(groups.belongs(kind, membership) for kind in kinds)
    ]
    found.sort(key=lambda membership: (membership.name.casefold(), membership.id))
    reached = tuple(_party(membership) for membership in found if accounts.takes_messages(membership))
    groups.check_reached(len(found), len(reached))
    return Expanded(reached, tuple(_party(each) for each in found if not accounts.takes_messages(each)))


def _party(membership: accounts.Membership) -> Party:
    return Party(membership.id, "member", membership.name)
