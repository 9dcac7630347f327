"""The review of a practice: a card for each member, and one decision about each (REV-1..REV-4)."""

from datetime import datetime
from typing import get_args

import msgspec

from chalicelib.access_reviews import reviewing
from chalicelib.access_reviews.actions import deciding
from chalicelib.access_reviews.domain import cards
from chalicelib.access_reviews.domain.cards import Digest, Shown, Verdict
from chalicelib.access_reviews.domain.standing import Called, Progress
from chalicelib.access_reviews.reviewing import Looked, Whom
from chalicelib.accounts.actions.newcomers import Levels, Providers
from chalicelib.accounts.domain import Status
from chalicelib.core.access import Member, Principal, Role, administrators
from chalicelib.core.fields import Comment, Cursor, Id
from chalicelib.core.http import Routes

routes = Routes(__name__)


class ReviewsQuery(msgspec.Struct, kw_only=True):
    """Whom to look at: who is open, or everybody who has a review to come."""

    who: Whom = "open"
    cursor: Cursor | None = None


class CardView(Shown, frozen=True, kw_only=True):
    """A member as a review shows them to an administrator."""

    own: bool
    """Whether it is their own account, which another administrator reviews."""
    reviewed_by_plan: bool
    """Whether there is no other administrator, so that two of the plan review it."""
    seen: str
    """What stands for all that the card shows; a decision sends it back."""


class ReviewsView(msgspec.Struct):
    """A page of a practice's review."""

    progress: Progress
    next_due_at: datetime | None
    called: Called | None
    """When the plan called a review of everybody, and by when."""
    items: list[CardView]
    next_cursor: str | None


class DecisionBody(msgspec.Struct, kw_only=True):
    """One decision. What changes is given with `change` alone; what is left out stays."""

    decision: Verdict
    seen: Digest
    reason: Comment = ""
    role: Role | None = None
    access_levels: Levels | None = None
    providers: Providers | None = None


class DecidedView(msgspec.Struct):
    """The card after the decision; null when they were removed."""

    card: CardView | None
    progress: Progress


_STATUSES: tuple[tuple[int, str], ...] = tuple((409, f"status_{status}") for status in get_args(Status))


@routes.route(
    "/reviews",
    method="GET",
    who=administrators(),
    summary="Whom of your organization to review, the most urgent first",
    errors=((400, "bad_cursor"),),
)
def list_reviews(actor: Member, query: ReviewsQuery, now: datetime) -> ReviewsView:
    """Pages of 10, which may come short. Open are the late ones, those due soon, and those the plan called for."""
    found = reviewing.page(actor, query.who, query.cursor, now)
    items = [_view(one) for one in found.items]
    return ReviewsView(found.progress, found.next_due_at, found.called, items, found.next_cursor)


@routes.route("/reviews/{membership_id}", method="GET", who=administrators(), summary="One card of the review")
def show_review(actor: Member, membership_id: Id, now: datetime) -> CardView:
    """As it is now, for whoever found it changed."""
    return _view(reviewing.card(actor, membership_id, now))


@routes.route(
    "/reviews/{membership_id}",
    method="POST",
    who=administrators(),
    summary="Keep, change or remove one member",
    edits=True,
    errors=(
        (401, "step_up_required"),
        (403, "own_account"),
        (403, "reviewed_by_plan"),
        (409, "changed_meanwhile"),
        (409, "decided_by_plan"),
        (409, "last_administrator"),
        *_STATUSES,
    ),
)
def decide_review(
    actor: Member, principal: Principal, membership_id: Id, version: int, body: DecisionBody, now: datetime
) -> DecidedView:
    """Never one's own. A flagged account needs a reason; all but keeping who has access asks for a late proof."""
    asked = deciding.Asked(
        decision=body.decision,
        seen=body.seen,
        proved=principal.proved_lately(now),
        reason=body.reason,
        role=body.role,
        access_levels=None if body.access_levels is None else frozenset(body.access_levels),
        providers=None if body.providers is None else frozenset(body.providers),
    )
    made = deciding.decide(actor, membership_id, version, asked, now)
    card = None if made.seen is None else _view(Looked(made.seen, own=False, by_plan=False))
    return DecidedView(card, made.progress)


def _view(one: Looked) -> CardView:
    shown = msgspec.structs.asdict(one.seen.card)
    return CardView(**shown, own=one.own, reviewed_by_plan=one.by_plan, seen=cards.digest(one.seen.card))
