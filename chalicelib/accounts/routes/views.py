"""How one member and their history are shown (ACC-4)."""

from datetime import datetime
from typing import Literal

import msgspec

from chalicelib.accounts import counting
from chalicelib.accounts.domain import Cause, Membership, Status, clocks, rights, statuses
from chalicelib.accounts.domain import attention as needs
from chalicelib.accounts.domain.attention import Need
from chalicelib.accounts.domain.stages import stage
from chalicelib.accounts.domain.stopped import Reason, Stop
from chalicelib.accounts.dossiers import Dossier
from chalicelib.accounts.store import history
from chalicelib.core.access import AccessLevel, Member, Role
from chalicelib.core.cursors import Page
from chalicelib.core.fields import Comment

Move = Literal["enable", "disable", "reject", "remove"]
_MOVES: tuple[Move, ...] = ("enable", "disable", "reject", "remove")
Mail = Literal["registration", "password_reset"]


class StoppedView(msgspec.Struct):
    """Why no mail reaches somebody, and since when (NOT-4)."""

    reason: Reason
    since: datetime


class MemberView(msgspec.Struct, kw_only=True):
    """Everything of the Update User page (ACC-4)."""

    id: str
    version: int
    own: bool
    name: str
    email: str
    phone: str
    status: Status
    causes: list[Cause]
    role: Role
    access_levels: list[AccessLevel]
    providers: list[str]
    last_sign_in_at: datetime | None
    tin_verified: bool
    created_at: datetime | None
    verified_at: datetime | None
    review_due_at: datetime | None
    """When their access is to be verified, or was (REV-1)."""
    inactive_at: datetime | None
    """When they lose access unless they sign in (INA-1)."""
    invitation_ends_at: datetime | None
    attention: list[Need]
    moves: list[Move]
    emails: list[Mail]
    requested_levels: list[AccessLevel]
    entitlements: list[AccessLevel]
    npis: list[str]
    address_stopped: StoppedView | None


class Author(msgspec.Struct):
    """Who did it, as they were called then."""

    name: str
    email: str


class ChangeView(msgspec.Struct, rename={"before": "from", "after": "to"}):
    """What changed from what to what."""

    field: str
    before: str | list[str] | None
    after: str | list[str] | None


class HistoryEntry(msgspec.Struct):
    """One entry of the comments history."""

    number: int
    at: datetime
    by: Author
    changes: list[ChangeView]
    comment: str | None


class HistoryView(msgspec.Struct):
    """A page of a history, the newest entry first."""

    items: list[HistoryEntry]
    next_cursor: str | None


class MoveBody(msgspec.Struct):
    """Why somebody is enabled, disabled, rejected or removed."""

    comment: Comment = ""


def member_view(actor: Member, found: Dossier, now: datetime) -> MemberView:
    """One member as an administrator of theirs sees them."""
    membership, organization, asked = found.membership, found.organization, found.requests
    own = membership.user_id == actor.id
    closes_at = counting.closes_at(membership, found.clock, now)
    warned = closes_at is not None and stage(closes_at, found.clock.settings.inactivity_warning_days, now) is not None
    return MemberView(
        id=membership.id,
        version=membership.entries,
        own=own,
        name=membership.name,
        email=membership.email,
        phone=membership.phone,
        status=membership.status,
        causes=sorted(statuses.causes_of(membership)),
        role=membership.role,
        access_levels=sorted(rights.effective_levels(membership.role, membership.access_levels)),
        providers=sorted(membership.providers),
        last_sign_in_at=found.activity.last_sign_in if statuses.shows_sign_ins(membership) else None,
        tin_verified=organization.tin_verified,
        created_at=membership.created_at,
        verified_at=membership.verified_at,
        review_due_at=_review_due_at(found),
        inactive_at=closes_at,
        invitation_ends_at=membership.invitation_ends_at,
        attention=needs.of(membership, now, lapsing=warned),
        moves=[] if own else [move for move in _MOVES if statuses.allows(membership, move)],
        emails=_mails(membership),
        requested_levels=sorted(request.access_level for request in asked),
        entitlements=sorted(organization.entitlements - {"manage_account"}),
        npis=sorted(organization.npis),
        address_stopped=stopped_view(found.stopped),
    )


def _review_due_at(found: Dossier) -> datetime | None:
    if not statuses.allows(found.membership, "verify"):
        return None
    return clocks.review_due_at(found.membership.verified_at, found.clock.settings, found.organization)


def stopped_view(stop: Stop | None) -> StoppedView | None:
    """Why no mail reaches somebody."""
    return None if stop is None else StoppedView(stop.reason, stop.since)


def _mails(membership: Membership) -> list[Mail]:
    if statuses.allows(membership, "complete"):
        return ["registration"]
    return ["password_reset"] if statuses.may_have_password_reset(membership) else []


def history_view(page: Page[history.Entry]) -> HistoryView:
    """A page of the history of a member or a staff account."""
    return HistoryView([_entry(entry) for entry in page.items], page.next_cursor)


def _entry(entry: history.Entry) -> HistoryEntry:
    return HistoryEntry(
        number=entry.number,
        at=entry.at,
        by=Author(entry.author_name, entry.author_email),
        changes=[ChangeView(changed.field, changed.before, changed.after) for changed in entry.changes],
        comment=entry.comment or None,
    )
