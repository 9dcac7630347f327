"""Enrollment decides by two where a practice has no other administrator (REV-2, ORG-4)."""

from datetime import datetime
from typing import get_args

import msgspec

from chalicelib.access_reviews import left_to_plan
from chalicelib.access_reviews.actions import two as actions
from chalicelib.access_reviews.actions.two import Asked, State
from chalicelib.access_reviews.domain import cards
from chalicelib.access_reviews.domain.cards import Digest, Shown
from chalicelib.access_reviews.domain.two import LASTS, Decision, Need
from chalicelib.access_reviews.left_to_plan import Left
from chalicelib.accounts.domain import Status
from chalicelib.core.access import Staff, staff
from chalicelib.core.answers import Named
from chalicelib.core.cursors import Page, PageQuery
from chalicelib.core.fields import Comment, Id
from chalicelib.core.http import Routes

routes = Routes(__name__)

_ENROLLMENT = staff("enrollment")
_STATUSES: tuple[tuple[int, str], ...] = tuple((409, f"status_{status}") for status in get_args(Status))


class FirstView(msgspec.Struct, kw_only=True):
    """What the first of two decided; somebody else confirms the same, or it is withdrawn."""

    name: str
    at: datetime
    ends_at: datetime
    """From then on it counts no more."""
    decision: Decision
    reason: str
    own: bool
    """Whether it is one's own, which somebody else confirms."""


class AdministratorCard(Shown, frozen=True, kw_only=True):
    """An administrator as two of enrollment see them."""

    seen: str
    """What stands for all that the card shows; a decision sends it back."""


class AdministratorReviewView(msgspec.Struct, kw_only=True):
    """An administrator about whom two of enrollment decide; of somebody who needs both there are two."""

    organization: Named
    card: AdministratorCard
    need: Need
    confirmed_by: FirstView | None
    own: bool
    """Whether one is of that practice oneself: then it is for others."""


class AdministratorDecisionBody(msgspec.Struct, kw_only=True):
    """A decision about what is needed. The second person's reason is not kept: they confirm the first one's."""

    need: Need
    decision: Decision
    seen: Digest
    first_at: datetime | None = None
    """When the first of two decided, as it was shown; null for whoever decides first."""
    reason: Comment = ""


class AdministratorDecidedView(msgspec.Struct):
    """Whether it is done, or waits for a second person."""

    state: State


class WithdrawalBody(msgspec.Struct):
    """Which first decision."""

    need: Need
    first_at: datetime | None
    """When it was made, as it was shown."""


@routes.route(
    "/administrator-reviews",
    method="GET",
    who=_ENROLLMENT,
    summary="Administrators whom nobody of their practice can review or enable",
    errors=((400, "bad_cursor"),),
)
def list_administrator_reviews(actor: Staff, query: PageQuery, now: datetime) -> Page[AdministratorReviewView]:
    """Pages of ten practices, which may come short; those without any administrator first."""
    page = left_to_plan.page(actor, query.cursor, now)
    return Page([_view(actor, one) for one in page.items], page.next_cursor)


@routes.route(
    "/administrator-reviews/{organization_id}/{membership_id}",
    method="POST",
    who=_ENROLLMENT,
    summary="Decide about an administrator as the first of two, or confirm as the second",
    step_up=True,
    edits=True,
    errors=(
        (403, "of_organization"),
        (404, "not_found"),
        (409, "already_confirmed"),
        (409, "another_administrator"),
        (409, "changed_meanwhile"),
        (409, "decided_otherwise"),
        (409, "last_administrator"),
        *_STATUSES,
    ),
)
def decide_administrator_review(
    actor: Staff, organization_id: Id, membership_id: Id, version: int, body: AdministratorDecisionBody, now: datetime
) -> AdministratorDecidedView:
    """Never the same person twice, and nobody of the practice. Nobody is promoted by it."""
    asked = Asked(
        organization_id=organization_id,
        membership_id=membership_id,
        version=version,
        need=body.need,
        decision=body.decision,
        seen=body.seen,
        first_at=body.first_at,
        reason=body.reason,
    )
    return AdministratorDecidedView(actions.decide(actor, asked, now))


@routes.route(
    "/administrator-reviews/{organization_id}/{membership_id}/withdraw",
    method="POST",
    who=_ENROLLMENT,
    summary="Take back what the first of two decided",
    status=204,
    returns=None,
    errors=((403, "of_organization"), (404, "not_found"), (409, "changed_meanwhile")),
)
def withdraw_administrator_review(
    actor: Staff, organization_id: Id, membership_id: Id, body: WithdrawalBody, now: datetime
) -> None:
    """One's own, or for somebody who can't: it begins anew."""
    actions.withdraw(actor, organization_id, membership_id, body.need, body.first_at, now)


def _view(actor: Staff, one: Left) -> AdministratorReviewView:
    shown, first = msgspec.structs.asdict(one.seen.card), one.first
    return AdministratorReviewView(
        organization=Named(one.organization.id, one.organization.name),
        card=AdministratorCard(**shown, seen=cards.digest(one.seen.card)),
        need=one.need,
        confirmed_by=None
        if first is None
        else FirstView(
            name=first.name,
            at=first.at,
            ends_at=first.at + LASTS,
            decision=first.decision,
            reason=first.reason,
            own=first.user_id == actor.id,
        ),
        own=one.own,
    )
