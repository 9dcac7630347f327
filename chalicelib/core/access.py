"""Who is asking, what they may call, and the checks that travel into every change (architecture: the access door).

An `Actor` comes from `credentials.authenticate` and lives for one request. Its guards are conditions on stored items
that must still hold when a change commits, so that somebody disabled a moment ago changes nothing (S-AZ-08).
"""

from datetime import datetime, timedelta
from typing import Literal

import msgspec
from pynamodb.expressions.condition import Condition

from chalicelib.core.errors import Forbidden, Refusal
from chalicelib.core.tables import Row

AccessLevel = Literal[
    "health_records", "claims", "manage_account", "eligibility", "health_passport", "assessments", "authorizations"
]
Role = Literal["local_administrator", "backup_administrator", "general_user"]
StaffRole = Literal["department_agent", "enrollment", "helpdesk", "auditor", "plan_administrator"]
Stage = Literal["factor", "password", "enroll"]
"""What is wanted between the right password and the portal: a code, a new password, a second factor to be enrolled."""


class Guard(msgspec.Struct, frozen=True):
    """A condition on one item that a change of this actor carries along, and the refusal when it fails."""

    row: type[Row]
    key: tuple[str, str]
    condition: Condition
    error: Refusal


class Operation(msgspec.Struct, frozen=True):
    """One attempt of a client to get something done, told apart by its `Idempotency-Key` (PLT-3, S-IO-11)."""

    id: str
    fingerprint: str
    """Digest of what was asked: the same key with another fingerprint is refused."""


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where a request came from; goes into the audit record (S-AUD-02)."""

    request_id: str
    address: str = ""
    """IP address as API Gateway saw it; never from a header the client can write (S-LIM-04)."""
    device: str = ""
    """Digest of the user agent: tells devices apart without keeping the text."""
    session: str = ""
    """First letters of the stored session hash: enough to follow one session through the journal."""
    operation: Operation | None = None


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody or something that acts. Never kept beyond the request (S-SESS-04)."""

    id: str
    """User id, or the name of a system job."""
    origin: Origin
    guards: tuple[Guard, ...] = ()

    @property
    def kind(self) -> str:
        """`member`, `staff`, `displaced`, `arriving`, `linkholder` or `system`, as the journal names it."""
        return type(self).__name__.lower()

    @property
    def mailboxes(self) -> frozenset[str]:
        """Ids of the mailboxes the actor works in (MSG-3)."""
        return frozenset()


class Member(Actor, frozen=True, kw_only=True):
    """A user through one active membership (ACC-8): everything is done for that organization."""

    organization_id: str
    membership_id: str
    name: str
    email: str = ""
    role: Role
    access_levels: frozenset[AccessLevel] = frozenset()
    providers: frozenset[str] = frozenset()

    @property
    def is_administrator(self) -> bool:
        """Whether the role is one of the two administrator roles."""
        return self.role != "general_user"

    @property
    def mailboxes(self) -> frozenset[str]:
        """A member works in the mailbox of the membership that is open (ACC-8)."""
        return frozenset({self.membership_id})


class Staff(Actor, frozen=True, kw_only=True):
    """A user of the plan; writes as a department (MSG-1)."""

    name: str
    email: str = ""
    roles: frozenset[StaffRole]
    departments: frozenset[str] = frozenset()

    @property
    def mailboxes(self) -> frozenset[str]:
        """Agents work in the inboxes of their departments; no other role opens one (S-AZ-13)."""
        return self.departments if "department_agent" in self.roles else frozenset()


class Displaced(Actor, frozen=True, kw_only=True):
    """A user whose open membership no longer counts while another one does: may open that one (ACC-8)."""

    name: str
    email: str = ""


class Arriving(Actor, frozen=True, kw_only=True):
    """A user who gave the right password and still has to do something before anything opens (CRD-2, CRD-9)."""

    stage: Stage


class LinkHolder(Actor, frozen=True, kw_only=True):
    """A user who acts by a one-time link that was mailed to their address (core/links.py)."""


class System(Actor, frozen=True, kw_only=True):
    """The portal itself: a job, an event handler, the set-up."""


def system(name: str, request_id: str = "") -> System:
    """The portal acting by the name of a job or handler."""
    return System(id=name, origin=Origin(request_id=request_id or name))


# CRD-10: an older proof doesn't do for a sensitive change.
_PROOF_LASTS = timedelta(minutes=5)

_WANTED: dict[Stage, str] = {
    "factor": "factor_required",
    "password": "password_expired",
    "enroll": "enrollment_required",
}


class Who(msgspec.Struct, frozen=True):
    """A route's declaration of who may call it. Combine with `|`: any part that fits is enough."""

    parts: tuple["_Part", ...] = ()
    public: bool = False

    def __or__(self, other: "Who") -> "Who":
        return Who(self.parts + other.parts, self.public or other.public)

    def admit(self, actor: Actor) -> None:
        """Raise Forbidden unless one part of the declaration fits the actor."""
        if self.public or any(part.fits(actor) for part in self.parts):
            return
        if isinstance(actor, Displaced):
            raise Forbidden("membership_lost")
        if isinstance(actor, Arriving):
            raise Forbidden(_WANTED[actor.stage])
        level = next((part.level for part in self.parts if part.level), None)
        # ACC-9: a refusal for want of an access level says so, to offer "request access".
        if level is not None and isinstance(actor, Member):
            raise Forbidden("access_level_required", access_level=level)
        raise Forbidden("forbidden")

    def __str__(self) -> str:
        return "public" if self.public else " or ".join(str(part) for part in self.parts)


class _Part(msgspec.Struct, frozen=True):
    kind: Literal["member", "staff", "displaced", "arriving"]
    level: AccessLevel | None = None
    administrator: bool = False
    role: StaffRole | None = None
    stage: Stage | None = None

    def fits(self, actor: Actor) -> bool:
        if isinstance(actor, Member) and self.kind == "member":
            return (not self.administrator or actor.is_administrator) and (
                self.level is None or self.level in actor.access_levels
            )
        if isinstance(actor, Staff) and self.kind == "staff":
            return self.role is None or self.role in actor.roles
        if isinstance(actor, Arriving) and self.kind == "arriving":
            return self.stage in (None, actor.stage)
        return isinstance(actor, Displaced) and self.kind == "displaced"

    def __str__(self) -> str:
        if self.kind == "staff":
            return f"staff {self.role}" if self.role else "staff"
        if self.kind == "displaced":
            return "member whose open membership was lost"
        if self.kind == "arriving":
            return f"somebody signing in, at the stage {self.stage}" if self.stage else "somebody signing in"
        who = "administrator" if self.administrator else "member"
        return f"{who} with {self.level}" if self.level else who


PUBLIC = Who(public=True)
"""Anybody, signed in or not; spelled out at the route."""


def members(*, level: AccessLevel | None = None) -> Who:
    """Any active member; with `level`, one whose membership holds that access level (ACC-5)."""
    return Who((_Part("member", level=level),))


def administrators() -> Who:
    """Active members with one of the administrator roles."""
    return Who((_Part("member", administrator=True),))


def staff(*roles: StaffRole) -> Who:
    """Users of the plan: with any of `roles`, or all of them when none is named."""
    return Who(tuple(_Part("staff", role=role) for role in roles) or (_Part("staff"),))


def displaced() -> Who:
    """Users whose open membership no longer counts and who have another one (ACC-8)."""
    return Who((_Part("displaced"),))


def arriving(stage: Stage | None = None) -> Who:
    """Users between the right password and the portal: at that stage, or at any when none is named."""
    return Who((_Part("arriving", stage=stage),))


class Principal(msgspec.Struct, frozen=True):
    """What the session look-up found: the actor, and how long the session still lives."""

    actor: Actor
    session_hash: str
    idle_ends_at: datetime
    ends_at: datetime
    proved_at: datetime
    """When the person last proved who they are, by password and factor if there is one."""

    def proved_lately(self, now: datetime) -> bool:
        """Whether that is recent enough for a sensitive change (CRD-10, S-SESS-10).

        Whoever is still signing in proves it by that, for as long as they have for it.
        """
        return isinstance(self.actor, Arriving) or now - self.proved_at < _PROOF_LASTS

    def seconds_left(self, now: datetime) -> int:
        """Whole seconds until the session ends unless something extends it (CRD-8)."""
        return max(0, int((min(self.idle_ends_at, self.ends_at) - now).total_seconds()))
