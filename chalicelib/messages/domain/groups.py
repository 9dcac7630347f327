"""Rules of messages to groups (MSG-1, MSG-7): who belongs to one when it is sent to, and how many one send reaches."""

from typing import Literal

import msgspec

from chalicelib.accounts import domain as accounts
from chalicelib.accounts.domain import Membership
from chalicelib.core.errors import FieldError, Invalid

GroupKind = Literal["administrators", "everybody"]

MOST_REACHED = 5_000
"""Mailboxes that one send reaches, groups and all."""
MOST_PICKED = 20
"""People and departments that staff pick one by one; members have 10 (MSG-7)."""


class Group(msgspec.Struct, frozen=True):
    """The administrators of an organization, or everybody in it, as staff address them."""

    kind: GroupKind
    organization_id: str


class Distribution(msgspec.Struct, frozen=True, kw_only=True):
    """How a message goes to more than its parties name, or to more than one transaction takes: beside it is a list."""

    mailboxes: int
    """How many it is delivered to."""
    left: int = 0
    """How many of the list it is not delivered to any more (MSG-7); they come first in the list."""
    parts: int
    """Items that the list takes."""
    work_id: str | None = None
    """The long work that delivers it, in the name of who sent it; None where one transaction did."""


def belongs(kind: GroupKind, membership: Membership) -> bool:
    """Whether a member belongs to a group now, also one who is shut out and of whom the sender is told (MSG-7)."""
    there = accounts.takes_messages(membership) or membership.status == "disabled"
    return there and (kind == "everybody" or membership.role != "general_user")


def check_reached(number: int, reached: int) -> None:
    """Refuse groups of so many members, of whom so many are reached: too many for one send, or nobody (MSG-7)."""
    if number > MOST_REACHED:
        raise Invalid(fields=(FieldError("/groups", "too_many", MOST_REACHED),))
    if reached == 0:
        raise Invalid(fields=(FieldError("/groups", "empty_group"),))


def one_organization(groups: tuple[Group, ...], organization_id: str | None) -> str | None:
    """The organization that staff write to, if any. Raises Invalid when it would be several (MSG-1)."""
    named = {group.organization_id for group in groups} | ({organization_id} if organization_id else set())
    if len(named) > 1:
        raise Invalid(fields=(FieldError("/groups", "one_organization"),))
    return next(iter(named), None)
