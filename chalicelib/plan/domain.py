"""The plan's words and rules: settings (PLT-5), departments, staff."""

from typing import Literal

import msgspec

from chalicelib.core.access import Actor, Member, Staff, StaffRole

Audience = Literal["everyone", "administrators", "staff"]


class Contact(msgspec.Struct, frozen=True):
    """Whom to ask about a topic (PLT-6)."""

    topic: str
    phone: str
    email: str


class PlanSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The plan's settings document (PLT-5). Times are whole minutes, hours or seconds as named."""

    name: str
    time_zone: str
    helpdesk_phone: str
    helpdesk_hours: str
    contacts: tuple[Contact, ...] = ()
    confidentiality_notice: str
    sharing_notice: str
    session_idle_minutes: int = 15
    session_hours: int = 12
    session_warning_seconds: int = 120
    version: int = 1


class Department(msgspec.Struct, frozen=True, kw_only=True):
    """A team of the plan with a shared inbox."""

    id: str
    name: str
    category: str
    description: str
    audience: Audience = "everyone"
    active: bool = True


class StaffMember(msgspec.Struct, frozen=True, kw_only=True):
    """A user's place at the plan. No role implies another."""

    user_id: str
    name: str
    roles: frozenset[StaffRole]
    departments: frozenset[str] = frozenset()
    active: bool = True
    epoch: int = 1


def may_write_to(actor: Actor, department: Department) -> bool:
    """Whether an actor may address a department: it is active and they are of its audience (MSG-1)."""
    if not department.active:
        return False
    if isinstance(actor, Staff) or department.audience == "everyone":
        return True
    return isinstance(actor, Member) and department.audience == "administrators" and actor.is_administrator
