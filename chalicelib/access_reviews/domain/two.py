"""Two of enrollment stand in where a practice has nobody left to decide (REV-2, ORG-4).

Together they review its only administrator, or bring back one whom a clock took; nobody is promoted. Never the same
person twice, and nobody of the practice itself.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from chalicelib.accounts.domain import Membership, may_act, statuses
from chalicelib.accounts.domain import roster as rosters
from chalicelib.core.errors import Conflict

Need = Literal["review", "enable"]
"""What is asked of the two: a review, due or too late, or to enable who is inactive. A person may need both."""
Decision = Literal["keep", "remove"]
"""`keep` verifies or enables, as is needed."""

LASTS = timedelta(hours=72)
"""How long the first of two waits for the second."""


class First(msgspec.Struct, frozen=True, kw_only=True):
    """The first of two has decided."""

    user_id: str
    name: str
    at: datetime
    need: Need
    decision: Decision
    seen: str
    """The digest of what the card showed (`cards.lasting`)."""
    reason: str


def needs(membership: Membership) -> tuple[Need, ...]:
    """What an administrator needs who has nobody else in the practice, as they count now."""
    if not rosters.is_administrator(membership.role):
        return ()
    if may_act(membership):
        return ("review",)
    causes = statuses.causes_of(membership)
    # Whom a person shut out, that way back doesn't lift.
    if "disabled" in causes or not membership.accepted:
        return ()
    lapsed: dict[Need, bool] = {"review": "suspended" in causes, "enable": "inactive" in causes}
    return tuple(need for need, holds in lapsed.items() if holds)


def left_to_plan(administrators: Iterable[Membership]) -> list[Membership]:
    """Whom two of the plan decide about, of all administrators as they count now; nobody where two of them act."""
    there = list(administrators)
    acting = [one for one in there if may_act(one)]
    if len(acting) > 1:
        return []
    return [one for one in acting or there if needs(one)]


def waits(first: First | None, seen: str, now: datetime) -> First | None:
    """The first of two, while what they decided about still shows the same and their time isn't over."""
    return first if first is not None and first.seen == seen and now < first.at + LASTS else None


def require_second(first: First, user_id: str, decision: Decision) -> None:
    """Raise Conflict `already_confirmed` for the same person, `decided_otherwise` for one of another mind."""
    if first.user_id == user_id:
        raise Conflict("already_confirmed")
    if first.decision != decision:
        raise Conflict("decided_otherwise")
