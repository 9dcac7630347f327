"""The plan's words and rules: settings (PLT-5), departments, staff (ACC-11)."""

from datetime import datetime
from typing import Literal, get_args

import msgspec

from chalicelib.core.access import Actor, Member, Staff, StaffRole
from chalicelib.core.errors import Conflict
from chalicelib.plan.domain.contacts import Contact

Audience = Literal["everyone", "administrators", "staff"]
StaffCause = Literal["disabled", "suspended", "inactive"]
"""Why a registered place opens nothing, as with memberships; several may hold at once and each has to be lifted."""
StaffStatus = Literal["unverified", "active", "inactive", "suspended", "disabled"]
StaffMove = Literal["enable", "disable", "complete", "lapse", "suspend", "verify"]
"""`enable`, `disable`: a plan administrator. `complete`: the person registers or accepts. `lapse`, `suspend`: a clock.
`verify`: a plan administrator reviews and keeps."""


class PlanSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The plan's settings document (PLT-5). Times are whole minutes, hours or seconds as named."""

    name: str
    time_zone: str
    helpdesk_phone: str
    helpdesk_hours: str
    contacts: tuple[Contact, ...] = ()
    confidentiality_notice: str
    sharing_notice: str
    enrollment_address: str = ""
    """Where enrollment is told of changes of administrators (ORG-5); nowhere when empty."""
    privacy_address: str = ""
    """Where the plan is told of a message that reached somebody in error (MSG-5); nowhere when empty."""
    factor_required: Literal["administrators_and_staff", "nobody"] = "administrators_and_staff"
    """Who enrolls a second factor before any other request (CRD-9)."""
    shortest_without_factor: int = 8
    """Code points of a password at least where no second factor goes with it (D1 of the security rules advises 15)."""
    retention_years: int = 10
    """Calendar years for which messages are kept from when they were sent (MSG-10)."""
    inactivity_days: int = 90
    """Unused for so long, a user loses access (INA-1). Days of deadlines are 24 hours each."""
    inactivity_warning_days: tuple[int, ...] = (14, 7, 1)
    """How long before they are warned, the longest first (INA-2)."""
    review_days: int = 90
    """A membership not verified for so long is suspended (REV-1)."""
    review_reminder_days: tuple[int, ...] = (14, 7, 3, 1)
    """How long before administrators are reminded, the longest first (REV-4)."""
    review_called_at: datetime | None = None
    """When the plan last called a review of everybody (REV-1)."""
    review_by: datetime | None = None
    """When that review ends."""
    password_days: int = 365
    """A password older than that opens nothing but "change your password" (CRD-2)."""
    password_reminder_days: tuple[int, ...] = (30, 14, 7, 1)
    """How long before its owner is reminded, the longest first (CRD-2)."""
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
    """A retired one can't be written to and starts nothing; its agents go on with what is there (MSG-6)."""
    version: int = 0


class StaffMember(msgspec.Struct, frozen=True, kw_only=True):
    """A user's place at the plan. No role implies another. `epoch` rises with every change of rights or status."""

    user_id: str
    name: str
    email: str = ""
    phone: str = ""
    roles: frozenset[StaffRole]
    departments: frozenset[str] = frozenset()
    status: StaffStatus = "active"
    """What is shown: the strongest of what holds."""
    causes: frozenset[StaffCause] = frozenset()
    accepted: bool = True
    """Whether the person completed registration; without it, enabling leads back to `unverified`."""
    created_at: datetime | None = None
    invitation_ends_at: datetime | None = None
    """When the last mailed registration link ends or ended (CRD-6)."""
    verified_at: datetime | None = None
    """When they came in, or were last reviewed: the next review is due from here."""
    enabled_at: datetime | None = None
    entries: int = 0
    """Number of the last entry of its history: the version that an edit names (If-Match)."""
    epoch: int = 1

    @property
    def active(self) -> bool:
        """Whether the place opens anything at all."""
        return self.status == "active"

    @property
    def belongs(self) -> bool:
        """Whether they are of the plan and nobody shut them out: a clock may have, until somebody lifts that."""
        return self.status in ("active", "inactive", "suspended")

    @property
    def administers(self) -> bool:
        """Whether they act as a plan administrator."""
        return self.active and "plan_administrator" in self.roles


def is_agent(member: StaffMember, department_id: str) -> bool:
    """Whether somebody works in the inbox of a department now (MSG-6, S-AZ-13)."""
    return member.active and "department_agent" in member.roles and department_id in member.departments


class PlanAdministrators(msgspec.Struct, frozen=True):
    """The active plan administrators: one item that every change of one writes, as rosters are (ACC-11)."""

    active: frozenset[str] = frozenset()
    """User ids."""
    version: int = 0


_CAUSES: tuple[StaffCause, ...] = get_args(StaffCause)  # the strongest first
_FROM: dict[StaffMove, frozenset[StaffStatus]] = {
    "disable": frozenset({"active", "inactive", "suspended", "unverified"}),
    "complete": frozenset({"unverified"}),
    "lapse": frozenset({"active", "suspended"}),
    "suspend": frozenset({"active", "inactive"}),
    "verify": frozenset({"active", "inactive", "suspended"}),
}
_LIFTS: dict[StaffMove, frozenset[StaffCause]] = {
    "enable": frozenset({"disabled", "inactive"}),
    "verify": frozenset({"suspended"}),
}
_BRINGS: dict[StaffMove, StaffCause] = {"disable": "disabled", "lapse": "inactive", "suspend": "suspended"}


def staff_causes(member: StaffMember) -> frozenset[StaffCause]:
    """Every cause that holds, the shown one included."""
    return member.causes | {cause for cause in _CAUSES if cause == member.status}


def staff_with(member: StaffMember, causes: frozenset[StaffCause]) -> StaffMember:
    """The place with causes: the strongest shows."""
    base: StaffStatus = "active" if member.accepted else "unverified"
    shown = next((cause for cause in _CAUSES if cause in causes), base)
    return msgspec.structs.replace(member, status=shown, causes=causes)


def staff_move_allowed(member: StaffMember, move: StaffMove) -> bool:
    """Whether a move is open from where the place is."""
    if move == "enable":
        return bool(_LIFTS[move] & staff_causes(member))
    return member.status in _FROM[move] and _BRINGS.get(move) not in staff_causes(member)


def staff_moved(member: StaffMember, move: StaffMove, now: datetime) -> StaffMember:
    """The place after a move. Raises Conflict `status_<current status>` for one that isn't open."""
    if not staff_move_allowed(member, move):
        raise Conflict(f"status_{member.status}")
    causes = staff_causes(member) - _LIFTS.get(move, frozenset())
    if move in _BRINGS:
        causes |= {_BRINGS[move]}
    after = msgspec.structs.replace(
        member,
        accepted=member.accepted or move == "complete",
        verified_at=now if move in ("complete", "verify") else member.verified_at,
        enabled_at=now if move in ("complete", "enable") else member.enabled_at,
        # Being kept in a review changes nothing that they may: what they are doing right now goes on.
        epoch=member.epoch + (move != "verify" or "suspended" in staff_causes(member)),
    )
    return staff_with(after, causes)


def administrators_with(administrators: PlanAdministrators, member: StaffMember) -> PlanAdministrators:
    """The plan administrators with a place as it is now.

    Raises Conflict `last_plan_administrator` when that would leave none (ACC-11).
    """
    active = administrators.active - {member.user_id} | ({member.user_id} if member.administers else frozenset())
    if administrators.active and not active:
        raise Conflict("last_plan_administrator")
    return msgspec.structs.replace(administrators, active=active)


def may_write_to(actor: Actor, department: Department) -> bool:
    """Whether an actor may address a department: it is active and they are of its audience (MSG-1)."""
    if not department.active:
        return False
    if isinstance(actor, Staff) or department.audience == "everyone":
        return True
    return isinstance(actor, Member) and department.audience == "administrators" and actor.is_administrator
