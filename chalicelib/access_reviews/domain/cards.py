"""What a reviewer is shown of a member, which members need a reason, and whether a decision is about what it shows.

Evidence keeps what was shown (REV-5), so all of it stands in one struct, and its digest goes along with the decision.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

import msgspec

from chalicelib.accounts.domain import Membership, Status, clocks, comments, rights, statuses
from chalicelib.accounts.domain.clocks import Clock
from chalicelib.core.access import AccessLevel, Role
from chalicelib.core.errors import FieldError

Flag = Literal["never_signed_in", "no_longer_used", "sharing"]
"""What a reviewer has to give a reason about (REV-3)."""
Verdict = Literal["keep", "change", "remove"]
Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
"""What stands for a card: SHA-256 in hexadecimal."""

UNUSED_FOR = timedelta(days=60)
"""Not signed in for so long, an account is flagged as no longer used."""
MOST_CHANGES = 5
"""Of the changes since the last review are shown, the newest."""


class Writer(msgspec.Struct, frozen=True):
    """Who changed something, as they were called then."""

    name: str
    email: str


class FieldChange(msgspec.Struct, frozen=True, rename={"before": "from", "after": "to"}):
    """What changed from what to what."""

    field: str
    before: str | list[str] | None
    after: str | list[str] | None


class CardChange(msgspec.Struct, frozen=True):
    """One entry of the member's history since the last review."""

    number: int
    at: datetime
    by: Writer
    changes: list[FieldChange]
    comment: str | None


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a card shows of a member (REV-3); the same for whoever looks."""

    id: str
    name: str
    email: str
    role: Role
    access_levels: list[AccessLevel]
    providers: list[str]
    status: Status
    created_at: datetime | None
    last_sign_in_at: datetime | None
    verified_at: datetime | None
    due_at: datetime | None
    late: bool
    flags: list[Flag]
    changes: list[CardChange]
    """Those since the last review, the newest first."""
    more_changes: bool
    level_use: dict[AccessLevel, date] | None
    """On which day each access level was last used; null where that is not known."""
    version: int


def shown(
    membership: Membership,
    clock: Clock,
    history: Sequence[CardChange],
    now: datetime,
    *,
    sharing: bool,
    level_use: dict[AccessLevel, date] | None = None,
) -> Shown:
    """The card of a member at `now`. `history` has their last entries, one more than are shown."""
    membership = statuses.as_of(membership, now, clock)
    since = membership.verified_at
    changes = [entry for entry in history if since is None or entry.at > since]
    signed_in = clock.activity.last_sign_in if clock.activity is not None else None
    signed_in = signed_in if statuses.shows_sign_ins(membership) else None
    return Shown(
        id=membership.id,
        name=membership.name,
        email=membership.email,
        role=membership.role,
        access_levels=sorted(rights.effective_levels(membership.role, membership.access_levels)),
        providers=sorted(membership.providers),
        status=membership.status,
        created_at=membership.created_at,
        last_sign_in_at=signed_in,
        verified_at=since,
        due_at=clocks.review_due_at(since, clock.settings, clock.organization),
        late="suspended" in statuses.causes_of(membership),
        flags=_flags(signed_in, now, sharing=sharing),
        changes=changes[:MOST_CHANGES],
        more_changes=len(changes) > MOST_CHANGES,
        level_use=level_use,
        version=membership.entries,
    )


def _flags(signed_in: datetime | None, now: datetime, *, sharing: bool) -> list[Flag]:
    found: list[Flag] = []
    if signed_in is None:
        found.append("never_signed_in")
    elif signed_in <= now - UNUSED_FOR:
        found.append("no_longer_used")
    return [*found, "sharing"] if sharing else found


def lasting(card: Shown) -> str:
    """The digest of what a card shows but for what the person does by being there.

    Between the first of two who decide and the second they may sign in, which must not undo the first (ORG-4).
    """
    flags = [flag for flag in card.flags if flag == "sharing"]
    return digest(msgspec.structs.replace(card, last_sign_in_at=None, level_use={}, flags=flags))


def digest(card: Shown) -> str:
    """SHA-256 of what a card shows, in hexadecimal: a decision says by it what it is about."""
    return hashlib.sha256(msgspec.json.encode(card)).hexdigest()


def needs_proof(membership: Membership, decision: Verdict) -> bool:
    """Whether a decision about a member as they count asks for a late proof: it changes what somebody may (S-SESS-10).

    Keeping one who is suspended gives access back, as enabling does.
    """
    return decision != "keep" or "suspended" in statuses.causes_of(membership)


def check_reason(card: Shown, reason: str, clusters: int) -> list[FieldError]:
    """What is wrong with a reason of so many grapheme clusters: a flagged account needs one (REV-3)."""
    if card.flags and not reason.strip():
        return [FieldError("/reason", "needs_reason")]
    errors = comments.check(reason, clusters, required=False)
    return [msgspec.structs.replace(error, pointer="/reason") for error in errors]
