"""Who is in a group when it is sent to (MSG-1): read whole and strongly from the directory."""

from collections.abc import Iterable

import msgspec

from chalicelib.accounts import domain as accounts
from chalicelib.accounts.store import members
from chalicelib.core.errors import FieldError, Invalid
from chalicelib.messages.domain import Party, groups
from chalicelib.messages.domain.groups import MOST_REACHED, GroupKind


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
    if len(found) > MOST_REACHED:
        raise Invalid(fields=(FieldError("/groups", "too_many", MOST_REACHED),))
    reached = tuple(_party(membership) for membership in found if accounts.takes_messages(membership))
    if not reached:
        raise Invalid(fields=(FieldError("/groups", "empty_group"),))
    return Expanded(reached, tuple(_party(each) for each in found if not accounts.takes_messages(each)))


def _party(membership: accounts.Membership) -> Party:
    return Party(membership.id, "member", membership.name)
