"""The helpdesk sets somebody up again: states of a case, who confirms, when it ends (CRD-5, S-AUTH-12)."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from chalicelib.core.access import Actor, Member, Staff
from chalicelib.core.errors import Conflict, FieldError, Forbidden, Invalid, NotFound

LASTS = timedelta(hours=72)
LINK_LASTS = timedelta(minutes=30)

State = Literal["open", "confirmed", "link_sent", "done", "declined", "withdrawn", "expired"]
Move = Literal["confirm", "send", "complete", "decline", "withdraw", "expire"]
Needs = Literal["administrator", "two_enrollment", "plan_administrator"]
"""Who confirms: an administrator of the organization; two of enrollment; for staff a plan administrator."""

UNFINISHED: frozenset[State] = frozenset({"open", "confirmed", "link_sent"})
_FROM: dict[Move, frozenset[State]] = {
    "confirm": frozenset({"open"}),
    # A mail that is sent again has a fresh link.
    "send": frozenset({"confirmed", "link_sent"}),
    "complete": frozenset({"link_sent"}),
    "decline": frozenset({"open"}),
    "withdraw": UNFINISHED,
    "expire": UNFINISHED,
}
_TO: dict[Move, State] = {
    "confirm": "confirmed",
    "send": "link_sent",
    "complete": "done",
    "decline": "declined",
    "withdraw": "withdrawn",
    "expire": "expired",
}


class Confirmation(msgspec.Struct, frozen=True):
    """Somebody says that it is ok to set the user up again."""

    user_id: str
    name: str
    at: datetime
    role: Needs
    """By which right they said so."""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """The helpdesk asks that a user may set password, questions and factor anew."""

    id: str
    code: str
    """What the caller hears and the confirming person sees."""
    user_id: str
    name: str
    email: str
    """Of the user, as they were when it was opened."""
    organization_id: str | None = None
    membership_id: str | None = None
    """Whose administrators confirm; None for staff of the plan."""
    caller: str
    reason: str
    """As the helpdesk typed them; in no notice, log or record."""
    opened_by: str
    opened_by_name: str
    opener_membership_id: str | None = None
    """Of whoever opened it, in the same organization."""
    opened_at: datetime
    ends_at: datetime
    state: State = "open"
    confirmations: tuple[Confirmation, ...] = ()
    version: int = 1


def as_of(case: Case, now: datetime) -> Case:
    """The case as it counts at `now`, to the second, whatever a job has made of it (CRD-5)."""
    if case.state in UNFINISHED and case.ends_at <= now:
        return msgspec.structs.replace(case, state="expired")
    return case


def moved(case: Case, move: Move) -> Case:
    """The case after a move. Raises Conflict `case_<state>` for one that isn't open."""
    if case.state not in _FROM[move]:
        raise Conflict(f"case_{case.state}")
    return msgspec.structs.replace(case, state=_TO[move], version=case.version + 1)


def allows(case: Case, move: Move) -> bool:
    """Whether a move is open from where the case is."""
    return case.state in _FROM[move]


def needs(case: Case, administrators: Collection[str]) -> Needs:
    """Who confirms, as things are now. `administrators`: active memberships that administer the organization."""
    if case.organization_id is None:
        return "plan_administrator"
    others = set(administrators) - {case.membership_id, case.opener_membership_id}
    return "administrator" if others else "two_enrollment"


def sees(actor: Actor, case: Case, needed: Needs) -> bool:
    """Whether a case is among those that an actor is asked to look at: theirs to confirm, if it isn't their own."""
    if isinstance(actor, Member):
        return actor.is_administrator and case.organization_id == actor.organization_id
    if not isinstance(actor, Staff):
        return False
    if needed == "two_enrollment":
        return "enrollment" in actor.roles
    return needed == "plan_administrator" and "plan_administrator" in actor.roles


def is_own(actor: Actor, case: Case) -> bool:
    """Whether somebody would confirm what is about them, or what they opened themselves (S-AUTH-12)."""
    return actor.id in (case.user_id, case.opened_by)


def may_confirm(actor: Actor, case: Case, needed: Needs) -> bool:
    """Whether an actor's confirmation would count now."""
    if isinstance(actor, Member) and needed != "administrator":
        return False
    told = any(one.user_id == actor.id for one in counting(case, needed))
    return case.state == "open" and sees(actor, case, needed) and not is_own(actor, case) and not told


def confirmed(case: Case, actor: Member | Staff, needed: Needs, now: datetime, *, called: bool) -> Case:
    """The case with an actor's confirmation; `confirmed` when it is enough. `called`: the phone on record (CRD-5).

    Raises NotFound to whoever isn't asked, Forbidden `own_case`, Conflict `case_<state>` and `already_confirmed`,
    Invalid when enrollment has not called.
    """
    require_decider(actor, case, needed)
    if case.state != "open":
        raise Conflict(f"case_{case.state}")
    if isinstance(actor, Member) and needed != "administrator":
        # The last other administrator has just gone.
        raise Conflict
    told_before = counting(case, needed)
    if any(one.user_id == actor.id for one in told_before):
        raise Conflict("already_confirmed")
    if needed == "two_enrollment" and not called:
        raise Invalid(fields=(FieldError("/called_phone_on_record", "call_required"),))
    told = Confirmation(actor.id, actor.name, now, needed)
    with_it = msgspec.structs.replace(case, confirmations=(*case.confirmations, told))
    if len(told_before) + 1 < _wanted(needed):
        return msgspec.structs.replace(with_it, version=case.version + 1)
    return moved(with_it, "confirm")


def require_decider(actor: Actor, case: Case, needed: Needs) -> None:
    """Raise NotFound to whoever isn't asked, Forbidden `own_case` to the user and to whoever opened it."""
    if not sees(actor, case, needed):
        raise NotFound
    if is_own(actor, case):
        raise Forbidden("own_case")


def counting(case: Case, needed: Needs) -> list[Confirmation]:
    """Confirmations by whoever is asked now: one by enrollment is worth nothing when there is an administrator."""
    return [one for one in case.confirmations if one.role == needed]


def _wanted(needed: Needs) -> int:
    return 2 if needed == "two_enrollment" else 1


def link_ends_at(case: Case, now: datetime) -> datetime:
    """When the mailed link of a case ends that is minted at `now`: after 30 minutes, or with the case (CRD-5)."""
    return min(now + LINK_LASTS, case.ends_at)
